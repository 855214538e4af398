package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.core.tool.ToolReport;
import java.util.List;
import java.util.Map;

/// What `doctor` found.
public record ToolsView(List<ToolReport> tools) implements View {

  /// Whether every tool works, or will once it has been fetched.
  public boolean healthy() {
    return problems() == 0;
  }

  public long problems() {
    return tools.stream().filter(tool -> !tool.works()).count();
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
                    "works", tool.works(),
                    "problem", tool.problem())));
  }

  @Override
  public String text() {
    var table = new Table("").row("TOOL", "STATE", "VERSION AND ORIGIN");
    var problems = new StringBuilder();
    for (var tool : tools) {
      table.row(tool.name(), tool.works() ? "works" : "broken", origin(tool));
      if (!tool.works()) {
        problems.append('\n').append(tool.name()).append(": ").append(tool.problem()).append('\n');
      }
    }
    return table.toString() + problems;
  }

  private static String origin(ToolReport tool) {
    return tool.version().isEmpty() ? tool.origin() : tool.version() + ", " + tool.origin();
  }
}
