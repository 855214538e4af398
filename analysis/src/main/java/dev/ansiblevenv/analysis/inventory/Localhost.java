package dev.ansiblevenv.analysis.inventory;

import java.util.Set;

/// The names that Ansible takes for the controller itself. Put into an inventory, they need
/// `ansible_connection=local`, which the implicit localhost has by itself.
public final class Localhost {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1");

  private Localhost() {}

  public static boolean isLocal(String host) {
    return NAMES.contains(host);
  }
}
