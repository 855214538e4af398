package dev.ansiblevenv.analysis.playbook;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a playbook uses outside of the project directory.
///
/// @param paths roles, collections and directories of plugins, and files and directories that are
///   named by a path relative to a file of the project; absolute
/// @param pluginDirectories where Ansible's configuration has it look for plugins, under the names
///   of its environment variables, as far as one of them is outside and used
/// @param unclear names that lead out of the project, but to what only a run knows: unknown parts
///   are written `*`
/// @param absolute files that exist here and that are named by an absolute path: on another machine
///   a run reads those of that machine
public record Outside(
    List<Path> paths,
    Map<String, List<Path>> pluginDirectories,
    List<String> unclear,
    List<String> absolute) {

  public static final Outside NOTHING = new Outside(List.of(), Map.of(), List.of(), List.of());

  public Outside {
    paths = List.copyOf(paths);
    pluginDirectories = Map.copyOf(pluginDirectories);
    unclear = List.copyOf(unclear);
    absolute = List.copyOf(absolute);
  }
}
