package dev.ansiblevenv.testing;

import java.nio.file.Path;
import java.util.List;

/// A host of a test's own that a real `sshd` lets in.
public sealed interface SshHost permits SshServer, Machine {

  String address();

  int port();

  String user();

  /// Of the user, as a path on this machine.
  Path home();

  Path privateKey();

  /// A file of known hosts for this host alone.
  Path knownHosts();

  /// What makes `ssh` use nothing of the caller's own configuration.
  default List<String> clientOptions() {
    return List.of(
        "-F",
        "none",
        "-o",
        "UserKnownHostsFile=" + knownHosts(),
        "-o",
        "GlobalKnownHostsFile=/dev/null",
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "IdentityAgent=none");
  }
}
