package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Blobs;
import dev.ansiblevenv.diagnostic.BuildFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The project that a run sees: its working directory, and the roles that are not in it.
public sealed interface RunProject {

  /// Relative to the project's directory, with `/`.
  String playbook();

  /// Roles that are found before those that Ansible's own configuration leads to.
  Roles roles();

  Map<String, Object> place();

  /// Sends what the host may lack, before it says so.
  ///
  /// @param connection the request follows on
  default void sendAhead(AgentConnection connection) {}

  /// Sends what the host lacks.
  ///
  /// @param into where the host wants it
  default void send(AgentConnection connection, Collection<String> wanted, String into)
      throws InterruptedException {
    throw new IllegalStateException("the host asks for files of a directory of its own");
  }

  /// The run has begun: the host has everything.
  default void arrived() {}

  /// @param blobs are told which files the host may lack
  default Map<String, Object> message(Blobs blobs) {
    var message = new LinkedHashMap<>(place());
    if (!roles().searched().isEmpty()) {
      message.put("roles_path", roles().searched().stream().map(Path::toString).toList());
    }
    if (!roles().files().isEmpty()) {
      message.put("roles", RunFollower.files(roles().files(), blobs));
    }
    return message;
  }

  /// A directory of this machine, as it is; what the run writes stays there.
  ///
  /// @param directory absolute
  record InPlace(Path directory, String playbook, Roles roles) implements RunProject {

    @Override
    public Map<String, Object> place() {
      return Map.of("directory", directory.toString());
    }
  }

  /// A copy on the host, which lasts from run to run.
  record Sent(ProjectCopy copy, String playbook, Roles roles) implements RunProject {

    /// More than that waits until the host says that it lacks it.
    private static final long MAX_AHEAD = 1 << 20;

    @Override
    public Map<String, Object> place() {
      var identity = copy.identity();
      var message = new LinkedHashMap<String, Object>();
      message.put("name", identity.name());
      message.put("key", identity.key());
      message.put("path", identity.path().toString());
      message.put("manifest", copy.manifest().digest());
      var known = copy.known();
      difference()
          .ifPresent(difference -> {
            message.put("base", known.orElseThrow().digest());
            message.put("removed", difference.removed());
            message.put("added", difference.added());
          });
      return message;
    }

    private Optional<ProjectManifest.Difference> difference() {
      return copy.known()
          .filter(known -> !known.digest().equals(copy.manifest().digest()))
          .flatMap(known -> copy.manifest().since(known));
    }

    @Override
    public void sendAhead(AgentConnection connection) {
      var identity = copy.identity();
      var blobs = new Blobs();
      var wanted = new LinkedHashSet<String>();
      if (copy.known().isEmpty()) {
        wanted.add(blobs.add(copy.manifest().text()));
      }
      difference()
          .ifPresent(difference ->
              difference.added().stream()
                  .flatMap(line -> ProjectManifest.content(line).stream())
                  .forEach(wanted::add));
      if (wanted.isEmpty()) {
        return;
      }
      try {
        if (size(wanted) <= MAX_AHEAD) {
          copy.contents().forEach(blobs::add);
          blobs.push(connection, wanted, identity.name() + "-" + identity.key());
        }
      } catch (UncheckedIOException e) {
        // A file is gone since it was listed: the host asks for it, and the project is listed
        // again.
      }
    }

    private long size(Collection<String> wanted) {
      return copy.contents().entrySet().stream()
          .filter(entry -> wanted.contains(entry.getKey()))
          .mapToLong(entry -> size(entry.getValue()))
          .sum();
    }

    private static long size(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void send(AgentConnection connection, Collection<String> wanted, String into)
        throws InterruptedException {
      var blobs = new Blobs();
      blobs.add(copy.manifest().text());
      copy.contents().forEach(blobs::add);
      try {
        blobs.send(connection, wanted, into);
      } catch (BuildFailed | UncheckedIOException e) {
        // What is sent has to be what was listed: a file that changes meanwhile is read again.
        if (!copy.renew()) {
          throw e;
        }
      }
    }

    @Override
    public void arrived() {
      copy.arrived();
    }
  }

  /// Roles outside of the project.
  ///
  /// @param searched absolute directories of the controller that take the place of Ansible's own
  ///   roles path, unless both are empty
  /// @param files by `ROLE/PATH`; searched first
  record Roles(List<Path> searched, Map<String, Path> files) {

    public static final Roles NONE = new Roles(List.of(), Map.of());
  }
}
