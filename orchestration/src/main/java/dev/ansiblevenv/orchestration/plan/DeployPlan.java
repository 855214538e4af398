package dev.ansiblevenv.orchestration.plan;

import dev.ansiblevenv.core.wheel.SourceBuilds.SourceBuild;
import dev.ansiblevenv.orchestration.lock.LockReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a deploy would do. Nothing of the user's was written for it.
///
/// @param lock what would become of it
/// @param sent what the host would be sent for a build, as far as it lacks it
/// @param withoutWheels what the host would have to build from source
/// @param removedVenvs what would go from the host, unless a run is in it
/// @param removedSpecs what would go from the project
public record DeployPlan(
    String host,
    LockReport.Entry lock,
    Environment environment,
    List<Sent> sent,
    List<SourceBuild> withoutWheels,
    List<String> removedVenvs,
    List<String> removedSpecs) {

  public DeployPlan {
    sent = List.copyOf(sent);
    withoutWheels = List.copyOf(withoutWheels);
    removedVenvs = List.copyOf(removedVenvs);
    removedSpecs = List.copyOf(removedSpecs);
  }

  /// What would be done about the environment.
  ///
  /// @param python version of its interpreter
  /// @param reason empty where there is nothing to do
  /// @param expected how long a build takes, by the host's earlier builds; empty for no build, and
  ///   where there was none yet
  public record Environment(
      Action action, String python, String reason, Optional<Duration> expected) {}

  /// What happens to an environment.
  public enum Action {
    /// It is there.
    USE,
    /// One of the same lock is there.
    LINK,
    BUILD
  }

  /// A file for a build.
  ///
  /// @param kind `collection` or `wheel`
  /// @param bytes 0 where that is not known beforehand
  public record Sent(String kind, String name, long bytes) {}
}
