package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A YAML document that a person wrote, changed in single values only: comments, layout, quoting,
/// line breaks and a byte order mark elsewhere stay byte for byte.
///
/// Immutable; each change returns the changed document. A path is made of keys (String) and indices
/// (Integer). Every change is proved before it is returned: the new text is read back, and differs
/// from the old in the wanted value and in nothing else. What cannot be changed so (a mapping that
/// several places share through an anchor) is refused.
public final class YamlEdit {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String file;
  private final boolean marked;
  private final String text;
  private final @Nullable Node root;

  private YamlEdit(String file, boolean marked, String text) {
    this.file = file;
    this.marked = marked;
    this.text = text;
    this.root = YamlReader.read(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param file the name shown in errors
  /// @throws InvalidInput when the content is not one well-formed document
  public static YamlEdit of(String file, byte[] content) {
    int start = 0;
    if (content.length >= 3 && Arrays.equals(content, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
      start = 3;
    }
    YamlReader.read(file, content);
    return new YamlEdit(
        file,
        start > 0,
        new String(content, start, content.length - start, StandardCharsets.UTF_8));
  }

  public byte[] content() {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!marked) {
      return bytes;
    }
    var whole = Arrays.copyOf(BYTE_ORDER_MARK, 3 + bytes.length);
    System.arraycopy(bytes, 0, whole, 3, bytes.length);
    return whole;
  }

  /// The root node; null when the file holds no document.
  public @Nullable Node root() {
    return root;
  }

  /// The place of a node, for errors.
  public Location location(Node node) {
    return new Location(
        file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  /// Gives the mapping at `path` this value under `key`: in the key's place if it is there, else
  /// behind the last entry. Where `path` leads to nothing but null, a mapping is made.
  public YamlEdit put(List<?> path, String key, @Nullable Object value) {
    return put(path, key, value, null);
  }

  /// As [#put(List, String, Object)]; a new key goes behind the entry `after` if that is there.
  public YamlEdit put(List<?> path, String key, @Nullable Object value, @Nullable String after) {
    var wanted = YamlChange.put(YamlValue.of(root), path, key, value);
    var splice = new YamlSplice(text, root);
    return firstThatMeans(
        wanted,
        path,
        List.of(
            () -> splice.put(path, key, value, after), () -> splice.putFirst(path, key, value)));
  }

  /// Replaces the scalar or flow collection at `path`.
  public YamlEdit replace(List<?> path, @Nullable Object value) {
    var wanted = YamlChange.replace(YamlValue.of(root), path, value);
    var splice = new YamlSplice(text, root);
    return firstThatMeans(wanted, path, List.of(() -> splice.replace(path, value)));
  }

  /// Appends to the sequence at `path`.
  public YamlEdit append(List<?> path, Object item) {
    var wanted = YamlChange.append(YamlValue.of(root), path, item);
    var splice = new YamlSplice(text, root);
    return firstThatMeans(wanted, path, List.of(() -> splice.append(path, item)));
  }

  /// Removes an item of the sequence at `path`, with the comments inside it.
  public YamlEdit remove(List<?> path, int index) {
    var wanted = YamlChange.remove(YamlValue.of(root), path, index);
    var splice = new YamlSplice(text, root);
    return firstThatMeans(wanted, path, List.of(() -> splice.remove(path, index)));
  }

  /// The node at a path, or null. Keys that come out of a merge are not found: they are not written
  /// there.
  public @Nullable Node at(List<?> path) {
    var node = root;
    for (var step : path) {
      node = child(node, step);
    }
    return node;
  }

  static @Nullable Node child(@Nullable Node node, Object step) {
    if (node instanceof SequenceNode sequence && step instanceof Integer index) {
      return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
    }
    if (node instanceof MappingNode mapping) {
      for (var entry : mapping.getValue().reversed()) {
        if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }

  private YamlEdit firstThatMeans(
      @Nullable Object wanted, List<?> path, List<Supplier<@Nullable String>> candidates) {
    for (var candidate : candidates) {
      var changed = candidate.get();
      if (changed != null) {
        try {
          var edited = new YamlEdit(file, marked, changed);
          if (Objects.equals(YamlValue.of(edited.root), wanted)) {
            return edited;
          }
        } catch (InvalidInput notReadable) {
          // the next candidate may do
        }
      }
    }
    var near = at(path);
    throw new InvalidInput(
        "`" + String.join(".", path.stream().map(String::valueOf).toList()) + "` cannot be changed",
        near == null ? file : location(near).toString(),
        "no edit of this place leaves everything else as it is",
        "write it out as a plain block mapping, without anchors and aliases");
  }
}
