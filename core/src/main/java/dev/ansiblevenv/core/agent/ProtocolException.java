package dev.ansiblevenv.core.agent;

import java.io.IOException;

/// What arrived is not what `docs/agent-protocol.md` says; nothing behind it can be trusted.
final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }

  ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
