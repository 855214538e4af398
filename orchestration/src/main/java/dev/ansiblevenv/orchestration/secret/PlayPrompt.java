package dev.ansiblevenv.orchestration.secret;

import java.util.Optional;

/// An entry of a play's
/// [vars_prompt](https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_prompts.html).
///
/// @param site file:line
/// @param text the prompt; the variable's name where there is none
/// @param usual the default, which an empty answer stands for
/// @param shown whether what is typed is shown (`private: false`)
/// @param confirmed whether it is asked twice
record PlayPrompt(
    String name,
    String site,
    String text,
    Optional<String> usual,
    boolean shown,
    boolean confirmed) {

  /// As Ansible words it.
  String question() {
    return text + usual.map(value -> " [" + value + "]").orElse("") + ": ";
  }
}
