"""The directory that a run takes place in: one of this machine as it is, or a project's lasting one, brought to a manifest."""

import fcntl
import os
import time

from . import manifest
from .errors import AgentError
from .lasting import Lasting
from .store import directory, names, read_json, remove

_LOOK_AGAIN = 0.1
# The places of runs whose content is on its way, by the run.
_turns = {}


class Lacking(Exception):
    """The host has not got all that the project's directory is made of; it belongs into `into`."""

    def __init__(self, digests, into):
        super().__init__()
        self.digests = digests
        self.into = into


def enter(store, request, wait):
    """What the run sees, and the lock on it, which is None for a directory as it is. Raises Lacking.

    Waits while runs with other files are in the directory; `wait(seconds, runs)` is called again and again meanwhile. Whoever
    waited first is next, also before runs that could share the directory now.
    """
    wanted = request["project"]
    if "directory" in wanted:
        return _checked({"directory": wanted["directory"]}, request), None
    seen = Lasting(store, wanted["name"], wanted["key"], wanted["path"])
    seen.lay_out()
    lock = store.lock(seen.lock_name)
    turn = _turns.pop(request["run"], None) or Turn(os.path.join(seen.place, "queue"), request["run"])
    try:
        while True:
            if turn.has_come():
                if lock.attempt():
                    _bring(seen, wanted)
                if lock.attempt(shared=True) and seen.state().get("manifest") == wanted["manifest"]:
                    break
                lock.release()
            turn.take()
            wait(_LOOK_AGAIN, names(os.path.join(seen.place, "open")))
        described = {"directory": seen.directory, "root": seen.root, "place": seen.place}
        described["begun"] = seen.begin(request["run"])
        turn.end()
        return _checked(described, request), lock
    except Lacking:
        # The request comes again with what is lacking.
        _turns[request["run"]] = turn
        turn.take()
        lock.close()
        raise
    except BaseException:
        turn.end()
        lock.close()
        raise


class Turn:
    """A place in the queue of those who wait. It is held by the kernel's lock on its file, so that the dead keep nobody waiting."""

    def __init__(self, queue, run):
        self._queue = queue
        self._run = run
        self._path = None
        self._handle = None

    def take(self):
        """Joins the queue, behind all that are in it."""
        if self._path is None:
            directory(self._queue)
            self._path = os.path.join(self._queue, "%020d-%s" % (time.time_ns(), self._run))
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._handle, fcntl.LOCK_EX)

    def has_come(self):
        """Whether nobody is before this one: for who has not joined, whether nobody waits."""
        for name in names(self._queue):
            path = os.path.join(self._queue, name)
            if path == self._path:
                return True
            if self._is_held(path):
                return False
        return True

    @staticmethod
    def _is_held(path):
        try:
            handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever joins holds the lock from the next moment on.
            if time.time_ns() - os.fstat(handle).st_mtime_ns > 10**9:
                remove(path)
                return False
            return True
        except BlockingIOError:
            return True
        finally:
            os.close(handle)

    def end(self):
        if self._path is not None:
            remove(self._path)
            os.close(self._handle)
            self._path = None


def _bring(seen, wanted):
    if seen.is_clean(wanted["manifest"]):
        return
    text = _text(seen, wanted)
    lacking = [wanted["manifest"]] if text is None else seen.update(text)
    if lacking:
        raise Lacking(lacking, os.path.basename(seen.place))


def _text(seen, wanted):
    """The manifest, as it was sent, or out of the one that was placed last and the difference."""
    known = seen.text(wanted["manifest"])
    if known is None and "base" in wanted:
        base = seen.text(wanted["base"])
        if base is not None:
            known = manifest.text_of(manifest.changed(manifest.parse(base), wanted))
    if known is None or manifest.digest(known) != wanted["manifest"]:
        known = seen.arrived(wanted["manifest"])
    return known


def _checked(described, request):
    if not os.path.isfile(os.path.join(described["directory"], request["playbook"])):
        raise AgentError("path-refused", "the project has no playbook %s" % request["playbook"])
    return described


def give_up(place, described):
    """For a run that did not start after all."""
    if "place" in described:
        remove(os.path.join(described["place"], "open", os.path.basename(place)))


def of_run(place):
    """What a run saw; None for one that is not kept."""
    return (read_json(os.path.join(place, "request.json")) or {}).get("seen")


def settings(request, described, place):
    """What ansible-playbook has to be told of roles outside of the project."""
    project = request["project"]
    root = described.get("root", "")
    searched = [os.path.join(place, "roles")] if project.get("roles") else []
    searched += [root + path for path in project.get("roles_path", [])]
    return {"ANSIBLE_ROLES_PATH": ":".join(searched)} if searched else {}


def safe_path(path):
    """A project-relative path as parts. Refuses what would lead out of the project."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in path:
        raise AgentError("path-refused", "the path %r leaves the project" % path)
    return parts


def materialise(store, entries, into):
    """Lays files out, as regular files made from blobs. The project cannot reach the blobs."""
    os.mkdir(into, 0o700)
    made = set()
    for entry in entries:
        parts = safe_path(entry["path"])
        parent = os.path.join(into, *parts[:-1])
        if parent not in made:
            os.makedirs(parent, 0o700, exist_ok=True)
            made.add(parent)
        with open(store.blob(entry["sha256"]), "rb") as source:
            content = source.read()
        mode = 0o700 if entry.get("executable") else 0o600
        target = os.open(os.path.join(parent, parts[-1]), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with open(target, "wb") as file:
            file.write(content)
