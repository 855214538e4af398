package dev.ansiblevenv.formats.configuration;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.Boundary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which `ansible.cfg` counts, for everything that reads one. In this order:
///
/// 1. the one that `ANSIBLE_CONFIG` names;
/// 2. the working directory's, if that directory lies in the project;
/// 3. the nearest one from the playbook's directory up to the project directory;
/// 4. `~/.ansible.cfg`, then `/etc/ansible/ansible.cfg`, unless the project is not trusted.
///
/// All but the third are [Ansible's own
/// rules](https://docs.ansible.com/ansible/latest/reference_appendices/config.html#the-configuration-file),
/// as is that a directory to which everybody may write has none. Safe to share between threads.
public final class ConfigurationLookup {

  private static final String NAME = "ansible.cfg";
  private static final String VARIABLE = "ANSIBLE_CONFIG";

  private final Path project;
  private final Path workingDirectory;
  private final Map<String, String> environment;
  private final Path system;
  private final PathExpansion expansion;
  private final Boundary boundary;

  /// @param project absolute
  /// @param workingDirectory absolute; where the caller would type `ansible-playbook`
  public ConfigurationLookup(Path project, Path workingDirectory, Map<String, String> environment) {
    this(project, workingDirectory, environment, Path.of("/etc/ansible"));
  }

  ConfigurationLookup(
      Path project, Path workingDirectory, Map<String, String> environment, Path system) {
    this.project = project.normalize();
    this.workingDirectory = workingDirectory.normalize();
    this.environment = environment;
    this.system = system;
    this.expansion = new PathExpansion(this.workingDirectory, environment);
    this.boundary = Boundary.of(project, environment);
  }

  /// The settings for whatever concerns no playbook.
  ///
  /// @throws InvalidInput when the file that counts cannot be read
  public AnsibleSettings forProject() {
    return settings(file(project));
  }

  /// @param playbook absolute
  /// @throws InvalidInput when the file that counts cannot be read
  public AnsibleSettings forPlaybook(Path playbook) {
    return settings(file(directory(playbook)));
  }

  /// What to tell the user about the choice: that a directory's file was passed over because
  /// everybody may write there, or that `ansible-playbook`, typed in the working directory, would
  /// read another file.
  public Optional<String> note(Path playbook) {
    var ours = file(directory(playbook));
    var theirs = byHand();
    var here = workingDirectory.resolve(NAME);
    if (ours != null && !here.equals(ours) && isWorldWritable(workingDirectory) && exists(here)) {
      return Optional.of(
          "`%s` does not count, because everybody may write to its directory; %s"
              .formatted(here, "`" + ours + "` does"));
    }
    var isInProject = workingDirectory.startsWith(project);
    if (Objects.equals(ours, theirs) || !isInProject && !here.equals(theirs)) {
      return Optional.empty();
    }
    return Optional.of(
        "the configuration is %s; `ansible-playbook`, typed in `%s`, would read %s"
            .formatted(
                ours == null ? "Ansible's default" : "`" + ours + "`",
                workingDirectory,
                theirs == null ? "none" : "`" + theirs + "`"));
  }

  private AnsibleSettings settings(@Nullable Path file) {
    if (file != null) {
      boundary.require(file, file.toString());
    }
    var settings =
        file == null
            ? AnsibleSettings.withoutFile(workingDirectory, environment)
            : AnsibleSettings.read(file, workingDirectory, environment);
    return settings.within(boundary);
  }

  private @Nullable Path file(Path directory) {
    var named = named();
    if (named != null) {
      return named;
    }
    if (workingDirectory.startsWith(project) && hasOwn(workingDirectory)) {
      return workingDirectory.resolve(NAME);
    }
    for (var above = directory;
        above != null && above.startsWith(project);
        above = above.getParent()) {
      if (hasOwn(above)) {
        return above.resolve(NAME);
      }
    }
    return ofAccount();
  }

  /// As `ansible-playbook`, typed in the working directory, chooses.
  private @Nullable Path byHand() {
    var named = named();
    if (named != null) {
      return named;
    }
    return hasOwn(workingDirectory) ? workingDirectory.resolve(NAME) : ofAccount();
  }

  private @Nullable Path named() {
    var value = environment.get(VARIABLE);
    if (value == null) {
      return null;
    }
    var path = expansion.resolve(value, workingDirectory, VARIABLE);
    var file = Files.isDirectory(path) ? path.resolve(NAME) : path;
    return exists(file) ? file : null;
  }

  private @Nullable Path ofAccount() {
    if (boundary.isClosed()) {
      return null;
    }
    var own = expansion.resolve("~/.ansible.cfg", workingDirectory, "HOME");
    if (exists(own)) {
      return own;
    }
    var shared = system.resolve(NAME);
    return exists(shared) ? shared : null;
  }

  private static boolean hasOwn(Path directory) {
    return exists(directory.resolve(NAME)) && !isWorldWritable(directory);
  }

  private static boolean exists(Path file) {
    return Files.isReadable(file);
  }

  /// Anybody could have put a file there.
  private static boolean isWorldWritable(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false;
    }
  }

  private static Path directory(Path playbook) {
    var parent = playbook.normalize().getParent();
    return parent == null ? playbook : parent;
  }
}
