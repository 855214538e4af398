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

/// From requirements to a lock: what a preferred lock has, as far as it fits; else the newest
/// ansible-core that the host's Python, the user and the collections admit; the newest collections
/// that fit it and each other; and with it all Python packages, through uv. The same servers and
/// the same request give the same lock, byte for byte.
public final class Locker {

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
    var roots = edges(request.collections());
    var bounds = edges(request.bounds().collections());
    var galaxy = new GalaxyClients(GalaxyServers.read(request.settings()), http);
    var python = new PythonLocker(new UvCompiler(uv, new CacheDirectory(cache)), request);
    try (var lookups = new Lookups()) {
      var collections =
          new SourcedCollections(
              request.collections(),
              request.bounds().collections(),
              galaxy,
              new ProjectCollections(request.project(), request.settings().environment()),
              new FetchedCollections(
                  new CacheDirectory(cache),
                  new GitClones(cache, request.settings().environment()),
                  galaxy.http(),
                  request.preferred().map(Lock::collections).orElse(List.of())),
              lookups,
              request.offline());
      var prefetch = new Prefetch(collections, lookups);
      roots.forEach(root -> prefetch.begin(root.name(), root.range()));
      var without = unavailable(request, collections);
      var names = without.stream().map(LockResolution.Unavailable::collection).toList();
      var needed = roots.stream().filter(root -> !names.contains(root.name())).toList();
      return resolve(request, python, collections, needed, bounds, without);
    }
  }

  private static List<LockResolution.Unavailable> unavailable(
      LockRequest request, SourcedCollections collections) {
    var unavailable = new ArrayList<LockResolution.Unavailable>();
    for (var requirement : request.collections()) {
      if (!requirement.dispensable()) {
        continue;
      }
      var range = SourcedCollections.range(requirement);
      try {
        var candidates = collections.candidates(requirement.name());
        if (candidates.stream().noneMatch(each -> range.contains(each.version()))) {
          var why = candidates.isEmpty() ? "no server has it" : "no version is " + range;
          unavailable.add(new LockResolution.Unavailable(requirement.name(), why));
        }
      } catch (Unresolvable e) {
        unavailable.add(new LockResolution.Unavailable(requirement.name(), e.why()));
      }
    }
    return unavailable;
  }

  private static List<Edge> edges(List<CollectionRequirement> requirements) {
    return requirements.stream()
        .filter(r -> !r.name().isEmpty())
        .map(r -> new Edge(r.name(), SourcedCollections.range(r), "", r.because()))
        .toList();
  }

  private static LockResolution resolve(
      LockRequest request,
      PythonLocker python,
      SourcedCollections collections,
      List<Edge> roots,
      List<Edge> bounds,
      List<LockResolution.Unavailable> without) {
    var rejected = new RejectedSeries(request.pythonVersion());
    var preferred = new PreferredVersions(request.preferred());
    for (var series : preferred.first(AnsibleCoreSeries.forPython(request.pythonVersion()))) {
      switch (python.lock(series)) {
        case PythonLocker.Contradictory(var explanation) -> {
          rejected.add(series, explanation);
          if (!explanation.blamesAnsible()) {
            throw rejected.failure();
          }
        }
        case PythonLocker.Found(var pylock) -> {
          var core = new Lock(pylock, List.of()).ansibleCoreVersion();
          var resolver = new CollectionResolver(collections, core, bounds, preferred.collections());
          switch (resolver.resolve(roots)) {
            case ResolverOutcome.Conflict conflict -> {
              rejected.add(series, conflict);
              if (!conflict.blamesAnsible()) {
                throw rejected.failure();
              }
            }
            case ResolverOutcome.Solved(var chosen) -> {
              var locked = chosen.values().stream().map(collections::locked).toList();
              return new LockResolution(
                  new Lock(pylock, locked),
                  new AnsibleCoreChoice(
                      core, preferred.reason(core).orElseGet(() -> rejected.reason(series))),
                  without);
            }
          }
        }
      }
    }
    throw rejected.failure();
  }
}
