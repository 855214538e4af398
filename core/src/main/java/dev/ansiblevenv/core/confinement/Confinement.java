package dev.ansiblevenv.core.confinement;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.PipeReader;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.Cancelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Runs scripts at one level of confinement. They have no network, may write only a scratch
/// directory, and end with all that they started. Safe to share between threads.
public final class Confinement {

  /// The exit code of a script that was not run, because it could not be confined.
  static final int NOT_CONFINED = 125;

  private static final long MEMORY = 3L << 30;
  private static final long SCRATCH = 256L << 20;
  private static final int MAX_PROCESSES = 256;
  private static final Path BUBBLEWRAP_SCRATCH = Path.of("/run/scratch");

  private final ConfinementLevel level;
  private final Path bubblewrap;
  private final Path work;
  private final List<String> prefix;

  /// @param bubblewrap where it is; any path at other levels
  /// @param work a directory in the controller's cache
  Confinement(ConfinementLevel level, Path bubblewrap, Path work) {
    this(level, bubblewrap, work, List.of());
  }

  /// @param prefix a program and its arguments that starts everything, for instance as another user
  Confinement(ConfinementLevel level, Path bubblewrap, Path work, List<String> prefix) {
    this.prefix = List.copyOf(prefix);
    this.level = level;
    this.bubblewrap = bubblewrap;
    this.work = work;
  }

  public ConfinementLevel level() {
    return level;
  }

  /// @return what it said; the exit code is 125 where it could not be confined and was not run
  /// @throws Cancelled when the time is over or the thread is interrupted; all that it started is
  ///   gone then
  public Completed run(UntrustedScript script, Duration limit) throws IOException {
    var start = new StartScripts(work).with(Confinement.class, "confine.py").written();
    if (level == ConfinementLevel.BUBBLEWRAP) {
      return inThread(program(script, start, BUBBLEWRAP_SCRATCH), limit);
    }
    var scratch = Files.createTempDirectory(Files.createDirectories(work), "run-").toRealPath();
    try {
      return inThread(program(script, start, scratch), limit);
    } finally {
      Trees.delete(scratch);
    }
  }

  private Program program(UntrustedScript script, Path start, Path scratch) throws IOException {
    var readable = readable(script, start);
    var command = new ArrayList<>(prefix);
    if (level == ConfinementLevel.BUBBLEWRAP) {
      command.add(bubblewrap.toString());
      command.addAll(namespaces(readable, script.directory()));
    }
    command.add(script.python().toString());
    command.addAll(List.of("-I", "-B", "-X", "utf8", start.resolve("confine.py").toString()));
    command.add(JSON.std.asString(policy(script, readable, scratch)));
    command.add(script.file().toString());
    command.addAll(script.arguments());
    return new Program(command, Map.of("LC_ALL", "C.UTF-8"), script.directory());
  }

  private static List<Path> readable(UntrustedScript script, Path start) throws IOException {
    var readable = new LinkedHashSet<>(SystemPaths.system());
    readable.addAll(SystemPaths.ofPython(script.python()));
    readable.add(start);
    readable.add(script.file().resolveSibling("").normalize());
    script.readable().stream().filter(Files::exists).forEach(readable::add);
    return List.copyOf(readable);
  }

  private static List<String> namespaces(List<Path> readable, Path directory) {
    var options =
        new ArrayList<>(
            List.of(
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--cap-drop",
                "ALL",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--size",
                String.valueOf(SCRATCH),
                "--tmpfs",
                "/dev/shm",
                "--remount-ro",
                "/dev",
                "--size",
                String.valueOf(SCRATCH),
                "--tmpfs",
                BUBBLEWRAP_SCRATCH.toString()));
    readable.forEach(
        path -> options.addAll(List.of("--ro-bind", path.toString(), path.toString())));
    options.addAll(List.of("--remount-ro", "/", "--chdir", directory.toString(), "--"));
    return options;
  }

  private Map<String, Object> policy(UntrustedScript script, List<Path> readable, Path scratch) {
    var policy = new LinkedHashMap<String, Object>();
    policy.put(
        "level",
        switch (level) {
          case BUBBLEWRAP -> "bubblewrap";
          case NAMESPACES, LANDLOCK -> "kernel";
          case NONE -> "none";
        });
    policy.put("namespaces", level == ConfinementLevel.NAMESPACES);
    policy.put("readable", readable.stream().map(Path::toString).toList());
    policy.put("scratch", scratch.toString());
    policy.put("environment", script.environment().apply(scratch));
    policy.put("memory", MEMORY);
    policy.put("scratch_bytes", SCRATCH);
    policy.put("processes", MAX_PROCESSES);
    policy.put("parent", ProcessHandle.current().pid());
    return policy;
  }

  /// A confined program is ended when the thread that started it ends, so that must be one that
  /// waits for it: no pool's.
  private static Completed inThread(Program program, Duration limit) throws IOException {
    var task = new FutureTask<>(() -> program.run(limit));
    var thread = PipeReader.thread("confined-program").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      awaitEnd(thread);
      Thread.currentThread().interrupt();
      throw new Cancelled("was cancelled", program.command().getFirst(), "", "", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static void awaitEnd(Thread thread) {
    while (thread.isAlive()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        // It has been told to end already.
      }
    }
  }
}
