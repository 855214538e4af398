"""Processes by what tells them apart for sure: number, start time and boot."""

import os
import signal
import time

from .facts import boot_id


def start_time(pid):
    """Clock ticks after boot at which the process started; empty when it is gone or only a zombie."""
    fields = _status(pid)
    return fields[19] if fields and fields[0] not in ("Z", "X") else ""


def describe(pid):
    return {"pid": pid, "start": start_time(pid), "boot_id": boot_id()}


def alive(description):
    """Whether this very process, and not another that got its number, still runs."""
    if not description or description.get("boot_id") != boot_id():
        return False
    return bool(description.get("start")) and start_time(description["pid"]) == description["start"]


def descendants(root):
    """All living processes below `root`, however they left its session or group."""
    children = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        fields = _status(name) if name.isdigit() else None
        if fields and fields[0] not in ("Z", "X"):
            children.setdefault(int(fields[1]), []).append(int(name))
    found = []
    pending = [root]
    while pending:
        below = children.get(pending.pop(), [])
        found += below
        pending += below
    return found


def adopt_orphans():
    """Makes this process the parent of every descendant that loses its own, so that none escapes `descendants`."""
    subreaper = 36
    _control(subreaper, 1)


def end_with(parent):
    """Has the kernel kill this process when its parent dies: without a runner it would wait for secrets for ever."""
    death_signal = 1
    _control(death_signal, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def _control(option, value):
    try:
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def end_descendants(root, grace):
    """TERM, wait, KILL, until nothing is left below `root`. Returns what withstood even that."""
    told = set()
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline:
        living = descendants(root)
        if not living:
            return []
        for pid in living:
            if pid not in told:
                told.add(pid)
                _signal(pid, signal.SIGTERM)
        _reap()
        time.sleep(0.01)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline:
        living = descendants(root)
        if not living:
            return []
        for pid in living:
            _signal(pid, signal.SIGKILL)
        _reap()
        time.sleep(0.01)
    return descendants(root)


def _signal(pid, number):
    try:
        os.kill(pid, number)
        if number == signal.SIGTERM:
            # A stopped process hears of it only when it goes on.
            os.kill(pid, signal.SIGCONT)
    except (ProcessLookupError, PermissionError):
        pass


def _reap():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _status(pid):
    """The fields of /proc/PID/stat from the state on."""
    try:
        with open("/proc/%s/stat" % pid, "rb") as file:
            text = file.read().decode("ascii", "replace")
    except OSError:
        return None
    return text[text.rindex(")") + 2 :].split()
