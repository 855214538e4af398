package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;

/// Composes one YAML document into nodes with marks, the way Ansible's
/// [DataLoader](https://github.com/ansible/ansible/blob/devel/lib/ansible/parsing/dataloader.py)
/// reads a file: a file that is JSON is read as JSON, everything else as YAML 1.1 with PyYAML's
/// implicit types.
///
/// What is returned is bounded: no cycles, at most [#MAXIMUM_DEPTH] levels, and not much larger
/// than the file also when every alias is replaced by what it stands for.
///
/// The tag of a node is its resolved type. Untagged plain scalars carry `tag:yaml.org,2002:int` and
/// so on, untagged quoted ones `…:str`.
public final class YamlReader {

  static final int MAXIMUM_DEPTH = 200;

  /// Each takes some hundred bytes of heap.
  static final int MAXIMUM_NODES = 1_000_000;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final byte[] VAULT_HEADER = {
    '$', 'A', 'N', 'S', 'I', 'B', 'L', 'E', '_', 'V', 'A', 'U', 'L', 'T'
  };

  private YamlReader() {}

  /// @param file the name shown in errors
  /// @return the root node, or null for a file without a document
  /// @throws InvalidInput when the text is not one well-formed document; names file:line:column
  public static @Nullable Node read(String file, byte[] content) {
    var text = YamlText.decode(file, content);
    // Python's JSON reader refuses a byte order mark, so that such a file is YAML.
    var root = text.startsWith(BYTE_ORDER_MARK) ? null : JsonDocument.read(text);
    if (root == null) {
      root = compose(file, text);
    }
    if (root != null) {
      Expansion.requireBounded(file, root, text.length());
    }
    return root;
  }

  /// Whether the whole file is encrypted with `ansible-vault`: Ansible's own rule is that it starts
  /// with the word `$ANSIBLE_VAULT`.
  public static boolean isVault(byte[] content) {
    return content.length >= VAULT_HEADER.length
        && Arrays.equals(content, 0, VAULT_HEADER.length, VAULT_HEADER, 0, VAULT_HEADER.length);
  }

  private static @Nullable Node compose(String file, String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setNestingDepthLimit(MAXIMUM_DEPTH);
    options.setTagInspector(tag -> true);
    var cursor = new TextCursor(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    try {
      return new AnsibleComposer(new ParserImpl(new LibyamlScanner(cursor)), options)
          .getSingleNode();
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() == null ? cursor.mark() : e.getProblemMark();
      throw invalid(Nodes.location(file, mark), why(e), e);
    } catch (YAMLException | IllegalArgumentException e) {
      var where = Nodes.location(file, cursor.mark());
      if (String.valueOf(e.getMessage()).startsWith("Nesting Depth exceeded")) {
        throw tooDeep(where.toString());
      }
      throw invalid(where, String.valueOf(e.getMessage()), e);
    }
  }

  private static String why(MarkedYAMLException e) {
    var context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ", ";
    return context + e.getProblem();
  }

  private static InvalidInput invalid(Location where, String why, Exception cause) {
    var next = why.contains("tab") ? "indent with spaces" : "";
    return new InvalidInput("is not valid YAML", where.toString(), why, next, cause);
  }

  static InvalidInput tooDeep(String where) {
    return new InvalidInput(
        "is nested too deeply", where, "at most " + MAXIMUM_DEPTH + " levels are read", "");
  }
}
