package dev.ansiblevenv.core.galaxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The same answers as the Python package that Ansible asks.
class ReleaseSpecifierOracleIT {

  private static final List<String> BOUNDS =
      List.of(
          "2",
          "2.16",
          "2.16.0",
          "2.16.1",
          "2.16.*",
          "2.16.0.*",
          "2.16.0rc1",
          "2.16.0b2",
          "2.16.0a",
          "2.16.0.dev0",
          "2.16.0.post1",
          "2.16.0-1",
          "v2.16",
          "2.16-rc.1",
          "02.016");

  private static final List<String> VERSIONS =
      List.of("2.15.9", "2.16.0", "2.16.0rc1", "2.16.1", "2.17.0", "3.0.0", "2.16.0.post1");

  @Test
  void accepts_what_packaging_accepts() throws Exception {
    var pairs = new ArrayList<List<String>>();
    for (var version : VERSIONS) {
      for (var bound : BOUNDS) {
        for (var operator : List.of("==", "!=", ">=", ">", "<=", "<", "~=", "", "=", "^")) {
          pairs.add(List.of(operator + bound, version));
          pairs.add(List.of(" >= 2.9 , " + operator + " " + bound + ",", version));
        }
      }
    }
    var expected = packaging(pairs);
    for (int i = 0; i < pairs.size(); i++) {
      var version = pairs.get(i).getLast();
      var ours = ReleaseSpecifier.parse(pairs.get(i).getFirst()).map(s -> s.accepts(version));
      assertThat(ours.map(String::valueOf).orElse("null"))
          .as("%s", pairs.get(i))
          .isEqualTo(String.valueOf(expected.get(i)));
    }
  }

  private List<Object> packaging(List<List<String>> pairs) throws Exception {
    String script;
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("specifiers.py"))) {
      script = new String(in.readAllBytes(), UTF_8);
    }
    var process =
        new ProcessBuilder(AnsibleEnvironment.get().python().toString(), "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.getOutputStream()) {
      out.write(JSON.std.asBytes(pairs));
    }
    var answer = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return JSON.std.listFrom(answer);
  }
}
