package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.host.HostKeys;
import dev.ansiblevenv.core.host.JumpHosts;
import dev.ansiblevenv.core.host.LocalTransport;
import dev.ansiblevenv.core.host.SshTransport;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// How each host is reached, as the inventory says.
public final class Hosts {

  private final Path workingDirectory;
  private final Map<String, String> environment;
  private final InventoryManager inventory;

  private final Supplier<AnsibleSettings> settings;

  /// @param workingDirectory of the caller
  /// @param settings those of the `ansible.cfg` that counts
  public Hosts(
      Path workingDirectory,
      Map<String, String> environment,
      Supplier<AnsibleSettings> settings,
      InventoryManager inventory) {
    this.workingDirectory = workingDirectory;
    this.environment = environment;
    this.settings = settings;
    this.inventory = inventory;
  }

  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the text cannot name a host
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the inventory cannot be read
  public Target find(String host) {
    var name = HostName.of(host);
    var known = inventory.lookup(name.text());
    return new Target(known.map(entry -> HostName.of(entry.name())).orElse(name), known);
  }

  /// Tells which inventory was found in the project, and what was passed over.
  public void announce(Consumer<Progress> progress) {
    var known = inventory.inventory();
    known.notes().forEach(note -> progress.accept(new Progress.Warning(note)));
    known.found().ifPresent(text -> progress.accept(new Progress.Step(text)));
  }

  /// The keys of a host that is reached by ssh.
  ///
  /// @throws UsageFailure for this machine, which has none
  public HostKeys keys(Target target) {
    if (!(transport(target) instanceof SshTransport ssh)) {
      throw new UsageFailure(
          "is not reached by ssh", target.name().text(), "it is this machine", "just deploy to it");
    }
    return new HostKeys(ssh.destination(), environment);
  }

  /// Does not wait: the host gets ready while the caller does other things.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the inventory asks for a connection that
  ///   is not one of ours
  public HostSession connect(Target target) {
    return session(target, transport(target));
  }

  /// Whether the host is the machine and the account that this program runs on.
  public boolean isThisMachine(Target target) {
    return transport(target) instanceof LocalTransport;
  }

  /// For several hosts in one operation.
  public HostConnections connections() {
    return new HostConnections(this, new JumpHosts(environment));
  }

  Transport transport(Target target) {
    return new Connection(workingDirectory, environment, settings.get()).to(target);
  }

  HostSession session(Target target, Transport transport) {
    var store =
        target.known().flatMap(host -> Connection.variable(host, Connection.STORE)).orElse("");
    return HostSession.open(transport, store);
  }
}
