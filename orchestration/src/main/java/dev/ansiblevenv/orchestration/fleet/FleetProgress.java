package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.orchestration.process.Progress;

/// What a watcher of an operation on many hosts is told while it goes on, by several threads.
public sealed interface FleetProgress<R> {

  /// Something that is done once for all hosts.
  record Together<R>(Progress progress) implements FleetProgress<R> {}

  /// So many hosts are about to be worked on.
  record Chosen<R>(int hosts) implements FleetProgress<R> {}

  /// A host's turn has come.
  record Begun<R>(String host) implements FleetProgress<R> {}

  /// A step or a warning of one host.
  record OnHost<R>(String host, Progress progress) implements FleetProgress<R> {}

  record Ended<R>(HostOutcome<R> outcome) implements FleetProgress<R> {}
}
