package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.Blobs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The project that a run sees: its working directory, and the roles that are not in it.
public sealed interface RunProject {

  /// Relative to the project's directory, with `/`.
  String playbook();

  /// Roles that are found behind every other place.
  Roles roles();

  Map<String, Object> place(Blobs blobs);

  /// @param blobs are told which files the host may lack
  default Map<String, Object> message(Blobs blobs) {
    var message = new LinkedHashMap<>(place(blobs));
    if (!roles().searched().isEmpty()) {
      message.put("roles_path", roles().searched().stream().map(Path::toString).toList());
    }
    if (!roles().files().isEmpty()) {
      message.put("roles", RunFollower.files(roles().files(), blobs));
    }
    return message;
  }

  /// A directory of this machine, as it is; what the run writes stays there.
  ///
  /// @param directory absolute
  record InPlace(Path directory, String playbook, Roles roles) implements RunProject {

    @Override
    public Map<String, Object> place(Blobs blobs) {
      return Map.of("directory", directory.toString());
    }
  }

  /// Files that are sent to the host.
  ///
  /// @param files by project-relative path with `/`; nothing else is there
  record Sent(Map<String, Path> files, String playbook, Roles roles) implements RunProject {

    @Override
    public Map<String, Object> place(Blobs blobs) {
      return Map.of("files", RunFollower.files(files, blobs));
    }
  }

  /// Roles outside of the project.
  ///
  /// @param searched absolute directories that take the place of Ansible's own roles path, unless
  ///   both are empty
  /// @param files by `ROLE/PATH`; searched last
  record Roles(List<Path> searched, Map<String, Path> files) {

    public static final Roles NONE = new Roles(List.of(), Map.of());
  }
}
