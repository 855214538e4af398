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
    known = [run for run in reversed(names(store.runs)) if RUN.fullmatch(run)]
    if len(known) <= keep:
        return
    entries = [entry for entry in (runs.entry(store, run) for run in known) if entry]
    finished = [(entry["run"], entry["venv"]) for entry in entries if entry["status"] != "running"]
    for run in surplus(finished, keep, {name for name, _ in store.links()}):
        forget(store.run(run))


def surplus(finished, keep, venvs):
    """Of runs and the venvs they were in, the newest first, those beyond `keep` that do not tell when one of `venvs` was last used."""
    used = set()
    for number, (run, venv) in enumerate(finished, 1):
        is_last_use = venv in venvs and venv not in used
        used.add(venv)
        if number > keep and not is_last_use:
            yield run


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
