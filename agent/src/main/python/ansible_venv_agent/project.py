"""The directory that a run takes place in: one of this machine as it is, or a project's lasting one, brought to a manifest."""

import os

from . import manifest
from .errors import AgentError
from .lasting import Lasting
from .store import names, read_json, remove

_LOOK_AGAIN = 0.1


class Lacking(Exception):
    """The host has not got all that the project's directory is made of; it belongs into `into`."""

    def __init__(self, digests, into):
        super().__init__()
        self.digests = digests
        self.into = into


def enter(store, request, wait):
    """What the run sees, and the lock on it, which is None for a directory as it is. Raises Lacking.

    Waits while runs with other files are in the directory; `wait(seconds, runs)` is called again and again meanwhile.
    """
    wanted = request["project"]
    if "directory" in wanted:
        return _checked({"directory": wanted["directory"]}, request), None
    seen = Lasting(store, wanted["name"], wanted["key"], wanted["path"])
    seen.lay_out()
    lock = store.lock(seen.lock_name)
    try:
        while True:
            if lock.attempt():
                _bring(seen, wanted)
            if lock.attempt(shared=True) and seen.state().get("manifest") == wanted["manifest"]:
                break
            lock.release()
            wait(_LOOK_AGAIN, names(os.path.join(seen.place, "open")))
        described = {"directory": seen.directory, "root": seen.root, "place": seen.place}
        described["begun"] = seen.begin(request["run"])
        return _checked(described, request), lock
    except BaseException:
        lock.close()
        raise


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


def materialise(store, entries, directory):
    """Lays files out, as regular files made from blobs. The project cannot reach the blobs."""
    os.mkdir(directory, 0o700)
    made = set()
    for entry in entries:
        parts = safe_path(entry["path"])
        parent = os.path.join(directory, *parts[:-1])
        if parent not in made:
            os.makedirs(parent, 0o700, exist_ok=True)
            made.add(parent)
        with open(store.blob(entry["sha256"]), "rb") as source:
            content = source.read()
        mode = 0o700 if entry.get("executable") else 0o600
        target = os.open(os.path.join(parent, parts[-1]), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with open(target, "wb") as file:
            file.write(content)
