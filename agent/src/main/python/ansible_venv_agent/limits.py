"""How long a run may go on, by a clock that nobody can set."""

import os
import select
import signal
import time


class Exceeded(Exception):
    """`reason` is the field's value in the result."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Limits:
    def __init__(self, limits, log):
        self._whole = limits.get("timeout")
        self._idle = limits.get("idle_timeout")
        self._log = log
        self._size = 0
        self._began = self._printed = time.monotonic()

    def __bool__(self):
        return self._whole is not None or self._idle is not None

    def left(self):
        """Seconds until it has to be asked again. Raises Exceeded."""
        now = time.monotonic()
        left = []
        if self._whole is not None:
            left.append(self._began + self._whole - now)
            if left[-1] <= 0:
                raise Exceeded("timeout")
        if self._idle is not None:
            size = os.path.getsize(self._log)
            if size != self._size:
                self._size, self._printed = size, now
            until = self._printed + self._idle - now
            if until <= 0:
                raise Exceeded("idle-timeout")
            # Often enough to know when it printed last.
            left.append(min(until, max(self._idle / 20, 0.02)))
        return min(left)


class ChildEnds:
    """Waits for the end of a child, or for some seconds."""

    def __init__(self):
        self._reading, writing = os.pipe()
        for handle in (self._reading, writing):
            os.set_blocking(handle, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def wait(self, seconds):
        if select.select([self._reading], [], [], seconds)[0]:
            os.read(self._reading, 4096)
