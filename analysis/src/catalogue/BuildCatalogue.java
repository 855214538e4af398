import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.analysis.indexing.CollectionIndexer;
import dev.ansiblevenv.analysis.indexing.CoreIndexer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/// Writes the indexes of the catalogue: `java BuildCatalogue.java OUT RELEASE ... -- CORE ...`, run by
/// `build`. A release is an unpacked wheel of `ansible`, a core one of `ansible-core` with Jinja beside
/// it; the first of each counts, the others add what it lacks.
void main(String[] arguments) throws Exception {
  var out = Path.of(arguments[0]);
  var contents = new TreeMap<String, CollectionContent>();
  var rest = new ArrayList<>(java.util.List.of(arguments).subList(1, arguments.length));
  var releases = rest.subList(0, rest.indexOf("--")).stream().map(Path::of).toList();
  var cores = rest.subList(rest.indexOf("--") + 1, rest.size()).stream().map(Path::of).toList();
  for (var release : releases) {
    var root = release.resolve("ansible_collections");
    var where = release.getFileName().toString();
    var indexer = new CollectionIndexer(name -> {
      var directory = root.resolve(name.replace('.', '/'));
      return Files.isDirectory(directory) ? Optional.of(directory) : Optional.<Path>empty();
    });
    try (var directories = Files.walk(root, 2)) {
      for (var directory : directories.filter(this::isCollection).sorted().toList()) {
        var name = root.relativize(directory).toString().replace('/', '.');
        var content = indexer.content(name, directory, where);
        contents.merge(name, content, CollectionContent::and);
      }
    }
  }
  for (var core : cores) {
    var content = new CoreIndexer(core.resolve("ansible")).content(core.resolve("jinja2"));
    contents.merge("ansible.builtin", content, CollectionContent::and);
  }
  for (var content : contents.values()) {
    var file = out.resolve(content.collection() + ".txt");
    Files.writeString(file, CollectionIndex.of(content).text());
  }
}

boolean isCollection(Path directory) {
  return Files.isRegularFile(directory.resolve("MANIFEST.json"));
}
