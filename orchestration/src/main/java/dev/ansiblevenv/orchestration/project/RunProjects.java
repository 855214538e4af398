package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.playbook.Outside;
import dev.ansiblevenv.core.run.ProjectCopy;
import dev.ansiblevenv.core.run.ProjectManifest;
import dev.ansiblevenv.core.run.RunProject;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.file.LinkedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Decides what a run sees as its project.
public final class RunProjects {

  private static final int MAX_SHOWN = 3;

  private final Path project;
  private final Path cache;
  private final GitIgnore git;
  private final Clock clock;
  private final Supplier<? extends RandomGenerator> random;

  /// @param project absolute
  /// @param cache the controller's
  /// @param environment the user's
  public RunProjects(
      Path project,
      Path cache,
      Map<String, String> environment,
      Clock clock,
      Supplier<? extends RandomGenerator> random) {
    this.project = project;
    this.cache = cache.resolve("projects");
    this.git = new GitIgnore(environment, this.cache);
    this.clock = clock;
    this.random = random;
  }

  /// The directory itself, for a run on this machine.
  ///
  /// @param playbook absolute
  /// @param fetched directories of fetched roles by name
  public RunProject inPlace(Path playbook, Analysis analysis, Map<String, Path> fetched) {
    return new RunProject.InPlace(
        project, relative(playbook), new RunProject.Roles(analysis.rolesPath(), files(fetched)));
  }

  /// A copy, for other hosts.
  ///
  /// @param playbook absolute
  /// @param fetched directories of fetched roles by name
  /// @param host whose store it is for
  /// @param shared what other hosts of the same operation have had listed
  /// @param warnings are told what is not sent
  public RunProject copy(
      Path playbook,
      Analysis analysis,
      Map<String, Path> fetched,
      String host,
      CopyLimit limit,
      SharedListing shared,
      Consumer<String> warnings) {
    var key = ProjectId.of(project, random.get());
    var outside = outside(analysis);
    var listing =
        shared.get(
            () -> walk(limit),
            walk -> {
              walk.passedOver()
                  .forEach(place -> warnings.accept("`" + place + "` cannot be read: not sent"));
              warnOfLinks(walk.leadingOut(), warnings);
              warnOfOutside(analysis.outside(), warnings);
              return list(walk, key, outside);
            });
    return new RunProject.Sent(
        new Copy(
            new ProjectCopy.Identity(name(), key, project),
            listing,
            new HostMemory(cache.resolve(key)),
            host,
            () -> list(walk(limit), key, outside)),
        relative(playbook),
        new RunProject.Roles(analysis.rolesPath(), files(fetched)));
  }

  private static void warnOfLinks(List<String> links, Consumer<String> warnings) {
    if (!links.isEmpty()) {
      var shown = links.subList(0, Math.min(links.size(), MAX_SHOWN));
      var more = links.size() - shown.size();
      warnings.accept(
          "links lead out of the project, to what is not sent: `"
              + String.join("`, `", shown)
              + "`"
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  private static void warnOfOutside(Outside outside, Consumer<String> warnings) {
    warn(
        outside.unclear(),
        "may lead out of the project, and only the run knows to what: it is not sent",
        warnings);
    warn(
        outside.absolute(),
        "is an absolute path: the run reads the file of the host, not the one here",
        warnings);
  }

  private static void warn(List<String> names, String what, Consumer<String> warnings) {
    names.stream().limit(MAX_SHOWN).forEach(name -> warnings.accept("`" + name + "` " + what));
    if (names.size() > MAX_SHOWN) {
      warnings.accept(names.size() - MAX_SHOWN + " more names like that");
    }
  }

  /// Begins to list the project for [#copy], beside whatever else is done before.
  public void begin(SharedListing shared, Supplier<CopyLimit> limit) {
    shared.begin(() -> walk(limit.get()));
  }

  private ProjectWalk walk(CopyLimit limit) {
    var walk = new ProjectWalk(project, git::standard, git.own(project), new Bound(limit));
    walk.project();
    return walk;
  }

  private ProjectListing list(ProjectWalk walk, String key, Map<Path, Path> outside) {
    outside.forEach(walk::outside);
    walk.requireWithinBound();
    var manifest =
        new HashCache(cache.resolve(key).resolve("listing"), clock).manifest(walk.found());
    return new ProjectListing(manifest, walk.found());
  }

  /// What the playbook uses outside of the project: what it is, by where it is found.
  private static Map<Path, Path> outside(Analysis analysis) {
    var found = new TreeMap<Path, Path>();
    analysis.outside().paths().forEach(path -> found.put(path, real(path)));
    return found;
  }

  private String name() {
    var name = String.valueOf(real().getFileName()).replaceAll("[^A-Za-z0-9_.-]", "_");
    return name.substring(0, Math.min(name.length(), 60));
  }

  private Path real() {
    return real(project);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private String relative(Path playbook) {
    return project.relativize(playbook).toString();
  }

  private static Map<String, Path> files(Map<String, Path> roles) {
    var files = new TreeMap<String, Path>();
    roles.forEach((name, directory) -> addTree(files, name, directory));
    return files;
  }

  private static void addTree(Map<String, Path> files, String name, Path directory) {
    try {
      LinkedTree.files(directory, directory)
          .forEach((path, file) -> files.put(name + "/" + path, file));
    } catch (IOException e) {
      throw new StateConflict(
          "cannot be read", directory.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  /// One run's view of the listing.
  private static final class Copy implements ProjectCopy {
    private static final int MAX_RENEWALS = 5;

    private final Identity identity;
    private final HostMemory memory;
    private final String host;
    private final Supplier<ProjectListing> again;
    private final Optional<ProjectManifest> known;
    private ProjectListing listing;
    private int renewed;

    Copy(
        Identity identity,
        ProjectListing listing,
        HostMemory memory,
        String host,
        Supplier<ProjectListing> again) {
      this.identity = identity;
      this.listing = listing;
      this.memory = memory;
      this.host = host;
      this.again = again;
      this.known = memory.known(host);
    }

    @Override
    public Identity identity() {
      return identity;
    }

    @Override
    public ProjectManifest manifest() {
      return listing.manifest();
    }

    @Override
    public Optional<ProjectManifest> known() {
      return known;
    }

    @Override
    public Map<String, Path> contents() {
      return listing.contents();
    }

    @Override
    public boolean renew() {
      if (++renewed > MAX_RENEWALS) {
        throw new InvalidInput(
            "changes all the time",
            String.valueOf(identity.path()),
            "a file of the project is another one each time it is to be sent",
            "name it in `" + GitIgnore.OWN_FILE + "` if no run needs it");
      }
      var before = listing.manifest().digest();
      listing = again.get();
      return !listing.manifest().digest().equals(before);
    }

    @Override
    public void arrived() {
      memory.note(host, manifest());
    }
  }
}
