package dev.ansiblevenv.cli.command;

import java.nio.file.Path;

/// A spec or a profile is named by its name, or by its file as a shell completes it.
final class SpecName {

  private SpecName() {}

  static String of(String nameOrFile) {
    var file = Path.of(nameOrFile).getFileName();
    return file == null ? nameOrFile : file.toString().replaceFirst("\\.yml$", "");
  }
}
