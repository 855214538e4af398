package dev.ansiblevenv.core.confinement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What every program needs to start: the system's programs and libraries, and the Python that runs
/// it. Nothing below `/etc` that holds secrets, nothing of a home but a Python that lies there.
final class SystemPaths {

  private static final List<Path> SYSTEM =
      List.of(
              "/usr",
              "/bin",
              "/sbin",
              "/lib",
              "/lib32",
              "/lib64",
              "/libx32",
              "/nix/store",
              "/gnu/store",
              "/home/linuxbrew/.linuxbrew",
              "/etc/alternatives",
              "/etc/group",
              "/etc/ld.so.cache",
              "/etc/ld.so.conf",
              "/etc/ld.so.conf.d",
              "/etc/locale.alias",
              "/etc/localtime",
              "/etc/nsswitch.conf",
              "/etc/os-release",
              "/etc/passwd",
              "/sys/fs/cgroup")
          .stream()
          .map(Path::of)
          .toList();

  private SystemPaths() {}

  static List<Path> system() {
    return SYSTEM.stream().filter(Files::exists).toList();
  }

  /// The installation of an interpreter: of a virtual environment also that environment.
  static Set<Path> ofPython(Path python) throws IOException {
    var paths = new LinkedHashSet<Path>();
    var bin = python.getParent();
    if (bin != null && Files.isRegularFile(bin.resolveSibling("pyvenv.cfg"))) {
      paths.add(bin.resolveSibling("").normalize());
    }
    for (var link = python; Files.isSymbolicLink(link); ) {
      link = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
      paths.addAll(installation(link));
    }
    paths.addAll(installation(python.toRealPath()));
    return paths;
  }

  /// `PREFIX/bin/python3.N` with `PREFIX/lib`; of a prefix that is somebody's home no more.
  private static List<Path> installation(Path executable) throws IOException {
    var prefix = executable.resolveSibling("..").normalize();
    if (SYSTEM.stream().anyMatch(executable::startsWith)) {
      return List.of();
    }
    if (!Files.isDirectory(prefix.resolve("lib")) || isHome(prefix)) {
      var paths = new ArrayList<>(List.of(executable));
      try (var lib =
          Files.isDirectory(prefix.resolve("lib"))
              ? Files.newDirectoryStream(prefix.resolve("lib"), "{python3*,libpython3*}")
              : Files.newDirectoryStream(executable.resolveSibling(""), "libpython3*")) {
        lib.forEach(paths::add);
      }
      return paths;
    }
    return List.of(prefix);
  }

  private static boolean isHome(Path directory) {
    return Files.isDirectory(directory.resolve(".ssh"))
        || Files.isDirectory(directory.resolve(".config"))
        || directory.getNameCount() == 0;
  }
}
