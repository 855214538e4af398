package dev.ansiblevenv.core.host;

import java.io.IOException;

/// A way to start one fixed command on a host with its standard streams connected to us.
public interface Transport {

  /// Starts `command` through the host's POSIX shell. The text is fixed by this program; nothing of
  /// a user's is in it.
  Process start(String command) throws IOException;

  /// The host's name as the user wrote it.
  String host();
}
