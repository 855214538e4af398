package dev.ansiblevenv.analysis.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/// Composes as PyYAML does where SnakeYAML is more lenient: an anchor is written once, and an empty
/// scalar with the tag `!` is an empty string. Stops at [YamlReader#MAXIMUM_NODES].
final class AnsibleComposer extends Composer {

  private final Map<String, Mark> anchors = new HashMap<>();
  private int nodes;

  AnsibleComposer(Parser parser, LoaderOptions options) {
    super(parser, new ImplicitTypes(), options);
  }

  @Override
  protected Node composeScalarNode(
      @Nullable String anchor, @Nullable List<CommentLine> blockComments) {
    admit(anchor);
    var event = (ScalarEvent) parser.peekEvent();
    var node = super.composeScalarNode(anchor, blockComments);
    if ("!".equals(event.getTag()) && event.isPlain() && event.getValue().isEmpty()) {
      node.setTag(Tag.STR);
    }
    return node;
  }

  @Override
  protected Node composeSequenceNode(@Nullable String anchor) {
    admit(anchor);
    return super.composeSequenceNode(anchor);
  }

  @Override
  protected Node composeMappingNode(@Nullable String anchor) {
    admit(anchor);
    return super.composeMappingNode(anchor);
  }

  private void admit(@Nullable String anchor) {
    if (++nodes > YamlReader.MAXIMUM_NODES) {
      throw new ParserException(
          null,
          null,
          "it has more than " + YamlReader.MAXIMUM_NODES + " values",
          parser.peekEvent().getStartMark());
    }
    if (anchor == null) {
      return;
    }
    var place = parser.peekEvent().getStartMark();
    var first = anchors.putIfAbsent(anchor, place);
    if (first != null) {
      var problem = "the anchor &" + anchor + " stands already in line " + (first.getLine() + 1);
      throw new ParserException(null, null, problem, place);
    }
  }
}
