package dev.ansiblevenv.core.run;

/// The first task of a run that failed and was neither rescued nor ignored.
///
/// @param path file:line, as seen from the project; empty where Ansible does not say
/// @param unreachable whether the host could not be reached
/// @param message the first line of what Ansible said
public record FailedTask(
    String task, String path, String host, boolean unreachable, String message) {

  /// In one line.
  public String text() {
    return "task `%s`%s %s `%s`%s"
        .formatted(
            task,
            path.isEmpty() ? "" : " (" + path + ")",
            unreachable ? "could not reach" : "failed on",
            host,
            message.isEmpty() ? "" : ": " + message);
  }
}
