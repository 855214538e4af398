package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.util.Set;

/// A plugin file beside a playbook, in a role, or in a directory that `ansible.cfg` names. Ansible
/// prefers it to any other plugin of its name, everywhere, once the playbook or role is loaded.
///
/// @param names that it provides; a file of filters or tests registers names that are not its own
/// @param isAction whether it is an action plugin, which runs where Ansible does
/// @param path closure-relative
public record AdjacentPlugin(
    PluginKind kind, Set<String> names, boolean isAction, String path, String text) {}
