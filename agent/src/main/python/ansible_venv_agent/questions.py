"""Questions that a running playbook asks (`pause`). Each answer reaches it through its own named pipe, which is read once."""

import base64
import errno
import os

from .errors import AgentError
from .store import remove


def _pipe(place, number):
    return os.path.join(place, "secrets", "question-%d" % number)


class Questions:
    """Of the run in `place`, inside ansible-playbook. `tell` writes an event."""

    def __init__(self, place, tell):
        self._place = place
        self._tell = tell
        self._asked = 0

    def ask(self, text, hidden):
        """Waits for an answer: its bytes."""
        self._asked += 1
        number = self._asked
        path = _pipe(self._place, number)
        os.mkfifo(path, 0o600)
        try:
            self._tell("ansible_venv_question", {"question": number, "text": text, "hidden": hidden})
            with open(path, "rb") as pipe:
                return pipe.read()
        finally:
            remove(path)
            self._tell("ansible_venv_answered", {"question": number})


def reply(place, number, content):
    """Hands an answer to the run. False when the question is not open, or no longer."""
    try:
        pipe = os.open(_pipe(place, number), os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENXIO):
            return False
        raise
    try:
        os.set_blocking(pipe, True)
        answer = base64.b64decode(content)
        if len(answer) > 4096:
            raise AgentError("invalid-message", "the answer is too long")
        os.write(pipe, answer)
    except BrokenPipeError:
        return False
    finally:
        os.close(pipe)
    return True
