package dev.ansiblevenv.orchestration.process;

import java.nio.ByteBuffer;

/// What a watcher of an operation is told while it goes on.
public sealed interface Progress {

  /// Something that takes a while begins.
  record Step(String text) implements Progress {}

  /// Something the user should know although nothing failed.
  record Warning(String text) implements Progress {}

  /// What `ansible-playbook` printed, byte for byte, standard output and standard error in one.
  record Output(ByteBuffer bytes) implements Progress {}
}
