package dev.ansiblevenv.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

/// This machine as a host that has what a playbook needs, so that a training can deploy: what runs
/// there is a shell script that prints what Ansible would.
///
/// @param home of the user there; the files of the training are in it
record TrainingHost(Path home) {

  private static final String ENVIRONMENT = "0".repeat(64);

  /// @param venv the playbook's name for its venv
  /// @param lockDigest what the program makes of the training's lock
  void has(String venv, String lockDigest) throws IOException {
    var lock = Files.createDirectories(home.resolve("deployed/venv_specs").resolve(venv + ".lock"));
    for (var file : new String[] {"pylock.toml", "collections.yml"}) {
      Files.copy(given(file), lock.resolve(file));
    }
    var environment = home.resolve(".local/share/ansible-venv/envs").resolve(ENVIRONMENT);
    var programs = Files.createDirectories(environment.resolve("venv/bin"));
    for (var program : new String[] {"python", "ansible-playbook"}) {
      Files.copy(given(program), programs.resolve(program));
    }
    var python = programs.resolve("python").toRealPath();
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    Files.setLastModifiedTime(python, FileTime.fromMillis(0));
    Files.writeString(
        environment.resolve("READY"),
        Files.readString(given("ready.json"))
            .replace("LOCK", lockDigest)
            .replace("PYTHON", python.toString())
            .replace("SIZE", String.valueOf(Files.size(python))));
  }

  private Path given(String file) {
    return home.resolve("host").resolve(file);
  }
}
