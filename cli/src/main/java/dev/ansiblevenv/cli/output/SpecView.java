package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.SpecDocument;
import java.util.Map;

/// A spec: the file as it is, or what it holds.
public record SpecView(SpecDocument spec) implements View {

  @Override
  public Map<String, Object> document() {
    return spec.content();
  }

  @Override
  public String text() {
    return spec.text();
  }
}
