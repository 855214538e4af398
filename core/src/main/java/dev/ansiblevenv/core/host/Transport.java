package dev.ansiblevenv.core.host;

import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A way to start one fixed command on a host with its standard streams connected to us.
public interface Transport {

  /// Starts `command` through the host's POSIX shell. The text is fixed by this program; nothing of
  /// a user's is in it.
  Process start(String command) throws IOException;

  /// The host's name as the user wrote it.
  String host();

  /// A command line that a person can type to run a program on the host in the same way.
  ///
  /// @param remote the program with its arguments
  default String typed(String remote) {
    return remote;
  }

  /// Whether a login made now succeeds, without running anything there.
  default boolean letsIn(Duration limit) {
    return true;
  }

  /// What kept the command from starting or cut it off; empty where the transport is not to blame.
  ///
  /// @param errorOutput the end of what the process wrote to its standard error
  /// @param answered whether the host had answered: the connection had been made, and what stands
  ///   in the output may be the host's
  default Optional<Failure> explain(String errorOutput, boolean answered) {
    return Optional.empty();
  }
}
