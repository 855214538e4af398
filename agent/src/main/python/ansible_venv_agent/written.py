"""What a run has written beside its playbook: found by the times of the files when the run has ended."""

import hashlib
import json
import os
import stat

from . import lasting, manifest
from .errors import AgentError
from .frames import BLOB, PIECE
from .store import read_json, write_file
from .tree import Tree

# So many are named.
MAX_NAMED = 10000


def note(place, described):
    """Called by the runner when nothing of the run is alive any more. `described` is what `project.enter` returned."""
    look = _Look(described)
    look.directory(described["directory"], "")
    look.compare()
    if look.changed:
        with open(os.path.join(described["place"], "changed"), "a", encoding="ascii") as file:
            file.write("".join(path + "\n" for path in look.changed))
    found = sorted(look.found, key=lambda each: each["path"])
    answer = {"total": len(found), "files": found[:MAX_NAMED]}
    write_file(os.path.join(place, "written.json"), json.dumps(answer).encode("ascii"), durable=False)
    os.unlink(os.path.join(described["place"], "open", os.path.basename(place)))


def read(place):
    return read_json(os.path.join(place, "written.json")) or {"total": 0, "files": []}


def listing(place, run, seen):
    """What the agent answers about a run that is over."""
    answer = {"type": "files", "run": run, "directory": seen["directory"], "in_place": "place" not in seen}
    return {**answer, **read(place)}


def send(channel, request, place, seen, name):
    """Sends a file that the run has written, as it is now. No link leads to another one."""
    named = [each for each in read(place)["files"] if each["path"] == name and each["kind"] == "f"]
    if not named or named[0]["change"] == "removed":
        raise AgentError("path-refused", "the run has written no file %s" % name)
    digest = hashlib.sha256()
    size = 0
    try:
        with Tree(seen["directory"]) as tree:
            handle = tree.open(tuple(manifest.decoded(name).split("/")))
    except OSError as error:
        raise AgentError("path-refused", "%s: %s" % (name, error.strerror)) from None
    with open(handle, "rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            channel.send_bytes(BLOB, request, piece)
            channel.wait(0)
            channel.check()
            digest.update(piece)
            size += len(piece)
    return {"type": "file", "path": name, "size": size, "sha256": digest.hexdigest()}


class _Look:
    def __init__(self, described):
        self._base = described["directory"]
        self._root = described["root"]
        self._begun = described["begun"]
        self._touched = {}
        self.changed = []
        self.found = []
        with open(os.path.join(described["place"], "manifest"), "rb") as file:
            self._text = file.read()

    def directory(self, top, prefix):
        """Takes what has changed since the run began; in any order."""
        try:
            status = os.lstat(top)
            entries = list(os.scandir(top))
        except OSError:
            # It is gone again, or another user's.
            return
        if status.st_ctime_ns >= self._begun:
            self._touched[prefix.rstrip("/") or "."] = status
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                self.directory(entry.path, prefix + entry.name + "/")
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if status.st_ctime_ns >= self._begun:
                self._touched[prefix + entry.name] = status

    def compare(self):
        if not self._touched and b" /" not in self._text:
            return
        placed = manifest.parse(self._text)
        for path, status in self._touched.items():
            name = manifest.encoded(path)
            entry = placed.get(name)
            if entry is None:
                self._add(name, status, "created")
            elif not self._is_as_placed(entry, path, status):
                self.changed.append(name)
                self._add(name, status, "changed")
        self._look_for_missing(placed)

    def _add(self, name, status, change):
        self._tell(name, lasting.kind(status.st_mode), status.st_size, stat.S_IMODE(status.st_mode), change)

    def _tell(self, name, kind, size, mode, change):
        self.found.append({"path": name, "kind": kind, "size": size, "mode": mode, "change": change})

    def _is_as_placed(self, entry, path, status):
        if lasting.kind(status.st_mode) != entry.kind:
            return False
        try:
            if entry.kind == "l":
                return os.readlink(os.path.join(self._base, path)) == manifest.decoded(entry.value)
            if stat.S_IMODE(status.st_mode) != entry.mode:
                return False
            return entry.kind == "d" or _digest(os.path.join(self._base, path)) == entry.value
        except OSError:
            return False

    def _look_for_missing(self, placed):
        """What the run has removed, in the directories that it has changed; and what it changed outside of the project."""
        touched = {manifest.encoded(path) for path in self._touched}
        for name in sorted(placed):
            if name[0] == "/":
                if self._is_changed_outside(manifest.decoded(name)):
                    self.changed.append(name)
            elif (name.rpartition("/")[0] or ".") in touched and not os.path.lexists(os.path.join(self._base, manifest.decoded(name))):
                touched.add(name)
                self.changed.append(name)
                self._tell(name, placed[name].kind, 0, 0, "removed")

    def _is_changed_outside(self, path):
        try:
            return os.lstat(self._root + path).st_ctime_ns >= self._begun
        except OSError:
            return True


def _digest(path):
    digest = hashlib.sha256()
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()
