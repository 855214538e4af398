"""Venvs that are gone after their run, whatever happens. Their name says so: NAME.tmp-RUN.

A lock that the kernel holds stands for everyone who still needs such a venv: the agent that had it made, then the runner.
"""

import os
import re
import time

from .store import names, remove

_NAME = re.compile(r".+\.tmp-[0-9]{8}T[0-9]{6}-[0-9a-f]{8}")
_PATIENCE = 10.0


def is_temporary(name):
    return _NAME.fullmatch(name) is not None


def hold(store, name):
    """A lock that keeps the venv until it is closed, in this process and in those that inherit it."""
    lock = store.lock(name)
    lock.attempt(shared=True)
    return lock


def sweep(store):
    """Removes those that nobody needs any more. Costs one look where there are none."""
    for name in names(store.venvs):
        if is_temporary(name):
            with store.lock(name) as lock:
                if lock.attempt():
                    remove_venv(store, name)


def remove_venv(store, name):
    """The link, and the environment unless another venv is in it. Whoever uses that lets go of it first."""
    from . import garbage

    digest = store.linked(name)
    if digest is not None:
        os.unlink(store.link(name))
        deadline = time.monotonic() + _PATIENCE
        # Somebody who removes another venv of it may have looked before this link was gone.
        while not garbage.remove_environment(store, digest) and time.monotonic() < deadline:
            time.sleep(0.05)
    remove(os.path.join(store.locks, name + ".lock"))


class Ending:
    """What the runner does at the end of a run in a temporary venv."""

    def __init__(self, store, name, use):
        self._store = store
        self._name = name
        self._use = use

    def __call__(self):
        # Nobody removes an environment that is in use.
        self._use.close()
        remove_venv(self._store, self._name)
