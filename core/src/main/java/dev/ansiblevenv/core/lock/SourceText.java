package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClient;
import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.git.GitAddress;
import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.util.regex.Pattern;

/// What the text of a `source` means.
sealed interface SourceText {

  /// @param path relative to the project
  record Local(String path) implements SourceText {}

  record Server(GalaxyClient client) implements SourceText {}

  record Git(GitAddress address) implements SourceText {}

  /// A tarball somewhere else.
  record Archive(URI url) implements SourceText {}

  /// An address of the web is a server's, unless it says that it is a tarball's.
  String ARCHIVE = "url+";

  Pattern TARBALL = Pattern.compile("https?://.*\\.(?:tar\\.gz|tgz)(?:[?#].*)?");

  /// @param ref branch, tag or commit, if it is a repository
  /// @param because who names the source, for errors
  static SourceText of(
      String text, String ref, GalaxyClients galaxy, ProjectCollections project, String because) {
    var configured = galaxy.configured(text);
    if (configured.isPresent()) {
      return new Server(configured.get());
    }
    if (GitAddress.isOne(text)) {
      return new Git(GitAddress.parse(text, ref, because));
    }
    if (text.startsWith(ARCHIVE) || TARBALL.matcher(text).matches()) {
      return new Archive(
          url(text.startsWith(ARCHIVE) ? text.substring(ARCHIVE.length()) : text, because));
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
        "it is neither a configured Galaxy server nor a git repository, a URL, or a directory or"
            + " tarball in the project",
        "");
  }

  private static URI url(String text, String because) {
    try {
      var url = URI.create(text);
      if (url.getHost() != null && url.getScheme().matches("https?")) {
        if (Credentials.in(url).isEmpty()) {
          return url;
        }
        throw new InvalidInput(
            "has a login in the URL `" + Redacted.text(text) + "`",
            because,
            "it would stand in the lock",
            "give the login in ~/.netrc");
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error.
    }
    throw new InvalidInput(
        "`" + Redacted.text(text) + "` is no http or https URL", because, "", "");
  }
}
