package dev.ansiblevenv.formats.configuration;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.Boundary;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the `ansible.cfg` that counts and the environment say, by Ansible's rules for each type
/// (`ensure_type` of its configuration manager). Immutable.
public final class AnsibleSettings {

  private static final Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t");

  private final @Nullable Path file;
  private final IniFile content;
  private final Map<String, String> environment;
  private final PathExpansion expansion;
  private final Boundary boundary;

  /// @param origin what a message calls the place
  private record Value(String text, boolean isOfFile, String origin) {}

  private AnsibleSettings(
      @Nullable Path file,
      IniFile content,
      Path workingDirectory,
      Map<String, String> environment,
      Boundary boundary) {
    this.file = file;
    this.content = content;
    this.environment = environment;
    this.expansion = new PathExpansion(workingDirectory, environment);
    this.boundary = boundary;
  }

  /// The same for a project: a path of the file that exists and leads out of it is refused.
  AnsibleSettings within(Boundary other) {
    return new AnsibleSettings(file, content, expansion.workingDirectory(), environment, other);
  }

  /// What may be read for the project that these are for.
  public Boundary boundary() {
    return boundary;
  }

  /// @param workingDirectory absolute
  public static AnsibleSettings withoutFile(
      Path workingDirectory, Map<String, String> environment) {
    return new AnsibleSettings(null, IniFile.empty(), workingDirectory, environment, Boundary.OPEN);
  }

  /// @param file absolute
  /// @param workingDirectory absolute
  /// @throws InvalidInput where Ansible would refuse the file, too
  public static AnsibleSettings read(
      Path file, Path workingDirectory, Map<String, String> environment) {
    var name = file.getFileName().toString();
    if (!name.endsWith(".cfg") && !name.endsWith(".ini")) {
      throw new InvalidInput(
          "not an Ansible configuration",
          file.toString(),
          "Ansible only reads files whose names end in `.cfg` or `.ini`",
          "rename it, or change ANSIBLE_CONFIG");
    }
    try {
      var content = IniFile.parse(file.toString(), text(file));
      return new AnsibleSettings(file, content, workingDirectory, environment, Boundary.OPEN);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8", e);
    } catch (IOException e) {
      throw unreadable(file, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    var content = ByteBuffer.wrap(RegularFile.read(file));
    return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
  }

  private static InvalidInput unreadable(Path file, String why, IOException e) {
    return new InvalidInput("cannot read the Ansible configuration", file.toString(), why, "", e);
  }

  /// The file that counts, absolute.
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /// A value of the file as it is written, whatever the environment says.
  public Optional<Setting> inFile(String section, String key) {
    return Optional.ofNullable(content.get(section, key));
  }

  /// A string. A value of the file loses its quotes.
  public Optional<String> string(SettingName name) {
    return value(name).map(value -> value.isOfFile() ? unquoted(value.text()) : value.text());
  }

  /// Entries between commas, without quotes and without empty ones.
  public List<String> list(SettingName name) {
    return value(name).stream()
        .flatMap(value -> Stream.of(value.text().split(",", -1)))
        .map(entry -> unquoted(IniFile.strip(entry)))
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  public Optional<Boolean> bool(SettingName name) {
    return value(name)
        .map(value -> TRUE.contains(IniFile.strip(value.text()).toLowerCase(Locale.ROOT)));
  }

  /// One path, absolute. Relative ones are relative to the file's directory, those of the
  /// environment to the working directory.
  public Optional<Path> path(SettingName name) {
    return value(name).map(value -> resolved(value, value.text()));
  }

  /// Paths between colons, as [#path]: Ansible's type `pathspec`.
  public List<Path> paths(SettingName name) {
    return paths(name, ":", text -> text);
  }

  /// Paths between commas, as [#path]: Ansible's type `pathlist`.
  public List<Path> pathList(SettingName name) {
    return paths(name, ",", IniFile::strip);
  }

  private List<Path> paths(SettingName name, String separator, Function<String, String> trim) {
    var paths = new ArrayList<Path>();
    value(name)
        .ifPresent(value -> {
          for (var path : value.text().split(separator, -1)) {
            paths.add(resolved(value, trim.apply(path)));
          }
        });
    return List.copyOf(paths);
  }

  /// A path that is no setting, expanded in the same way.
  ///
  /// @param base absolute; of a relative path
  public Path expanded(String path, Path base) {
    return expansion.resolve(path, base, path);
  }

  /// Ansible's own directory, `~/.ansible` unless it is set.
  public Path home() {
    return path(SettingName.HOME)
        .orElseGet(() -> expansion.resolve("~/.ansible", expansion.workingDirectory(), "HOME"));
  }

  /// The caller's environment.
  public Map<String, String> environment() {
    return environment;
  }

  /// Whether the environment or the file has the setting.
  public boolean isSet(SettingName name) {
    return value(name).isPresent();
  }

  private Path resolved(Value value, String path) {
    var directory = value.isOfFile() && file != null ? file.getParent() : null;
    var base = directory == null ? expansion.workingDirectory() : directory;
    var resolved = expansion.resolve(path, base, value.origin());
    if (boundary.isClosed() && value.isOfFile() && Files.exists(resolved)) {
      boundary.require(resolved, value.origin());
    }
    return resolved;
  }

  private Optional<Value> value(SettingName name) {
    for (var variable : name.variables().reversed()) {
      var text = environment.get(variable);
      if (text != null) {
        return Optional.of(new Value(text, false, variable));
      }
    }
    for (var key : name.keys().reversed()) {
      var setting = content.get(key.section(), key.key());
      if (setting != null) {
        return Optional.of(new Value(setting.value(), true, file + ":" + setting.line()));
      }
    }
    return Optional.empty();
  }

  private static String unquoted(String text) {
    var last = text.length() - 1;
    var isQuoted =
        last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(0) == text.charAt(last)
            && text.charAt(last - 1) != '\\';
    return isQuoted ? text.substring(1, last) : text;
  }
}
