package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.python.PythonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Indexes ansible-core itself, which is laid out otherwise than a collection.
public final class CoreIndexer {

  private static final Pattern VERSION =
      Pattern.compile("^__version__ *= *['\"]([^'\"]+)", Pattern.MULTILINE);

  /// Base classes, and what runs an ordinary module.
  private static final Set<String> NO_PLUGINS = Set.of("base", "normal");

  private final Path root;

  /// @param root the directory of the package `ansible`
  public CoreIndexer(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /// @param jinja the directory of the package `jinja2`, whose own filters and tests are no plugins
  public CollectionContent content(Path jinja) throws IOException {
    var release = VERSION.matcher(text(root.resolve("release.py")));
    var version = release.find() ? release.group(1) : "0";
    var content = new CollectionContent("ansible.builtin", List.of(version + " ansible-core"), "");
    var tree =
        new SourceTree(
            name -> name.equals("ansible.builtin") ? Optional.of(root) : Optional.empty());
    var needs = new PluginNeeds(tree, _ -> RequirementFiles.none(), false);
    new PluginFiles("ansible.builtin", root, "modules", tree, needs).addTo(content);
    for (var facts : content.kinds().values()) {
      facts.names().removeAll(NO_PLUGINS);
    }
    CoreNeeds.addTo(content);
    Routing.read(root.resolve("config")).addTo(content);
    for (var kind : List.of("filter", "test")) {
      var names =
          PythonFile.read(text(jinja.resolve(kind + "s.py")))
              .dictionaries()
              .getOrDefault(kind.toUpperCase(Locale.ROOT) + "S", Set.of());
      var own = content.kind(CollectionContent.JINJA + kind).names();
      own.addAll(names);
      own.removeAll(content.kind(kind).names());
    }
    return content;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
