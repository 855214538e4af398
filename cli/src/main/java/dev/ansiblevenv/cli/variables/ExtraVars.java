package dev.ansiblevenv.cli.variables;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.yaml.Value;
import dev.ansiblevenv.analysis.yaml.Values;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `--extra-vars` says, as [Ansible reads
/// it](https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html#defining-variables-at-runtime):
/// `key=value` arguments whose values are text, YAML or JSON in braces, or `@file`; a later one
/// wins. One form more: `@-` is standard input, so that a secret needs no file. Errors never quote
/// a value.
///
/// @param here what a relative file name is relative to
/// @param home what `~/` in a file name stands for
public record ExtraVars(Path here, Path home, InputStream in) {

  private static final String OPTION = "--extra-vars";

  /// @throws UsageFailure when an argument cannot be read
  /// @throws InvalidInput when a file cannot
  public Map<String, Object> of(List<String> arguments) {
    var variables = new LinkedHashMap<String, Object>();
    for (var argument : arguments) {
      if (!argument.isEmpty()) {
        variables.putAll(variables(argument));
      }
    }
    return variables;
  }

  private Map<String, Object> variables(String argument) {
    try {
      return switch (argument.charAt(0)) {
        case '@' -> file(argument.substring(1));
        case '[', '{' -> yaml(OPTION, argument.getBytes(UTF_8));
        case '/', '.' ->
            throw new UsageFailure(
                "cannot read variables from `" + argument + "`",
                OPTION,
                "",
                "if it is a file, write `@" + argument + "`");
        default -> KeyValues.of(argument);
      };
    } catch (IllegalArgumentException e) {
      throw new UsageFailure(
          "cannot read the variables", OPTION, String.valueOf(e.getMessage()), "");
    }
  }

  private Map<String, Object> file(String name) {
    var shown = name.equals("-") ? "standard input" : name;
    try {
      return yaml(shown, name.equals("-") ? in.readAllBytes() : Files.readAllBytes(path(name)));
    } catch (NoSuchFileException e) {
      throw new InvalidInput("cannot read the variables", shown, "there is no such file", "", e);
    } catch (IOException e) {
      throw new InvalidInput(
          "cannot read the variables", shown, String.valueOf(e.getMessage()), "", e);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput(
          "cannot read the variables", shown, String.valueOf(e.getMessage()), "", e);
    }
  }

  private Path path(String name) {
    return name.startsWith("~/") ? home.resolve(name.substring(2)) : here.resolve(name);
  }

  private static Map<String, Object> yaml(String name, byte[] content) {
    if (new String(content, UTF_8).startsWith(Value.Vault.HEADER)) {
      throw new InvalidInput(
          "cannot read the variables",
          name,
          "it is encrypted as a whole",
          "put it into `group_vars/`, name it in `vars_files`, or encrypt single values");
    }
    if (Values.of(name, YamlReader.read(name, content)) instanceof Value.Mapping mapping) {
      return JsonValue.object(mapping);
    }
    throw new IllegalArgumentException("it is not a mapping");
  }
}
