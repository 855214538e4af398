package dev.ansiblevenv.core.git;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.RetryPolicy;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.formats.file.Boundary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Clones repositories into the controller's cache, for a moment. Asks nobody anything: what needs
/// a login gets it from ssh's agent and git's credential helpers, or fails. Thread safe.
public final class GitClones {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /// Settings of a surrounding repository, and the one that skips the check of certificates.
  private static final Set<String> DROPPED =
      Set.of(
          "GIT_DIR",
          "GIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_OBJECT_DIRECTORY",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_NAMESPACE",
          "GIT_PREFIX",
          "GIT_TEMPLATE_DIR",
          "GIT_SSL_NO_VERIFY");

  /// Settings of the user that would change the files from machine to machine, or run something.
  private static final List<String> SETTINGS =
      List.of(
          "-c",
          "core.autocrlf=false",
          "-c",
          "core.eol=lf",
          "-c",
          "core.symlinks=true",
          "-c",
          "core.fileMode=true",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "submodule.recurse=false",
          "-c",
          "fetch.recurseSubmodules=false",
          "-c",
          "advice.detachedHead=false",
          "-c",
          "http.sslVerify=true",
          "-c",
          "http.lowSpeedLimit=1",
          "-c",
          "http.lowSpeedTime=60");

  /// What an untrusted project may name.
  private static final Set<String> ENCRYPTED = Set.of("https", "ssh");

  private static final Pattern TRANSIENT =
      Pattern.compile(
          "(?is).*(?:returned error: (?:429|50[0234])|early EOF|RPC failed|timed out|Connection reset"
              + "|unexpected disconnect|Connection refused|hung up unexpectedly|Empty reply).*");

  private final Path building;
  private final Map<String, String> environment;
  private final RetryPolicy retries;

  /// @param cache the controller's
  /// @param environment the user's
  public GitClones(Path cache, Map<String, String> environment) {
    this(cache, environment, RetryPolicy.standard());
  }

  GitClones(Path cache, Map<String, String> environment, RetryPolicy retries) {
    this.building = cache.toAbsolutePath().resolve("building");
    this.environment = environment;
    this.retries = retries;
  }

  /// The user's.
  public Map<String, String> environment() {
    return environment;
  }

  /// What is done with the files of a commit.
  @FunctionalInterface
  public interface Use<T> {

    /// @param root the repository's files and nothing of git's; gone afterwards
    /// @param commit exact
    T apply(Path root, String commit) throws IOException;
  }

  /// The files as a checkout has them, as `ansible-galaxy collection install` sees them.
  ///
  /// @param where who names the repository, for errors
  /// @throws Unresolvable when the repository cannot be cloned, lacks the ref, or a link in it
  ///   leads out of it
  /// @throws StateConflict when the disk cannot be written, or git is not installed
  public <T> T checkout(GitAddress address, String where, Use<T> use) {
    return cloned(
        address,
        where,
        (clone, commit) -> {
          var git = git(where);
          succeed(
              run(git, clone, List.of("checkout", "--quiet", "--detach", commit, "--"), address),
              "cannot check out",
              address,
              where);
          Trees.delete(clone.resolve(".git"));
          LinksInside.check(clone, address, where);
          return use.apply(clone, commit);
        });
  }

  /// The files as `git archive` gives them, as `ansible-galaxy role install` sees them: without
  /// what `.gitattributes` keeps from an export.
  ///
  /// @throws Unresolvable as [#checkout]
  public <T> T exported(GitAddress address, String where, Use<T> use) {
    return cloned(
        address,
        where,
        (clone, commit) -> {
          var archive = clone.resolve(".git").resolve("archive.tar");
          succeed(
              run(
                  git(where),
                  clone,
                  List.of("archive", "--format=tar", "--output=" + archive, commit, "--"),
                  address),
              "cannot export",
              address,
              where);
          return use.apply(archive, commit);
        });
  }

