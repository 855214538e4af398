"""The runs that this host remembers, and which of them it may forget."""

import contextlib
import fcntl
import os

from . import runs
from .store import RUN, names, remove


@contextlib.contextmanager
def in_use(place):
    """As long as somebody reads a run, nobody removes it."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def trim(store, keep):
    """Forgets finished runs beyond the newest `keep`. What tells when a venv was last used stays."""
    venvs = {name for name, _ in store.links()}
    last_used = set()
    finished = 0
    for run in reversed(names(store.runs)):
        entry = runs.entry(store, run) if RUN.fullmatch(run) else None
        if entry is None:
            continue
        is_last_use = entry["venv"] in venvs and entry["venv"] not in last_used
        last_used.add(entry["venv"])
        if entry["status"] == "running":
            continue
        finished += 1
        if finished > keep and not is_last_use:
            forget(store.run(run))


def forget(place):
    """Removes a finished run, unless somebody reads it."""
    try:
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove(place)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)
