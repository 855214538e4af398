package dev.ansiblevenv.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Collections as their authors published them: the tarballs are put together again from the sdist
/// of the `ansible` package, whose collections still carry their original MANIFEST.json and
/// FILES.json. Fetched from the configured Python index once per machine and kept outside the build
/// directories; safe for any number of test JVMs at once.
public final class RealCollections {

  private static final String ANSIBLE = "12.3.0";
  private static final String SHA256 =
      "02721f6fb432ddd47f1044ac49b04b5e9ae08890bd427def8df3db1607aeec51";

  private static final List<String> NAMES =
      List.of(
          "amazon.aws",
          "ansible.netcommon",
          "ansible.posix",
          "ansible.utils",
          "cisco.ios",
          "community.aws",
          "community.crypto",
          "community.digitalocean",
          "community.docker",
          "community.general",
          "community.library_inventory_filtering_v1",
          "kubernetes.core");

  private RealCollections() {}

  /// All of them in one directory, which tests must not write to: one version of each of
  /// amazon.aws, ansible.netcommon, ansible.posix, ansible.utils, cisco.ios, community.aws,
  /// community.crypto, community.digitalocean, community.docker, community.general,
  /// community.library_inventory_filtering_v1 and kubernetes.core, closed under dependencies.
  public static Path directory() {
    return Held.DIRECTORY;
  }

  /// The tarball of one of them.
  ///
  /// @param name `namespace.name`
  public static Path tarball(String name) {
    var prefix = name.replace('.', '-') + "-";
    try (var files = Files.list(directory())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no tarball of " + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The version that is there.
  ///
  /// @param name `namespace.name`
  public static String version(String name) {
    var file = tarball(name).getFileName().toString();
    return file.substring(name.length() + 1, file.length() - ".tar.gz".length());
  }

  /// Copies a few of them into a directory of the test's own: a server over two starts at once, one
  /// over all takes a second or two.
  public static Path copy(Path directory, String... names) {
    try {
      Files.createDirectories(directory);
      for (var name : names) {
        var tarball = tarball(name);
        Files.copy(tarball, directory.resolve(tarball.getFileName()));
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Held {
    static final Path DIRECTORY = make();

    private static Path make() {
      var set = System.getenv("XDG_CACHE_HOME");
      var home = Path.of(System.getProperty("user.home"), ".cache");
      var cache =
          (set == null || set.isEmpty() ? home : Path.of(set)).resolve("ansible-venv-tests");
      var arguments = new ArrayList<>(List.of(cache.toString(), ANSIBLE, SHA256));
      arguments.addAll(NAMES);
      return Path.of(PythonScripts.output("real_collections.py", arguments));
    }
  }
}
