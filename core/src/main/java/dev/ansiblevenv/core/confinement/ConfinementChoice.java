package dev.ansiblevenv.core.confinement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the best level of confinement that holds on this machine, by attacking it, and remembers
/// the answer for as long as what it depends on stays: the kernel and its settings, bubblewrap, the
/// interpreter, the user and their rights, this program. Safe among threads and processes.
public final class ConfinementChoice {

  private static final List<Path> DEPENDED_ON =
      List.of(
              "/proc/sys/kernel/osrelease",
              "/proc/sys/kernel/unprivileged_userns_clone",
              "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
              "/proc/sys/user/max_user_namespaces",
              "/proc/self/uid_map",
              "/proc/self/attr/current")
          .stream()
          .map(Path::of)
          .toList();

  private final Map<String, String> environment;
  private final Path work;
  private final List<ConfinementLevel> tried;

  /// @param environment of which only PATH is looked at
  /// @param work a directory in the controller's cache
  /// @param tried the levels in the order in which they are tried; where none of them holds it is
  ///   [ConfinementLevel#NONE]
  public ConfinementChoice(
      Map<String, String> environment, Path work, List<ConfinementLevel> tried) {
    this.environment = environment;
    this.work = work;
    this.tried = List.copyOf(tried);
  }

  public ConfinementChoice(Map<String, String> environment, Path work) {
    this(
        environment,
        work,
        List.of(
            ConfinementLevel.BUBBLEWRAP, ConfinementLevel.NAMESPACES, ConfinementLevel.LANDLOCK));
  }

  /// @param isNew whether this was found out now
  /// @param failures why better levels do not hold
  public record Chosen(Confinement confinement, boolean isNew, List<String> failures) {}

  /// Under a second at the first use, then milliseconds.
  ///
  /// @param python the interpreter that confined scripts run under
  public Chosen find(Path python) throws IOException {
    var bubblewrap = SearchPath.of(environment).find("bwrap");
    var remembered = work.resolve("confinement-" + key(python, bubblewrap).substring(0, 16));
    if (Files.isRegularFile(remembered)) {
      var lines = Files.readString(remembered).lines().toList();
      for (var level : ConfinementLevel.values()) {
        if (lines.size() > 1
            && lines.getLast().equals("end")
            && lines.getFirst().equals(level.name())) {
          return new Chosen(
              confinement(level, bubblewrap), false, lines.subList(1, lines.size() - 1));
        }
      }
    }
    var failures = new ArrayList<String>();
    var chosen = attacked(python, bubblewrap, failures);
    var text =
        chosen.level().name()
            + "\n"
            + failures.stream().map(f -> f + "\n").reduce("", String::concat)
            + "end\n";
    DurableFile.write(remembered, text.getBytes(UTF_8));
    return new Chosen(chosen, true, List.copyOf(failures));
  }

  private Confinement attacked(Path python, Optional<Path> bubblewrap, List<String> failures) {
    for (var level : tried) {
      var why =
          level == ConfinementLevel.BUBBLEWRAP && bubblewrap.isEmpty()
              ? Optional.of("`bwrap` is not on PATH")
              : new ConfinementAttack(python, work).on(confinement(level, bubblewrap));
      if (why.isEmpty()) {
        return confinement(level, bubblewrap);
      }
      failures.add(level + ": " + why.get().replaceAll("\\s+", " "));
    }
    return confinement(ConfinementLevel.NONE, bubblewrap);
  }

  private Confinement confinement(ConfinementLevel level, Optional<Path> bubblewrap) {
    return new Confinement(level, bubblewrap.orElse(Path.of("bwrap")), work);
  }

  private String key(Path python, Optional<Path> bubblewrap) throws IOException {
    var text =
        new StringBuilder(tried.toString())
            .append(
                new StartScripts(work)
                    .with(Confinement.class, "confine.py")
                    .with(Confinement.class, "attack.py")
                    .written());
    for (var program : List.of(Optional.of(python), bubblewrap)) {
      if (program.isPresent()) {
        var real = program.get().toRealPath();
        text.append('\n')
            .append(real)
            .append(Files.size(real))
            .append(Files.getLastModifiedTime(real));
      }
    }
    for (var file : DEPENDED_ON) {
      text.append('\n').append(content(file));
    }
    content(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.matches("(Uid|Gid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*"))
        .forEach(line -> text.append('\n').append(line));
    return Sha256.of(text.toString().getBytes(UTF_8));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
