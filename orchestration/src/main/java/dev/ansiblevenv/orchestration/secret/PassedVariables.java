package dev.ansiblevenv.orchestration.secret;

import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.formats.file.Boundary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Environment variables of this machine that runs elsewhere get, because the user names them.
///
/// @param environment the caller's
public record PassedVariables(Map<String, String> environment) {

  /// What a file of the project names.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the project is not trusted
  public Map<String, String> ofProject(List<String> names, String origin) {
    if (!names.isEmpty() && Boundary.isClosed(environment)) {
      throw Boundary.outside(names.getFirst(), origin);
    }
    return of(names, origin);
  }

  /// @param origin where the names are from, for an error
  /// @throws UsageFailure when there is no such variable
  public Map<String, String> of(List<String> names, String origin) {
    var variables = new LinkedHashMap<String, String>();
    for (var name : names) {
      var value = environment.get(name);
      if (value == null) {
        throw new UsageFailure(
            "there is no environment variable `" + name + "` to pass on",
            origin,
            "",
            "export it, or leave its name out");
      }
      variables.put(name, value);
    }
    return variables;
  }

  /// Only names.
  @Override
  public String toString() {
    return "PassedVariables[]";
  }
}
