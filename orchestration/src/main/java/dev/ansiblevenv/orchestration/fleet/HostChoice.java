package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.orchestration.deploy.Target;
import java.util.List;

/// What a user means by the text in the place of a host.
public sealed interface HostChoice {

  /// One host, in the inventory or not.
  ///
  /// @param text as the user wrote it
  record One(String text) implements HostChoice {}

  /// A group, or a pattern as [Ansible
  /// documents](https://docs.ansible.com/ansible/latest/inventory_guide/intro_patterns.html) them.
  ///
  /// @param pattern as the user wrote it
  /// @param targets at least one, in the order of the inventory, no host twice
  /// @param notes what the user should know of the choice
  record Many(String pattern, List<Target> targets, List<String> notes) implements HostChoice {

    public Many {
      targets = List.copyOf(targets);
      notes = List.copyOf(notes);
    }

    Many forwardingAgent(boolean asked) {
      return only(targets.stream().map(target -> target.forwardingAgent(asked)).toList());
    }

    Many only(List<Target> some) {
      return new Many(pattern, some, notes);
    }
  }
}
