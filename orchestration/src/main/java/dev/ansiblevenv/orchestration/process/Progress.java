package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.core.run.Event;
import java.nio.ByteBuffer;

/// What a watcher of an operation is told while it goes on.
public sealed interface Progress {

  /// Something that takes a while begins.
  record Step(String text) implements Progress {}

  /// Something the user should know although nothing failed.
  record Warning(String text) implements Progress {}

  /// What `ansible-playbook` printed, byte for byte, standard output and standard error in one.
  record Output(ByteBuffer bytes) implements Progress {}

  /// A run goes on on its host and is followed from now on.
  ///
  /// @param leave ends the following, not the run; may be called by any thread, at any time
  record Running(String run, String host, Runnable leave) implements Progress {}

  /// One of the run's events, where they are asked for.
  record Happened(Event.JobEvent event) implements Progress {}
}
