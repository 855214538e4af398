"""Waits for changes in a run's directory: by the kernel's word where there is one, else by looking again soon."""

import os

_MODIFY, _MOVED_TO, _CREATE = 0x2, 0x80, 0x100
_NONBLOCK, _CLOEXEC = os.O_NONBLOCK, getattr(os, "O_CLOEXEC", 0)
LOOK_AGAIN = 0.02


class Watch:
    """`descriptors` become readable at a change; `timeout` is how long to wait without one."""

    def __init__(self, directory):
        self.descriptors = []
        self.timeout = LOOK_AGAIN
        try:
            import ctypes

            library = ctypes.CDLL(None, use_errno=True)
            handle = library.inotify_init1(_NONBLOCK | _CLOEXEC)
            if handle < 0:
                return
            mask = _MODIFY | _MOVED_TO | _CREATE
            if library.inotify_add_watch(handle, os.fsencode(directory), ctypes.c_uint32(mask)) < 0:
                os.close(handle)
                return
        except (ImportError, OSError, AttributeError):
            return
        self.descriptors = [handle]
        # The kernel cannot tell that the runner was killed: look for that now and then.
        self.timeout = 0.5

    def clear(self):
        for handle in self.descriptors:
            try:
                os.read(handle, 1 << 16)
            except BlockingIOError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for handle in self.descriptors:
            os.close(handle)
