package dev.ansiblevenv.testing;

import java.nio.file.Path;
import java.util.List;

/// Pairs of keys.
final class SshKeys {

  private SshKeys() {}

  /// Without a passphrase.
  ///
  /// @param file of the private key; the public one lies beside it and ends in `.pub`
  static void create(Path file) {
    Commands.output(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
  }
}
