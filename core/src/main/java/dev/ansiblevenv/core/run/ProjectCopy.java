package dev.ansiblevenv.core.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A project as it is copied to a host. For one run.
public interface ProjectCopy {

  /// @param name what people recognise the project by: letters, digits, `_`, `.` and `-`
  /// @param key tells it from every other project, those of other controllers too: 16 hex digits
  /// @param path absolute, on the controller
  record Identity(String name, String key, Path path) {}

  Identity identity();

  /// What the host is to have.
  ProjectManifest manifest();

  /// What the host had last, as far as this controller knows.
  Optional<ProjectManifest> known();

  /// The files by the SHA-256 that they had when they were listed.
  Map<String, Path> contents();

  /// Lists the project once more, because a file has changed since.
  ///
  /// @return whether the manifest is another one now
  boolean renew();

  /// The host has what the manifest says.
  void arrived();
}
