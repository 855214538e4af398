package dev.ansiblevenv.orchestration.secret;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Environment variables of this machine that runs elsewhere get, because the user names them.
///
/// @param environment the caller's
public record PassedVariables(Map<String, String> environment) {

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
