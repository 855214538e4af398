package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.Request;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Sees to it that no tarball is used whose signatures the user's rules do not admit. A verdict
/// counts as long as rules and keyring stay what they are. Without a configured keyring there is
/// nothing to see to.
final class VerifiedTarballs {

  private final CacheDirectory cache;
  private final GalaxyClients galaxy;
  private final Map<String, String> environment;

  VerifiedTarballs(CacheDirectory cache, GalaxyClients galaxy, Map<String, String> environment) {
    this.cache = cache;
    this.galaxy = galaxy;
    this.environment = environment;
  }

  /// Whether nothing has to be asked or verified.
  boolean isSettled(LockedCollection collection) {
    return galaxy.signatures().isEmpty()
        || collection.isBuilt()
        || Files.exists(verdict(collection));
  }

  /// @throws Unresolvable when not enough signatures are good
  void verify(LockedCollection collection, Path tarball) {
    var rules = galaxy.signatures();
    if (rules.isEmpty() || isSettled(collection)) {
      return;
    }
    try {
      new Signatures(rules.get(), environment)
          .verify(tarball, collection.name(), signatures(collection));
      DurableFile.write(verdict(collection), new byte[0]);
    } catch (IOException e) {
      throw CacheDirectory.unwritable(cache.root(), e);
    }
  }

  private Path verdict(LockedCollection collection) {
    var rules = galaxy.signatures().orElseThrow();
    String keyring;
    try {
      keyring = Sha256.of(Files.readAllBytes(rules.keyring()));
    } catch (IOException e) {
      keyring = "";
    }
    var basis =
        String.join(
            "\n",
            collection.name(),
            collection.sha256(),
            collection.signatures().toString(),
            keyring,
            rules.count().toString(),
            String.valueOf(rules.isStrict()),
            new TreeSet<>(rules.ignored()).toString());
    return cache
        .root()
        .resolve("verified")
        .resolve(Sha256.of(basis.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> signatures(LockedCollection collection) {
    var all = new ArrayList<String>();
    for (var source : collection.signatures()) {
      all.add(signature(source, collection));
    }
    if (!collection.url().equals(collection.source())) {
      var version = SemanticVersion.parse(collection.version()).orElseThrow();
      all.addAll(
          galaxy
              .at(collection.source(), collection.name())
              .detail(collection.name(), version)
              .signatures());
    }
    return all;
  }

  private String signature(String source, LockedCollection collection) {
    try {
      var uri = URI.create(source);
      if ("file".equals(uri.getScheme())) {
        return Files.readString(Path.of(uri));
      }
      var reply = galaxy.http().get(Request.of(uri));
      if (reply.ok()) {
        return reply.text();
      }
      throw new Unresolvable(
          "cannot fetch a signature of " + collection.name(),
          Redacted.url(uri),
          "the server answers " + reply.status(),
          "");
    } catch (IllegalArgumentException | IOException e) {
      throw new InvalidInput(
          "cannot read a signature of " + collection.name(),
          Redacted.text(source),
          "it must be the URL of a text file (https, http or file)",
          "",
          e);
    }
  }
}
