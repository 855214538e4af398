package dev.ansiblevenv.analysis.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks over the statements of a file with the blocks that are open around each.
final class FileScanner {

  /// Python itself refuses more than a hundred levels.
  private static final int DEEPEST = 100;

  private static final Set<String> REFUSALS =
      Set.of(
          "raise",
          "fail_json",
          "fail",
          "missing_required_lib",
          "fail_json_aws",
          "_fail",
          "fail_on_missing_params",
          "fail_from_exception");

  private final Deque<Block> blocks = new ArrayDeque<>();
  private final List<PendingImport> imports = new ArrayList<>();
  private final Map<String, List<Token>> assigned = new HashMap<>();
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final Registrations registrations = new Registrations();
  private @Nullable Block closed;

  /// An import whose `try` statement may still be open.
  private record PendingImport(PythonImport statement, @Nullable Attempt attempt) {
    PythonImport settled() {
      if (attempt == null) {
        return statement;
      }
      var flags = new HashSet<>(statement.flags());
      flags.addAll(attempt.flags);
      return new PythonImport(
          statement.module(),
          statement.names(),
          statement.level(),
          statement.line(),
          statement.guard(),
          statement.definition(),
          Set.copyOf(flags),
          attempt.refused);
    }
  }

  PythonFile scan(List<Statement> statements) {
    definitions.put("", new Definition(new HashSet<>(), new HashSet<>()));
    for (var statement : statements) {
      close(statement.indent());
      mention(statement);
      registrations.add(statement, blocks);
      if (statement.header() && blocks.size() < DEEPEST) {
        blocks.push(Block.opened(statement, closed));
      } else {
        simple(statement);
      }
      closed = null;
    }
    var settled = imports.stream().map(PendingImport::settled).toList();
    return new PythonFile(
        settled,
        frozen(),
        new Constants(assigned, settled),
        registrations.dictionaries(),
        registrations.names("filters"),
        registrations.names("tests"));
  }

  private Map<String, Definition> frozen() {
    definitions.replaceAll(
        (_, each) -> new Definition(Set.copyOf(each.mentions()), Set.copyOf(each.checks())));
    return Map.copyOf(definitions);
  }

  private void close(int indent) {
    while (!blocks.isEmpty() && blocks.peek().indent() >= indent) {
      closed = blocks.pop();
    }
  }

  private Definition mention(Statement statement) {
    var top = blocks.peekLast();
    var starts = statement.header() && top == null && Block.isDefinition(statement);
    var name =
        starts
            ? Block.nameOf(statement)
            : top != null && top.kind().isDefinition() ? top.name() : "";
    var definition =
        definitions.computeIfAbsent(name, _ -> new Definition(new HashSet<>(), new HashSet<>()));
    for (var token : statement.tokens()) {
      if (token.name()) {
        definition.mentions().add(token.text());
      }
    }
    return definition;
  }

  private void simple(Statement statement) {
    var tokens = statement.tokens();
    if (statement.starts("import") || statement.starts("from")) {
      var attempt = attempt();
      for (var found : ImportStatement.parse(tokens, guard(), definition())) {
        imports.add(new PendingImport(found, attempt));
      }
      return;
    }
    assignment(tokens);
    for (var i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      if (token.name() && refuses(token.text())) {
        refuse();
      } else if (token.is("deps") && i + 3 < tokens.size() && tokens.get(i + 2).is("validate")) {
        validate(tokens.subList(i + 3, tokens.size()));
      }
    }
  }

  /// A function that is called after what is missing raises.
  private static boolean refuses(String name) {
    return REFUSALS.contains(name) || name.startsWith("_need_");
  }

  private void assignment(List<Token> tokens) {
    var name = tokens.getFirst();
    var from = 1;
    if (name.is("self") && tokens.size() > 3 && tokens.get(1).operator(".")) {
      name = tokens.get(2);
      from = 3;
    }
    // An annotation stands between the name and the sign.
    if (tokens.size() > from && tokens.get(from).operator(":")) {
      while (from < tokens.size() && !tokens.get(from).operator("=")) {
        from++;
      }
    }
    if (!name.name() || tokens.size() <= from + 1 || !tokens.get(from).operator("=")) {
      return;
    }
    assigned.put(name.text(), List.copyOf(tokens.subList(from + 1, tokens.size())));
    var attempt = attempt();
    if (attempt != null) {
      attempt.flags.add(name.text());
    }
  }

  /// The innermost `try` statement, its handlers included.
  private @Nullable Attempt attempt() {
    for (var block : blocks) {
      if (block.attempt() != null) {
        return block.attempt();
      }
      if (block.kind().isDefinition()) {
        return null;
      }
    }
    return null;
  }

  private String definition() {
    var top = blocks.peekLast();
    return top != null && top.kind().isDefinition() ? top.name() : "";
  }

  private Guard guard() {
    var guard = Guard.NONE;
    for (var block : blocks) {
      guard =
          switch (block.kind()) {
            case TYPE_CHECKING -> Guard.TYPE_CHECKING;
            case FUNCTION -> guard == Guard.TYPE_CHECKING ? guard : Guard.FUNCTION;
            case HANDLER -> guard == Guard.NONE ? Guard.FALLBACK : guard;
            case TRY, OTHERWISE -> guard == Guard.NONE ? Guard.TRY : guard;
            case CONDITION -> guard == Guard.NONE ? Guard.CONDITION : guard;
            case CLASS, PLAIN -> guard;
          };
    }
    return guard;
  }

  /// Here the file gives up: for want of the import whose handler this is, or because of the
  /// conditions around, where nothing else plays a part in them.
  private void refuse() {
    var flags = new HashSet<String>();
    for (var block : blocks) {
      switch (block.kind()) {
        case HANDLER -> {
          var attempt = block.attempt();
          if (attempt != null && flags.isEmpty()) {
            attempt.refused = true;
          }
        }
        case CONDITION -> {
          if (block.names().isEmpty()) {
            return;
          }
          flags.addAll(block.names());
        }
        case FUNCTION, CLASS -> {
          checks().addAll(flags);
          return;
        }
        default -> {}
      }
    }
    checks().addAll(flags);
  }

  private Set<String> checks() {
    return definitions
        .computeIfAbsent(definition(), _ -> new Definition(new HashSet<>(), new HashSet<>()))
        .checks();
  }

  private void validate(List<Token> arguments) {
    var named = false;
    for (var token : arguments) {
      if (token.kind() == Token.Kind.STRING && !token.text().startsWith("-")) {
        checks().add(Block.DECLARED + token.text());
        named = true;
      }
    }
    if (!named) {
      checks().add(Block.DECLARED);
    }
  }
}
