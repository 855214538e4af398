package dev.ansiblevenv.analysis.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The string constants of a file: literals, literals side by side or added up, and formatted
/// strings as far as their fields name constants of this file or of files that it imports.
public final class Constants {

  private static final int DEEPEST = 8;
  private static final int MOST_NAMES = 1000;
  private static final int LONGEST = 1 << 20;
  private static final Pattern FIELD =
      Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_.]*)(?:![rsa])?\\}|\\{");

  /// @param names how many names have been looked up: `a = b + b`, `b = c + c` … doubles with each
  private record Lookup(Function<PythonImport, @Nullable PythonFile> files, AtomicInteger names) {

    boolean isExhausted() {
      return names.getAndIncrement() > MOST_NAMES;
    }

    Lookup elsewhere() {
      return new Lookup(_ -> null, names);
    }
  }

  private final Map<String, List<Token>> assigned;
  private final List<PythonImport> imports;

  Constants(Map<String, List<Token>> assigned, List<PythonImport> imports) {
    this.assigned = new HashMap<>(assigned);
    this.imports = List.copyOf(imports);
  }

  /// @param files finds the file of a module that this one imports: `name` of an import is the
  ///   module, or what it imports from there
  /// @return empty where no string is assigned, or it is not constant
  public Optional<String> text(String name, Function<PythonImport, @Nullable PythonFile> files) {
    return Optional.ofNullable(value(name, new Lookup(files, new AtomicInteger()), 0));
  }

  /// Whether the file assigns to the name at all.
  public boolean has(String name) {
    return assigned.containsKey(name);
  }

  private @Nullable String value(String name, Lookup lookup, int depth) {
    var tokens = assigned.get(name);
    if (depth > DEEPEST || lookup.isExhausted()) {
      return null;
    }
    if (tokens != null) {
      return expression(tokens, lookup, depth);
    }
    var dot = name.lastIndexOf('.');
    var owner = dot < 0 ? name : name.substring(0, dot);
    var member = name.substring(dot + 1);
    for (var statement : imports) {
      for (var imported : statement.names()) {
        if (imported.bound().equals(owner)) {
          var file =
              lookup.files().apply(dot < 0 ? statement : submodule(statement, imported.name()));
          return file == null
              ? null
              : file.constants()
                  .value(dot < 0 ? imported.name() : member, lookup.elsewhere(), depth + 1);
        }
      }
    }
    return null;
  }

  /// `from x import y` where `y` is used as a module.
  private static PythonImport submodule(PythonImport from, String name) {
    var module = from.module().isEmpty() ? name : from.module() + "." + name;
    return new PythonImport(
        module,
        List.of(),
        from.level(),
        from.line(),
        from.guard(),
        from.definition(),
        from.flags(),
        from.refused());
  }

  private @Nullable String expression(List<Token> tokens, Lookup lookup, int depth) {
    var text = new StringBuilder();
    for (var i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      String part = "";
      switch (token.kind()) {
        case STRING -> part = token.text();
        case FORMATTED -> part = formatted(token.text(), lookup, depth);
        case NUMBER -> part = null;
        case NAME -> {
          var name = new StringBuilder(token.text());
          while (i + 2 < tokens.size() && tokens.get(i + 1).operator(".")) {
            name.append('.').append(tokens.get(i + 2).text());
            i += 2;
          }
          part = value(name.toString(), lookup, depth + 1);
        }
        case OPERATOR -> part = "()+".contains(token.text()) ? "" : null;
      }
      if (part == null || text.length() + part.length() > LONGEST) {
        return null;
      }
      text.append(part);
    }
    return text.toString();
  }

  private @Nullable String formatted(String text, Lookup lookup, int depth) {
    var field = FIELD.matcher(text);
    var parts = new ArrayList<String>();
    var end = 0;
    while (field.find()) {
      parts.add(text.substring(end, field.start()));
      end = field.end();
      var value =
          field.group(1) != null
              ? value(field.group(1), lookup, depth + 1)
              : field.group().length() == 2 ? field.group().substring(1) : null;
      if (value == null) {
        return null;
      }
      parts.add(value);
    }
    parts.add(text.substring(end));
    return String.join("", parts);
  }
}
