package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.ToolStatus;
import java.util.List;
import java.util.Map;

/// What `doctor` found.
public record ToolsView(List<ToolStatus> tools) implements View {

  /// Whether every tool works, or will once it has been fetched.
  public boolean healthy() {
    return problems() == 0;
  }

  public long problems() {
    return tools.stream().filter(tool -> !tool.problem().isEmpty()).count();
  }

  @Override
  public Map<String, Object> document() {
    return object(
        "healthy",
        healthy(),
        "tools",
        objects(
            tools,
            tool ->
                object(
                    "name", tool.name(),
                    "version", tool.version(),
                    "origin", tool.origin(),
                    "problem", tool.problem())));
  }

  @Override
  public String text() {
    var table = new Table("").row("TOOL", "VERSION", "STATE", "FROM");
    var problems = new StringBuilder();
    for (var tool : tools) {
      var version = tool.version().isEmpty() ? "-" : tool.version();
      table.row(tool.name(), version, state(tool), tool.origin());
      if (!tool.problem().isEmpty()) {
        problems.append('\n').append(tool.name()).append(": ").append(tool.problem()).append('\n');
      }
    }
    return table.toString() + problems;
  }

  private static String state(ToolStatus tool) {
    if (!tool.problem().isEmpty()) {
      return "broken";
    }
    return tool.version().isEmpty() ? "not yet fetched" : "works";
  }
}
