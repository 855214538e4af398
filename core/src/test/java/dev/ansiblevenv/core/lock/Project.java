package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.GalaxyServers;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.RetryPolicy;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import dev.ansiblevenv.testing.GalaxyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// A project directory of a test, with its `ansible.cfg` and its requirements.
final class Project {

  final Path directory;
  final Map<String, String> environment = new HashMap<>();
  private final List<CollectionRequirement> requirements = new ArrayList<>();

  Project(Path directory) {
    this.directory = directory;
    environment.put("HOME", directory.resolve("home").toString());
    environment.put("PATH", System.getenv("PATH"));
  }

  /// Configures servers by the names `one`, `two` … in `ansible.cfg`.
  Project servers(String... urls) {
    var names = List.of("one", "two", "three").subList(0, urls.length);
    var text = new StringBuilder("[galaxy]\nserver_list = " + String.join(", ", names) + "\n");
    for (int i = 0; i < urls.length; i++) {
      text.append("[galaxy_server.")
          .append(names.get(i))
          .append("]\nurl=")
          .append(urls[i])
          .append('\n');
    }
    return file("ansible.cfg", text.toString());
  }

  Project server(GalaxyServer server) {
    return servers(server.url());
  }

  Project file(String path, String content) {
    try {
      var file = directory.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Project dispenses(String name) {
    requirements.add(new CollectionRequirement(name, "*", "", List.of(), true, "win.yml:1"));
    return this;
  }

  Project wants(String name, String range) {
    return wants(name, range, "");
  }

  Project wants(String name, String range, String source) {
    requirements.add(
        new CollectionRequirement(
            name, range, source, "requirements.yml:" + (requirements.size() + 1)));
    return this;
  }

  List<CollectionRequirement> requirements() {
    return List.copyOf(requirements);
  }

  AnsibleSettings settings() {
    return new ConfigurationLookup(directory, directory, environment).forProject();
  }

  GalaxyClients clients() {
    return new GalaxyClients(GalaxyServers.read(settings()), Project::impatient);
  }

  GitClones clones() {
    return new GitClones(directory.resolve("cache"), environment);
  }

  CollectionStore store() {
    return new CollectionStore(directory.resolve("cache"), directory, clients(), clones());
  }

  /// `name version` of everything chosen, or the texts of the conflict.
  List<String> resolved() {
    return resolved("2.19.4");
  }

  List<String> resolved(String ansibleCore) {
    return locked(ansibleCore).stream().map(c -> c.name() + " " + c.version()).toList();
  }

  List<LockedCollection> locked() {
    return locked("2.19.4");
  }

  List<LockedCollection> locked(String ansibleCore) {
    try (var lookups = new Lookups()) {
      var collections =
          new SourcedCollections(
              requirements,
              List.of(),
              clients(),
              new ProjectCollections(directory, Map.of()),
              new FetchedCollections(
                  new CacheDirectory(directory.resolve("cache")), clones(), clients().http()),
              lookups,
              false);
      var prefetch = new Prefetch(collections, lookups);
      var roots =
          requirements.stream()
              .filter(r -> !r.name().isEmpty())
              .map(r -> new Edge(r.name(), SourcedCollections.range(r), "", r.because()))
              .toList();
      roots.forEach(root -> prefetch.begin(root.name(), root.range()));
      return switch (new CollectionResolver(collections, ansibleCore).resolve(roots)) {
        case ResolverOutcome.Solved(var chosen) ->
            chosen.values().stream().map(collections::locked).toList();
        case ResolverOutcome.Conflict conflict ->
            throw new AssertionError(conflict.texts().stream().collect(Collectors.joining("\n")));
      };
    }
  }

  /// HTTP that tries as often as the product does, with hardly a wait.
  static Http impatient(Duration patience) {
    return new Http(
        Map.of(),
        new RetryPolicy(
            4, Duration.ofMillis(10), Duration.ofSeconds(1), new Random(1), Clock.systemUTC()),
        patience);
  }
}
