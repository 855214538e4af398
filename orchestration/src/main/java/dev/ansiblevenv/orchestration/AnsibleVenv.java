package dev.ansiblevenv.orchestration;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The operations, for Java programs and for the command line. Safe for use by several threads;
/// several processes may work on one project and one host at once.
///
/// Every operation throws a [dev.ansiblevenv.diagnostic.Failure] whose kind says what went wrong;
/// nothing half done stays behind.
public final class AnsibleVenv {

  private final Settings settings;

  public AnsibleVenv(Settings settings) {
    this.settings = settings;
  }

  /// Parses, analyses and lints; writes nothing but the controller's cache.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the playbook cannot be read at all
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when collections that lint must see cannot be
  ///   had
  public PlaybookReport analyze(
      Path playbook, ProcessOptions options, Consumer<Progress> progress) {
    return unwired();
  }

  /// What changed since `oldSpec` was made, by file of the closure.
  public List<FormChange> whyChanged(Path playbook, Path oldSpec, ProcessOptions options) {
    return unwired();
  }

  public VenvExecutionResult deployPlaybookWithOrchestration(
      DeployRequest request, Consumer<Progress> progress) {
    return unwired();
  }

  public HostListing listHost(String host) {
    return unwired();
  }

  /// The specification of that name, read and validated.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when there is none, or it is corrupt
  public SpecDocument showSpec(String name) {
    return unwired();
  }

  public CleanupReport cleanup(CleanupRequest request) {
    return unwired();
  }

  public List<ToolStatus> doctor() {
    return unwired();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T unwired() {
    throw new IllegalStateException("not wired: " + settings);
  }
}
