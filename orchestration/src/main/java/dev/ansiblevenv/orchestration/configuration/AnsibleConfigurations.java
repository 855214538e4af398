package dev.ansiblevenv.orchestration.configuration;

import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The Ansible configuration of each playbook. Remembers which playbooks were asked about: what is
/// fetched for a lock may need the logins of any of their configurations. Safe to share between
/// threads.
public final class AnsibleConfigurations {

  private final Supplier<ConfigurationLookup> lookup;
  private final Set<Path> playbooks = ConcurrentHashMap.newKeySet();

  /// @param lookup made at the first use
  public AnsibleConfigurations(Supplier<ConfigurationLookup> lookup) {
    this.lookup = lookup;
  }

  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the file that counts cannot be read
  public AnsibleSettings forPlaybook(Path playbook) {
    var absolute = playbook.toAbsolutePath().normalize();
    playbooks.add(absolute);
    return lookup.get().forPlaybook(absolute);
  }

  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the file that counts cannot be read
  public AnsibleSettings forProject() {
    return lookup.get().forProject();
  }

  /// What to tell the user about the file that counts.
  public Optional<String> note(Path playbook) {
    return lookup.get().note(playbook.toAbsolutePath().normalize());
  }

  /// Of all playbooks that were asked about, then of the project.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when one of the files cannot be read
  public List<AnsibleSettings> inUse() {
    var all = new ArrayList<AnsibleSettings>();
    playbooks.stream().sorted().map(lookup.get()::forPlaybook).forEach(all::add);
    all.add(forProject());
    return all;
  }
}
