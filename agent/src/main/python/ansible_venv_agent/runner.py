"""The detached process that owns a run: it starts ansible-playbook, waits, and writes what became of it.

It belongs to the host. The agent that forked it, and the connection, may end at any time.
"""

import collections
import json
import os
import signal
import sys
import time

from . import handover, processes
from .limits import ChildEnds, Exceeded, Limits
from .store import flush, remove, write_file

GRACE = 5.0
# More than a result needs: its place on the disk is taken before the playbook can fill it.
_RESERVED = 4096
_FULL = 65536


# What ansible-playbook is started with: what it sees (project.enter), arguments, variables and umask.
Program = collections.namedtuple("Program", "project command environment umask")


class _Ended(Exception):
    """Somebody told the runner to stop."""


def reserve(directory):
    """Makes room for the run's result."""
    handle = os.open(os.path.join(directory, "rc.reserved"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:
        file.write(b" " * _RESERVED)


def detach(directory, program, locks, secrets, limits, ending, afterwards):
    """Forks the runner and returns its description. The locks go with it; it feeds the pipes of secrets.

    `program.project` is what the run sees, as `project.enter` describes it.

    It calls `ending` when nothing of the run is alive any more, and `afterwards` when the result is there.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            os.setsid()
            if os.fork() == 0:
                handles = [lock.fileno() for lock in locks]
                become(directory, program, writing, handles, secrets, limits, ending, afterwards)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    os.waitpid(child, 0)
    return described_by(reading, directory)


def described_by(reading, directory):
    """What the runner says of itself as soon as ansible-playbook is there; takes the pipe over."""
    described = os.read(reading, 4096)
    os.close(reading)
    if not described:
        raise OSError(0, "the runner did not start", directory)
    return json.loads(described.decode("ascii"))


def become(directory, program, pipe, locks, secrets, limits, ending=None, afterwards=None):
    """Makes this process the runner. `locks` are descriptors, kept open.

    Without a command it returns in the process that is to be ansible-playbook, else never.
    """
    status = 1
    returning = False
    try:
        os.chdir("/")
        nothing = os.open(os.devnull, os.O_RDWR)
        log = os.open(os.path.join(directory, "stdout.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        own = os.open(os.path.join(directory, "runner.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        keep = {0, 1, 2, log, pipe, *locks}
        for handle, target in ((nothing, 0), (own, 1), (own, 2)):
            os.dup2(handle, target)
        close_all_but(keep)
        signal.signal(signal.SIGTERM, _end)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        started, began = time.time(), time.monotonic()
        processes.adopt_orphans()
        try:
            playbook = _start(program, log)
            if playbook == 0:
                returning = True
                return
            description = processes.describe(os.getpid())
            write_file(os.path.join(directory, "pid"), json.dumps(description).encode("ascii"), durable=False)
            os.write(pipe, json.dumps(description).encode("ascii"))
            os.close(pipe)
            os.close(log)
            handover.feed(secrets)
            ended = {"rc": _wait(playbook, Limits(limits, os.path.join(directory, "stdout.log")))}
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        except (_Ended, Exceeded) as told:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            ended = {"rc": -signal.SIGTERM, "survivors": processes.end_descendants(os.getpid(), GRACE)}
            if isinstance(told, Exceeded):
                ended["reason"] = told.reason
        ended.update(
            started=started,
            # Whatever was done to the host's clock meanwhile.
            ended=started + time.monotonic() - began,
            cancelled=os.path.exists(os.path.join(directory, "cancel")),
        )
        if _is_full(directory) or not os.path.exists(os.path.join(directory, "whole")):
            ended.setdefault("reason", "no-space")
        clear(directory)
        _note_written(directory, program.project)
        if ending:
            ending()
        _write_end(directory, ended)
        if afterwards:
            afterwards()
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        if not returning:
            os._exit(status)


def _start(program, log):
    """A process group of its own, so that what ansible does to its group does not reach the runner.

    Returns 0 in ansible-playbook's process when there is no command to be executed there.
    """
    runner = os.getpid()
    child = os.fork()
    if child:
        return child
    returning = False
    try:
        os.setpgid(0, 0)
        processes.end_with(runner)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(program.project["directory"])
        os.umask(program.umask)
        if program.command:
            os.execve(program.command[0], program.command, program.environment)
        returning = True
        return 0
    except OSError as error:
        os.write(2, ("cannot start ansible-playbook: %s\n" % error).encode("utf-8", "replace"))
    finally:
        if not returning:
            os._exit(127)


def _wait(playbook, limits):
    changes = ChildEnds() if limits else None
    while True:
        pid, status = os.waitpid(-1, os.WNOHANG if limits else 0)
        if pid == playbook:
            return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        if pid == 0:
            changes.wait(limits.left())


def _note_written(directory, project):
    """A run whose files cannot be listed has ended nevertheless."""
    if "place" in project:
        from . import written

        try:
            written.note(directory, project)
        except Exception:
            import traceback

            traceback.print_exc()


def _is_full(directory):
    """Whether what the run printed last can be missing. What is missing before that the callback tells by removing `whole`."""
    space = os.statvfs(directory)
    return space.f_bavail * space.f_frsize < _FULL


def clear(directory):
    """Removes what only a run that goes on may have: its pipes, and what ansible decrypted into files."""
    for name in ("secrets", "tmp"):
        remove(os.path.join(directory, name))


def _write_end(directory, ended):
    """Visible at once, then durable: whoever finds half of it after a power cut finds no valid JSON."""
    reserved = os.path.join(directory, "rc.reserved")
    with open(os.open(reserved, os.O_WRONLY | os.O_NOFOLLOW), "wb") as file:
        file.write(json.dumps(ended).encode("ascii").ljust(_RESERVED))
    os.rename(reserved, os.path.join(directory, "rc"))
    for name in ("stdout.log", "events.jsonl", "rc", "."):
        path = os.path.join(directory, name)
        if os.path.exists(path):
            flush(path)


def close_all_but(keep):
    limit = os.sysconf("SC_OPEN_MAX")
    if os.path.isdir("/proc/self/fd"):
        open_now = [int(name) for name in os.listdir("/proc/self/fd")]
    else:
        open_now = range(min(limit, 4096))
    for handle in open_now:
        if handle not in keep:
            try:
                os.close(handle)
            except OSError:
                pass


def _end(_number, _frame):
    raise _Ended()
