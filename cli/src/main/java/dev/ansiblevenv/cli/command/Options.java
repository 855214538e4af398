package dev.ansiblevenv.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The forms of options and parameters that the commands have.
final class Options {

  private Options() {}

  static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).type(boolean.class);
  }

  /// A flag that means more the more often it is given.
  static OptionSpec.Builder flags(String... names) {
    return OptionSpec.builder(names).arity("0").type(List.class).auxiliaryTypes(Boolean.class);
  }

  static OptionSpec.Builder one(Class<?> type, String label, String... names) {
    return OptionSpec.builder(names).type(type).paramLabel(label);
  }

  /// An option that may be given several times.
  static OptionSpec.Builder several(Class<?> type, String label, String... names) {
    return OptionSpec.builder(names).type(List.class).auxiliaryTypes(type).paramLabel(label);
  }

  static PositionalParamSpec.Builder parameter(int index, Class<?> type, String label) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .required(true)
        .type(type)
        .paramLabel(label);
  }

  /// Any number of them, none too.
  static PositionalParamSpec.Builder parameters(String label) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label);
  }

  static PositionalParamSpec playbook() {
    return parameter(0, Path.class, "PLAYBOOK").description("The playbook.").build();
  }

  static PositionalParamSpec host() {
    return parameter(0, String.class, "HOST")
        .description("The host, as named in the inventory.")
        .build();
  }

  /// One or many.
  static PositionalParamSpec hosts() {
    return parameter(0, String.class, "HOST")
        .description("A host, a group, or a pattern, as in the inventory.")
        .build();
  }

  static OptionSpec forceRecreate() {
    return flag("--force-recreate")
        .description("Rebuild the environment even if a healthy one exists.")
        .build();
  }

  static OptionSpec push() {
    return flag("--push")
        .description("Send everything a build needs, so that the host needs no network.")
        .build();
  }

  static boolean isGiven(ArgSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  /// @return empty without the option
  static <T> List<T> all(ArgSpec several) {
    @Nullable List<T> values = several.getValue();
    return values == null ? List.of() : values;
  }
}
