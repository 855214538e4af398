package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom to believe in TLS. Each source named by the environment takes the place of the default, as
/// in uv and pip, and the first of these that is set counts:
///
/// 1. `SSL_CERT_FILE` (a PEM bundle) and `SSL_CERT_DIR` (colon-separated directories of files named
///    by their hash, as `openssl rehash` makes them), both together, as uv has it;
/// 2. `PIP_CERT`, `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE`, as pip has it (a bundle or a directory);
/// 3. `UV_SYSTEM_CERTS` or `UV_NATIVE_TLS`: the operating system's bundle.
///
/// Otherwise the JDK's own store decides, and with it `javax.net.ssl.trustStore`.
public final class TrustedCertificates {

  private static final Pattern HASHED = Pattern.compile("[0-9a-f]{8}\\.[0-9]+");

  private static final List<Path> SYSTEM_BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private final Map<String, String> environment;

  public TrustedCertificates(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// The variables through which another program, uv above all, comes to the same answer. Empty
  /// when the environment names nothing.
  public Map<String, String> forOtherPrograms() {
    if (isSet("SSL_CERT_FILE") || isSet("SSL_CERT_DIR")) {
      return Map.of();
    }
    return pipVariable()
        .map(name -> {
          var path = Path.of(value(name));
          var variable = Files.isDirectory(path) ? "SSL_CERT_DIR" : "SSL_CERT_FILE";
          return Map.of(variable, path.toString());
        })
        .orElse(Map.of());
  }

  /// Where they come from and how many there are, for a person.
  ///
  /// @throws UsageFailure as a request would
  public String describe() {
    return certificates().map(all -> all.size() + " from " + source()).orElse("Java's own");
  }

  private String source() {
    return Stream.of("SSL_CERT_FILE", "SSL_CERT_DIR")
        .filter(this::isSet)
        .map(name -> name + "=" + value(name))
        .reduce((a, b) -> a + ", " + b)
        .or(() -> pipVariable().map(name -> name + "=" + value(name)))
        .orElse("the operating system");
  }

  /// @throws UsageFailure when a named file is missing, unreadable or without a certificate
  SSLContext context() {
    var certificates = certificates();
    try {
      if (certificates.isEmpty()) {
        return SSLContext.getDefault();
      }
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var i = 0; i < certificates.get().size(); i++) {
        store.setCertificateEntry("ca-" + i, certificates.get().get(i));
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("an in-memory key store failed", e);
    }
  }

  private Optional<List<Certificate>> certificates() {
    if (isSet("SSL_CERT_FILE") || isSet("SSL_CERT_DIR")) {
      var all = new ArrayList<Certificate>();
      if (isSet("SSL_CERT_FILE")) {
        all.addAll(bundle("SSL_CERT_FILE", Path.of(value("SSL_CERT_FILE"))));
      }
      if (isSet("SSL_CERT_DIR")) {
        for (var directory : value("SSL_CERT_DIR").split(":", -1)) {
          all.addAll(directory.isEmpty() ? List.of() : hashed("SSL_CERT_DIR", Path.of(directory)));
        }
      }
      return Optional.of(required(all, isSet("SSL_CERT_FILE") ? "SSL_CERT_FILE" : "SSL_CERT_DIR"));
    }
    var pip = pipVariable();
    if (pip.isPresent()) {
      var path = Path.of(value(pip.get()));
      var found = Files.isDirectory(path) ? hashed(pip.get(), path) : bundle(pip.get(), path);
      return Optional.of(required(new ArrayList<>(found), pip.get()));
    }
    if (isTrue("UV_SYSTEM_CERTS") || isTrue("UV_NATIVE_TLS")) {
      return SYSTEM_BUNDLES.stream()
          .filter(Files::isReadable)
          .findFirst()
          .map(bundle -> List.copyOf(bundle("UV_SYSTEM_CERTS", bundle)));
    }
    return Optional.empty();
  }

  private Optional<String> pipVariable() {
    return List.of("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE").stream()
        .filter(this::isSet)
        .findFirst();
  }

  private List<Certificate> required(List<Certificate> found, String variable) {
    if (found.isEmpty()) {
      throw unusable(variable, value(variable), "no certificate is in it", null);
    }
    return found;
  }

  private static Collection<Certificate> bundle(String variable, Path file) {
    try {
      return List.copyOf(parse(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw unusable(variable, file.toString(), "it cannot be read", e);
    } catch (CertificateException e) {
      throw unusable(variable, file.toString(), "it is not a bundle of PEM certificates", e);
    }
  }

  /// A missing directory counts as an empty one, as OpenSSL has it.
  private static Collection<Certificate> hashed(String variable, Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      var all = new ArrayList<Certificate>();
      for (var file : files.sorted().toList()) {
        if (HASHED.matcher(file.getFileName().toString()).matches() && Files.isReadable(file)) {
          all.addAll(bundle(variable, file));
        }
      }
      return all;
    } catch (IOException e) {
      throw unusable(variable, directory.toString(), "it cannot be read", e);
    }
  }

  private static Collection<? extends Certificate> parse(byte[] pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }

  private boolean isSet(String name) {
    return !value(name).isBlank();
  }

  private boolean isTrue(String name) {
    return Arrays.asList("1", "true", "yes", "on", "t", "y")
        .contains(value(name).toLowerCase(Locale.ROOT));
  }

  private String value(String name) {
    return environment.getOrDefault(name, "");
  }

  private static UsageFailure unusable(
      String variable, String path, String why, @Nullable Throwable e) {
    return new UsageFailure(
        "cannot load the CA certificates of `" + path + "`",
        "environment variable " + variable,
        why,
        "name a readable PEM file, or unset " + variable,
        e);
  }
}
