package dev.ansiblevenv.core.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// ansible-lint's JSON report. Unlike its other formats this one says of each finding whether it is
/// an error or, by the project's `warn_list` or ignore file, a warning: `major` or `minor`.
final class CodeClimateReport {

  private static final int LONGEST_DETAIL = 300;

  private CodeClimateReport() {}

  /// @param report the standard output of `ansible-lint --format=codeclimate`
  /// @param playbook shown where ansible-lint names no file
  /// @throws IOException when it is not such a report
  static List<Finding> parse(String report, String playbook) throws IOException {
    if (!(JSON.std.anyFrom(report) instanceof List<?> issues)) {
      throw new IOException("the report is not a list");
    }
    var findings = new ArrayList<Finding>();
    for (var issue : issues) {
      findings.add(finding(JsonFields.of(issue), playbook));
    }
    return List.copyOf(findings);
  }

  private static Finding finding(JsonFields issue, String playbook) throws IOException {
    var location = issue.object("location");
    var path = oneLine(location.string("path"));
    return new Finding(
        place(location, path.isEmpty() ? playbook : path),
        oneLine(issue.string("check_name")),
        message(issue),
        !issue.string("severity").equals("minor"));
  }

  private static Location place(JsonFields location, String path) throws IOException {
    if (location.has("positions")) {
      var begin = location.object("positions").object("begin");
      return new Location(path, begin.number("line"), begin.number("column"));
    }
    return new Location(path, location.object("lines").number("begin"), 0);
  }

  private static String message(JsonFields issue) throws IOException {
    var description = oneLine(issue.string("description"));
    var detail = issue.has("content") ? oneLine(issue.object("content").string("body")) : "";
    if (detail.isEmpty() || description.contains(detail)) {
      return description;
    }
    var shown =
        detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + " …" : detail;
    return description + " (" + shown + ")";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
  }
}