  private <T> T cloned(GitAddress address, String where, Use<T> use) {
    if (Boundary.isClosed(environment) && !ENCRYPTED.contains(address.protocol())) {
      throw Boundary.outside(address.url(), where);
    }
    var git = git(where);
    var clone = building.resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(building);
      try {
        fetch(git, address, clone, where);
        return use.apply(clone, commit(git, address, clone, where));
      } finally {
        Trees.delete(clone);
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot keep a clone", building.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private void fetch(Path git, GitAddress address, Path clone, String where) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of("clone", "--quiet", "--no-checkout", "--template=", "--no-recurse-submodules"));
    if (address.ref().equals(GitAddress.HEAD)) {
      arguments.addAll(List.of("--depth", "1"));
    }
    arguments.addAll(List.of("--", address.url(), clone.toString()));
    for (var attempt = 1; ; attempt++) {
      Trees.delete(clone);
      var completed = run(git, building, arguments, address);
      if (completed.succeeded()
          || attempt == retries.attempts()
          || !TRANSIENT.matcher(completed.errorOutput()).matches()) {
        succeed(completed, "cannot clone", address, where);
        return;
      }
      pause(retries.wait(attempt), address);
    }
  }

  /// What `git checkout REF` would choose: a branch that the clone has, then whatever else goes by
  /// that name, then a branch of the server.
  private String commit(Path git, GitAddress address, Path clone, String where) throws IOException {
    var ref = address.ref();
    for (var name : List.of("refs/heads/" + ref, ref, "refs/remotes/origin/" + ref)) {
      var found =
          run(
              git,
              clone,
              List.of("rev-parse", "--quiet", "--verify", "--end-of-options", name + "^{commit}"),
              address);
      if (found.succeeded()) {
        return found.output().strip();
      }
    }
    throw new Unresolvable(
        "the git repository has no `" + ref + "`",
        where,
        address.url() + " has no branch, tag or commit of that name",
        "name one that it has as `version`");
  }

  private Completed run(Path git, Path directory, List<String> arguments, GitAddress address)
      throws IOException {
    var command = new ArrayList<>(List.of(git.toString()));
    command.addAll(SETTINGS);
    command.addAll(arguments);
    try {
      return new Program(command, variables(address), directory).run(LIMIT);
    } catch (Cancelled e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new Completed(1, "", "git " + e.what() + ": " + e.why());
    }
  }

  private Map<String, String> variables(GitAddress address) {
    var variables = new TreeMap<>(environment);
    variables.keySet().removeAll(DROPPED);
    variables.put("GIT_TERMINAL_PROMPT", "0");
    // Overrules every `protocol.*.allow`. The user's `insteadOf` may turn one of these into
    // another.
    variables.put(
        "GIT_ALLOW_PROTOCOL",
        Stream.concat(ENCRYPTED.stream(), Stream.of(address.protocol()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(":")));
    variables.put("LC_ALL", "C");
    // Whoever would ask, on the terminal or in a window, asks a program that refuses.
    variables.put("GIT_ASKPASS", "false");
    variables.put("SSH_ASKPASS", "false");
    variables.put("SSH_ASKPASS_REQUIRE", "force");
    var authorities = Optional.ofNullable(environment.get("SSL_CERT_FILE"));
    authorities.ifPresent(file -> variables.putIfAbsent("GIT_SSL_CAINFO", file));
    return variables;
  }

  private Path git(String where) {
    return SearchPath.of(environment)
        .find("git")
        .orElseThrow(() ->
            new StateConflict("git is not installed", where, "no `git` is in PATH", "install git"));
  }

  private static void succeed(Completed completed, String what, GitAddress address, String where) {
    if (!completed.succeeded()) {
      throw new Unresolvable(
          what + " " + address.url(),
          where,
          Redacted.text(completed.lastLines(4)),
          "try it with `git clone`, which must not ask for anything");
    }
  }

  private static void pause(Duration wait, GitAddress address) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("was cancelled", address.url(), "", "", e);
    }
  }
}
