"""Environments that exist: which one a venv stands for, and whether it is fit to run in."""

import os
import time

from . import shared
from .errors import AgentError
from .store import DIGEST, names, read_json


def ready(store, digest):
    """The READY record of a published environment, or None."""
    return read_json(os.path.join(store.environment(digest), "READY"))


def identity(path):
    """What changes when an interpreter is upgraded or replaced in place."""
    status = os.stat(path)
    return [os.path.realpath(path), status.st_size, status.st_mtime_ns]


def problem(store, digest):
    """Why an environment cannot be used, or an empty text. Costs a few stat calls."""
    record = ready(store, digest)
    if record is None:
        return "it is not there" if not os.path.isdir(store.environment(digest)) else "its READY record is missing"
    if record.get("environment") != digest:
        return "its READY record is that of another environment"
    venv = store.venv(digest)
    interpreter = os.path.join(venv, "bin", "python")
    try:
        current = identity(interpreter)
    except OSError:
        return "its interpreter %s is gone" % record["python"]["path"]
    for needed in record["vital"]:
        if not os.path.exists(os.path.join(venv, needed)):
            return "%s is missing" % needed
    if current != record["interpreter"]:
        return _changed_interpreter(interpreter, record)
    return ""


def _changed_interpreter(interpreter, record):
    """A patched interpreter serves as before; one of another minor version looks for packages elsewhere."""
    import subprocess

    question = "import sys, ansible.release; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [interpreter, "-I", "-c", question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return "its interpreter changed and no longer finds ansible-core"
    minor = ".".join(record["python"]["version"].split(".")[:2])
    return "" if answer.strip() == minor else "its interpreter is now Python %s" % answer.strip()


def find(store, lock, python):
    """A healthy environment of this lock, whatever venv it was built for."""
    for digest in names(store.environments):
        if DIGEST.fullmatch(digest) and not mismatch(store, digest, lock, python):
            return digest
    return None


def mismatch(store, digest, lock, python):
    """Why the environment is not what was asked for, or an empty text."""
    record = ready(store, digest)
    if record is not None and record.get("lock") != lock:
        return "the lock has changed"
    unhealthy = problem(store, digest)
    if unhealthy:
        return unhealthy
    if python and os.path.realpath(python) != record["interpreter"][0]:
        return "it was built with %s, not %s" % (record["python"]["path"], python)
    return ""


def ensure(store, request):
    """What can be had without building: the venv as it is, or a link to an environment of the same lock."""
    name, lock, python = request["venv"], request["lock"], request.get("python", "")
    current = store.linked(name)
    if request.get("rebuild"):
        return {"type": "missing", "reason": "a rebuild was asked for"}
    if current is None:
        reason = "it is new here"
    else:
        if request.get("first"):
            _refuse_another(store, name, current, lock)
        reason = mismatch(store, current, lock, python)
        if not reason:
            return answer(store, name, current, "ready", "")
    digest = find(store, lock, python)
    if digest is None:
        return {"type": "missing", "reason": reason}
    with store.lock(digest) as guard:
        # Whoever holds it builds or removes this very environment.
        if not guard.attempt() or mismatch(store, digest, lock, python):
            return {"type": "missing", "reason": reason}
        store.publish_link(name, digest)
    if current is None:
        reason = "an environment of the same lock is here"
    return answer(store, name, digest, "linked", reason)


def _refuse_another(store, name, digest, lock):
    """Two projects may give one name to venvs of different locks: whoever comes first keeps it."""
    record = ready(store, digest)
    if record is None or record["lock"] == lock:
        return
    from . import runs

    used = [run for run in runs.listing(store) if run["venv"] == name]
    last = "the last playbook that ran in it is %s, %s" % (used[-1]["playbook"], _day(used[-1]["started"])) if used else ""
    raise AgentError(
        "foreign",
        "%s was made %s from another lock (%s, ansible-core %s), and not by this project; %s"
        % (store.link(name), _day(record["created"]), record["lock"][:8], record["ansible_core"], last or "nothing ran in it"),
        "take over the spec, the lock and the host record of the project that made it, or rename the playbook or profile;"
        " `--force-recreate` replaces it",
    )


def _day(seconds):
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def answer(store, name, digest, status, reason):
    record = ready(store, digest)
    return {
        "type": "environment",
        "status": status,
        "reason": reason,
        "path": store.link(name),
        "digest": digest,
        "python": record["python"],
        "ansible_core": record["ansible_core"],
        "obstacle": shared.obstacle(os.path.join(store.venv(digest), "lib")) or shared.obstacle(record["interpreter"][0]),
    }


def usable(store, name, lock):
    """The environment a run of this venv takes place in. Raises AgentError when there is none."""
    digest = store.linked(name)
    reason = "there is no venv of this name" if digest is None else mismatch(store, digest, lock, "")
    if reason:
        raise AgentError("not-ready", "the venv %s is not ready: %s" % (name, reason))
    return digest
