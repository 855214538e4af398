package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.SignatureRules;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Has the user's gpg check detached signatures of a collection's MANIFEST.json, and judges as
/// ansible-galaxy does (`verify_file_signatures`).
record Signatures(SignatureRules rules, Map<String, String> environment) {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String STATUS = "[GNUPG:] ";

  /// What of gpg's [status codes](https://github.com/gpg/gnupg/blob/master/doc/DETAILS) says that a
  /// signature is not good.
  private static final Set<String> ERRORS =
      Set.of(
          "EXPSIG",
          "EXPKEYSIG",
          "REVKEYSIG",
          "BADSIG",
          "ERRSIG",
          "NO_PUBKEY",
          "MISSING_PASSPHRASE",
          "BAD_PASSPHRASE",
          "NODATA",
          "UNEXPECTED",
          "ERROR",
          "FAILURE",
          "BADARMOR",
          "KEYEXPIRED",
          "KEYREVOKED",
          "NO_SECKEY");

  /// @param name of the collection
  /// @throws Unresolvable when not enough of the signatures are good
  /// @throws StateConflict when gpg is not installed
  void verify(Path tarball, String name, List<String> signatures) throws IOException {
    if (!Files.isRegularFile(rules.keyring())) {
      throw new InvalidInput(
          "there is no such keyring",
          "[galaxy] gpg_keyring",
          rules.keyring() + " is not a file",
          "name a keyring of GnuPG, or remove the setting");
    }
    var good = 0;
    var bad = new LinkedHashSet<String>();
    for (var signature : new LinkedHashSet<>(signatures)) {
      var reasons = reasons(tarball, name, signature);
      if (reasons.isEmpty()) {
        good++;
        if (rules.count().isPresent() && good == rules.count().get()) {
          break;
        }
      } else if (!rules.ignored().containsAll(reasons)) {
        bad.add(String.join(" ", reasons));
      }
    }
    if (rules.isStrict() && good == 0) {
      throw refused(name, "no signature of it is good", bad);
    }
    if (rules.count().isEmpty() && !bad.isEmpty()) {
      throw refused(name, "not all of its signatures are good", bad);
    }
    if (rules.count().isPresent() && !signatures.isEmpty() && good != rules.count().get()) {
      throw refused(name, good + " of its signatures are good, not " + rules.count().get(), bad);
    }
  }

  /// Empty for a good signature.
  private Set<String> reasons(Path tarball, String name, String signature) throws IOException {
    var gpg =
        SearchPath.of(environment)
            .find("gpg")
            .orElseThrow(() ->
                new StateConflict(
                    "gpg is not installed",
                    "[galaxy] gpg_keyring",
                    "the signatures of " + name + " have to be verified and no `gpg` is in PATH",
                    "install GnuPG"));
    // gpg writes into its home, and what stands there must not change the verdict.
    var home =
        Files.createTempDirectory(
            "gpg",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      var file = Files.writeString(home.resolve("signature.asc"), signature);
      var manifest =
          Files.write(
              home.resolve("MANIFEST.json"), CollectionTarball.at(tarball, name).manifest());
      var variables = new TreeMap<>(environment);
      variables.put("GNUPGHOME", home.toString());
      variables.put("LC_ALL", "C");
      var completed =
          new Program(
                  List.of(
                      gpg.toString(),
                      "--status-fd=1",
                      "--batch",
                      "--no-tty",
                      "--no-default-keyring",
                      "--keyring=" + rules.keyring(),
                      "--verify",
                      file.toString(),
                      manifest.toString()),
                  variables,
                  home)
              .run(LIMIT);
      return reasons(completed);
    } finally {
      Trees.delete(home);
    }
  }

  private static Set<String> reasons(Completed completed) {
    var reasons = new LinkedHashSet<String>();
    for (var line : completed.output().lines().toList()) {
      var code = line.startsWith(STATUS) ? line.substring(STATUS.length()).split(" ", -1)[0] : "";
      if (ERRORS.contains(code)) {
        reasons.add(code);
      }
    }
    if (reasons.isEmpty() && !completed.succeeded()) {
      reasons.add("exit code " + completed.exitCode());
    }
    return reasons;
  }

  private Unresolvable refused(String name, String why, Set<String> bad) {
    var said = new ArrayList<>(bad);
    return new Unresolvable(
        "the signature of " + name + " cannot be verified",
        rules.keyring().toString(),
        why + (said.isEmpty() ? "" : "; gpg says " + String.join("; ", said)),
        "check the keyring and [galaxy] required_valid_signature_count; nothing of it is used");
  }
}
