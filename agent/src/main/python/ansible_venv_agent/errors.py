"""What the agent answers when it cannot do what was asked."""


class AgentError(Exception):
    """A failure with a code that the controller maps to its own errors (docs/agent-protocol.md)."""

    def __init__(self, code, message, hint=""):
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class ConnectionLost(Exception):
    """The controller is gone; whatever is not detached ends now."""


class CancelRequested(Exception):
    """The controller asked to give up the request that is being worked on."""
