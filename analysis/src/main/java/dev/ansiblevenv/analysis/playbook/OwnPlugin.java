package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;

/// A plugin of a collection whose content is in the project.
///
/// @param name fully qualified
public record OwnPlugin(PluginKind kind, String name) {}
