package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.host.JumpHosts;
import dev.ansiblevenv.core.host.SshTransport;
import dev.ansiblevenv.core.session.HostSession;

/// Sessions with several hosts, over one connection to each jump host. Safe for several threads.
public final class HostConnections implements AutoCloseable {

  private final Hosts hosts;
  private final JumpHosts jumpHosts;

  HostConnections(Hosts hosts, JumpHosts jumpHosts) {
    this.hosts = hosts;
    this.jumpHosts = jumpHosts;
  }

  /// Waits for a jump host only.
  ///
  /// @throws dev.ansiblevenv.diagnostic.HostUnreachable when there is one that cannot be reached
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the inventory asks for a connection that
  ///   is not one of ours
  /// @throws InterruptedException when the thread is interrupted while waiting
  public HostSession connect(Target target) throws InterruptedException {
    var transport = hosts.transport(target);
    return hosts.session(
        target, transport instanceof SshTransport ssh ? jumpHosts.reached(ssh) : transport);
  }

  /// Ends the sessions with hosts behind a jump host.
  @Override
  public void close() {
    jumpHosts.close();
  }
}
