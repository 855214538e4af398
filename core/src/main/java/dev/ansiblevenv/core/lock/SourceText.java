package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClient;
import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.nio.file.InvalidPathException;
import java.util.regex.Pattern;

/// What the text of a `source` means.
sealed interface SourceText {

  /// @param path relative to the project
  record Local(String path) implements SourceText {}

  record Server(GalaxyClient client) implements SourceText {}

  Pattern GIT = Pattern.compile("git\\+.*|git@.*|(?:ssh|git)://.*|.*\\.git(?:[,#].*)?");

  Pattern REMOTE_TARBALL = Pattern.compile("https?://.*\\.(?:tar\\.gz|tgz)(?:[?#].*)?");

  /// @param because who names the source, for errors
  static SourceText of(
      String text, GalaxyClients galaxy, ProjectCollections project, String because) {
    var configured = galaxy.configured(text);
    if (configured.isPresent()) {
      return new Server(configured.get());
    }
    if (GIT.matcher(text).matches() || REMOTE_TARBALL.matcher(text).matches()) {
      throw new Unresolvable(
          "is not supported yet by this version: " + Redacted.text(text),
          because,
          "collections come from a Galaxy server, a directory or a tarball of the project",
          "download it, and name the tarball's path as the source");
    }
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new Server(galaxy.at(text, because));
    }
    var path = text.startsWith("file://") ? text.substring("file://".length()) : text;
    try {
      if (project.has(path)) {
        return new Local(path);
      }
    } catch (InvalidPathException e) {
      // Falls through: it is then no path at all.
    }
    throw new InvalidInput(
        "`" + Redacted.text(text) + "` is no source of collections",
        because,
        "it is neither a configured Galaxy server nor a directory or tarball in the project",
        "");
  }
}
