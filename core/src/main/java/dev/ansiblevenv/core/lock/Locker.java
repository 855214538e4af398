package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.GalaxyServers;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.tool.Uv;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// From requirements to a lock: the newest ansible-core that the host's Python, the user and the
/// collections admit; the newest collections that fit it and each other; and with it all Python
/// packages, through uv. The same servers and the same request give the same lock, byte for byte.
public final class Locker {

  private static final int MOST_LINES = 12;

  private final Uv uv;
  private final Function<Duration, Http> http;
  private final Path cache;

  /// @param http makes the HTTP client that waits so long for a Galaxy server to answer
  /// @param cache where [CollectionStore] finds what had to be fetched to be known
  public Locker(Uv uv, Function<Duration, Http> http, Path cache) {
    this.uv = uv;
    this.http = http;
    this.cache = cache;
  }

  /// @throws Unresolvable when the requirements contradict each other, something is not to be had,
  ///   or an index or a server does not answer
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when a requirement or Ansible's configuration
  ///   is malformed
  /// @throws Failure as the tools in between
  public LockResolution resolve(LockRequest request) {
    var roots =
        request.collections().stream()
            .filter(r -> !r.name().isEmpty())
            .map(r -> new Edge(r.name(), SourcedCollections.range(r), "", r.because()))
            .toList();
    var galaxy =
        new GalaxyClients(GalaxyServers.read(request.project(), request.environment()), http);
    var python = new PythonLocker(new UvCompiler(uv), request);
    try (var lookups = new Lookups()) {
      var collections =
          new SourcedCollections(
              request.collections(),
              galaxy,
              new ProjectCollections(request.project()),
              new FetchedCollections(
                  new CacheDirectory(cache),
                  new GitClones(cache, request.environment()),
                  galaxy.http()),
              lookups,
              request.offline());
      var prefetch = new Prefetch(collections, lookups);
      roots.forEach(root -> prefetch.begin(root.name(), root.range()));
      return resolve(request, python, collections, roots);
    }
  }

  private static LockResolution resolve(
      LockRequest request, PythonLocker python, SourcedCollections collections, List<Edge> roots) {
    var passed = new ArrayList<Passed>();
    for (var series : AnsibleCoreSeries.forPython(request.pythonVersion())) {
      switch (python.lock(series)) {
        case PythonLocker.Contradictory(var text) -> passed.add(new Passed(series, text, false));
        case PythonLocker.Found(var pylock) -> {
          var core = new Lock(pylock, List.of()).ansibleCoreVersion();
          switch (new CollectionResolver(collections, core).resolve(roots)) {
            case ResolverOutcome.Conflict conflict -> {
              passed.add(new Passed(series, shortened(conflict.texts()), true));
              if (!conflict.blamesAnsible()) {
                throw unresolvable(List.of(passed.getLast()));
              }
            }
            case ResolverOutcome.Solved(var chosen) -> {
              var locked = chosen.values().stream().map(collections::locked).toList();
              return new LockResolution(
                  new Lock(pylock, locked),
                  new AnsibleCoreChoice(core, reason(request, series, passed)));
            }
          }
        }
      }
    }
    throw unresolvable(passed);
  }

  private static String reason(LockRequest request, AnsibleCoreSeries series, List<Passed> passed) {
    var forPython = AnsibleCoreSeries.forPython(request.pythonVersion());
    if (passed.isEmpty()) {
      return "the newest series for Python " + request.pythonVersion() + " on the host, " + series;
    }
    var first = passed.getFirst();
    var why = first.text.replaceAll("\\s+", " ");
    return series
        + " instead of "
        + forPython.getFirst()
        + ": "
        + (why.length() > 200 ? why.substring(0, 200) + "…" : why);
  }

  private static Unresolvable unresolvable(List<Passed> passed) {
    var distinct = passed.stream().map(Passed::text).distinct().count();
    var collections = passed.stream().allMatch(Passed::byCollections);
    var why = new ArrayList<String>();
    for (var each : passed) {
      why.add(
          passed.size() == 1 ? each.text : "with ansible-core " + each.series + ": " + each.text);
    }
    return new Unresolvable(
        collections
            ? "no versions of the collections fit together"
            : "no versions of the Python packages fit together",
        "",
        distinct == 1 ? passed.getFirst().text : String.join("\n", why),
        "loosen one of the requirements");
  }

  private static String shortened(List<String> texts) {
    var shown = new ArrayList<>(texts.subList(0, Math.min(texts.size(), MOST_LINES)));
    if (texts.size() > MOST_LINES) {
      shown.add("and " + (texts.size() - MOST_LINES) + " more of the kind");
    }
    return String.join("; ", shown);
  }

  /// A series that was tried and left.
  private record Passed(AnsibleCoreSeries series, String text, boolean byCollections) {}
}
