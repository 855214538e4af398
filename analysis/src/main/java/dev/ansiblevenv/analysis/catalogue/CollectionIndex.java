package dev.ansiblevenv.analysis.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a collection provides, as lines of text, one fact or list a line, sorted, so that a new version
/// is a readable diff:
///
///     collection NAME
///     origin VERSION WHERE
///     requires_ansible SPECIFIERS
///     depends COLLECTION RANGE
///     roles NAME ...
///     system BINDEP-LINE
///     names KIND NAME ...                  plugins that it provides
///     redirect KIND COLLECTION NAME ...    `old=new` where the name changed, too
///     removed KIND NAME MESSAGE            tombstones
///     deprecated KIND NAME MESSAGE
///     group NAME MODULE ...                for `module_defaults`
///     uses ROLE KIND NAME ...              what a role names
///     needs KIND WHY NEED | WHY NEED | NAME ...   what these plugins need
///
/// Lists are searched where they stand; nothing is built that nobody asks for. Immutable, so safe to
/// share.
public final class CollectionIndex {

  private final String text;
  private final Map<String, List<String>> lines;

  private CollectionIndex(String text, Map<String, List<String>> lines) {
    this.text = text;
    this.lines = lines;
  }

  /// @param text as [#text] gives it
  public static CollectionIndex parse(String text) {
    var lines = new HashMap<String, List<String>>();
    for (var start = 0; start < text.length(); ) {
      var end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      var word = text.indexOf(' ', start);
      if (word > 0 && word < end) {
        var key = text.substring(start, word);
        var kind = isByKind(key) ? text.indexOf(' ', word + 1) : word;
        if (kind > 0 && kind < end) {
          lines
              .computeIfAbsent(text.substring(start, kind), _ -> new ArrayList<>(1))
              .add(text.substring(kind + 1, end));
        }
      }
      start = end + 1;
    }
    return new CollectionIndex(text, lines);
  }

  private static boolean isByKind(String key) {
    return switch (key) {
      case "names", "redirect", "removed", "deprecated", "needs", "uses" -> true;
      default -> false;
    };
  }

  public static CollectionIndex of(CollectionContent content) {
    return parse(IndexText.of(content));
  }

  public String text() {
    return text;
  }

  /// `namespace.name`
  public String collection() {
    return first("collection");
  }

  /// The version that counts where there are several.
  public String version() {
    var origin = first("origin");
    var space = origin.indexOf(' ');
    return space < 0 ? origin : origin.substring(0, space);
  }

  /// A version with where it was found, each.
  public List<String> origins() {
    return lines("origin");
  }

  public String requiresAnsible() {
    return first("requires_ansible");
  }

  public SortedMap<String, String> dependencies() {
    var dependencies = new TreeMap<String, String>();
    for (var line : lines("depends")) {
      var words = line.split(" ", 2);
      dependencies.put(words[0], words[1]);
    }
    return dependencies;
  }

  public List<String> roles() {
    return words(lines("roles")).toList();
  }

  /// What a role of it uses, as its files show.
  List<RoleUse> uses(String role) {
    var uses = new ArrayList<RoleUse>();
    for (var line : lines("uses " + role)) {
      var words = line.split(" ", -1);
      for (var i = 1; i < words.length; i++) {
        uses.add(new RoleUse(words[0], words[i]));
      }
    }
    return uses;
  }

  /// Lines of bindep.
  public List<String> system() {
    return lines("system");
  }

  /// @param kind the word of a [PluginKind], or [CollectionContent#ACTION]
  public List<String> names(String kind) {
    return words(lines("names " + kind)).toList();
  }

  boolean has(String kind, String name) {
    for (var list : lines("names " + kind)) {
      if (find(list, 0, name) >= 0) {
        return true;
      }
    }
    return false;
  }

  /// The fully qualified name that a name was moved to.
  Optional<String> redirect(String kind, String name) {
    for (var list : lines("redirect " + kind)) {
      var at = find(list, list.indexOf(' ') + 1, name);
      if (at >= 0) {
        var end = at + name.length();
        var target = name;
        if (end < list.length() && list.charAt(end) == '=') {
          var stop = list.indexOf(' ', end);
          target = list.substring(end + 1, stop < 0 ? list.length() : stop);
        }
        return Optional.of(list.substring(0, list.indexOf(' ')) + "." + target);
      }
    }
    return Optional.empty();
  }

  Stream<String> redirected(String kind) {
    return lines("redirect " + kind).stream()
        .flatMap(list -> Arrays.stream(list.split(" ", -1)).skip(1))
        .map(word -> word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('=')));
  }

  Optional<String> removed(String kind, String name) {
    return message("removed " + kind, name);
  }

  Optional<String> deprecated(String kind, String name) {
    return message("deprecated " + kind, name);
  }

  List<PluginNeed> needs(String kind, String name) {
    for (var line : lines("needs " + kind)) {
      var names = line.lastIndexOf(" | ");
      if (names >= 0 && find(line, names + 3, name) >= 0) {
        return Arrays.stream(line.substring(0, names).split(" \\| ", -1))
            .map(PluginNeed::parse)
            .toList();
      }
    }
    return List.of();
  }

  /// The fully qualified modules of an action group; a name that starts with `group/` is a group.
  Optional<List<String>> group(String name) {
    return message("group", name)
        .map(members ->
            Arrays.stream(members.split(" ", -1))
                .map(each -> each.indexOf('.') < 0 ? collection() + "." + each : each)
                .toList());
  }

  private Optional<String> message(String key, String name) {
    for (var line : lines(key)) {
      if (line.startsWith(name) && line.startsWith(" ", name.length())) {
        return Optional.of(line.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private List<String> lines(String key) {
    return lines.getOrDefault(key, List.of());
  }

  private String first(String key) {
    var found = lines(key);
    return found.isEmpty() ? "" : found.getFirst();
  }

  private static Stream<String> words(List<String> lines) {
    return lines.stream().flatMap(line -> Arrays.stream(line.split(" ", -1)));
  }

  /// Where the name stands between spaces, or in front of an equals sign; -1 for nowhere.
  private static int find(String list, int from, String name) {
    if (name.indexOf(' ') >= 0) {
      return -1;
    }
    for (var at = list.indexOf(name, from); at >= 0; at = list.indexOf(name, at + 1)) {
      var end = at + name.length();
      var starts = at == from || list.charAt(at - 1) == ' ';
      if (starts && (end == list.length() || list.charAt(end) == ' ' || list.charAt(end) == '=')) {
        return at;
      }
    }
    return -1;
  }
}
