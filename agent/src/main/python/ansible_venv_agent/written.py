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
# From so many files on a process more is worth its start; so many directories are parted among two.
_MANY = 2000
_DIRECTORIES = 16


def note(place, described):
    """Called by the runner when nothing of the run is alive any more. `described` is what `project.enter` returned."""
    look = _Look(described)
    look.everywhere()
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
        self._known = os.path.join(described["place"], "created")
        self._touched = {}
        self.changed = []
        self.found = []
        with open(os.path.join(described["place"], "manifest"), "rb") as file:
            self._text = file.read()

    def everywhere(self):
        """Takes what has changed since the run began. Of a large project two processes look at one half each."""
        waiting = [""]
        while waiting and len(waiting) < _DIRECTORIES:
            self._directory(waiting, waiting.pop(0))
        if len(waiting) < _DIRECTORIES or self._text.count(b"\n") < _MANY or _processors() == 1:
            self._below(waiting)
            return
        source, sink = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                self._touched = {}
                self._below(waiting[1::2])
                with os.fdopen(sink, "wb") as file:
                    file.write(json.dumps(self._touched).encode("ascii"))
            finally:
                os._exit(0)
        os.close(sink)
        self._below(waiting[::2])
        with os.fdopen(source, "rb") as file:
            answer = file.read()
        os.waitpid(child, 0)
        if answer:
            self._touched.update(json.loads(answer.decode("ascii")))
        else:
            self._below(waiting[1::2])

    def _below(self, directories):
        waiting = list(directories)
        while waiting:
            self._directory(waiting, waiting.pop())

    def _directory(self, waiting, path):
        """Adds the directories in this one to `waiting`. `path` is relative, and empty for the base."""
        prefix = path and path + "/"
        begun = self._begun
        try:
            # From a descriptor the kernel has no path to resolve for each entry.
            handle = os.open(os.path.join(self._base, path), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            # It is gone again, or another user's: then its own times tell at least of what is in it.
            self._add_touched(path)
            return
        try:
            status = os.fstat(handle)
            if status.st_ctime_ns >= begun:
                self._touched[path or "."] = _described(status)
            with os.scandir(handle) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(prefix + entry.name)
                        continue
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue
                    if status.st_ctime_ns >= begun:
                        self._touched[prefix + entry.name] = _described(status)
        finally:
            os.close(handle)

    def _add_touched(self, path):
        try:
            status = os.lstat(os.path.join(self._base, path))
        except OSError:
            return
        if status.st_ctime_ns >= self._begun:
            self._touched[path or "."] = _described(status)

    def compare(self):
        if not self._touched and b" /" not in self._text:
            return
        placed = manifest.parse(self._text)
        known = self._created_before()
        self._take_moved(placed, known)
        for path, status in self._touched.items():
            name = manifest.encoded(path)
            entry = placed.get(name)
            if entry is None:
                # A directory of an earlier run, in which something has changed, is not new.
                if not (stat.S_ISDIR(status[0]) and known.get(name) == status[2]):
                    self._add(name, status, "created")
                known[name] = status[2]
            elif not self._is_as_placed(entry, path, status[0]):
                self.changed.append(name)
                self._add(name, status, "changed")
        self._note_created(known)
        self._look_for_missing(placed)

    def _take_moved(self, placed, known):
        """What came with a directory that the run moved here is as old as it was there. Such a directory has changed, and so has the one that it is in."""
        moved = {path for path, status in self._touched.items() if stat.S_ISDIR(status[0]) and path != "." and (os.path.dirname(path) or ".") in self._touched}
        for top in [path for path in moved if os.path.dirname(path) not in moved]:
            for parent, directories, files in os.walk(os.path.join(self._base, top)):
                for path in [os.path.join(parent, name) for name in directories + files]:
                    self._take(os.path.relpath(path, self._base), path, placed, known)

    def _take(self, path, place, placed, known):
        if path in self._touched:
            return
        try:
            status = _described(os.lstat(place))
        except OSError:
            return
        name = manifest.encoded(path)
        if name in placed or known.get(name) != status[2]:
            self._touched[path] = status

    def _created_before(self):
        """The inodes of what runs have created here, by name."""
        return read_json(self._known) or {}

    def _note_created(self, known):
        if any(each["change"] == "created" for each in self.found):
            kept = {name: inode for name, inode in known.items() if os.path.lexists(os.path.join(self._base, manifest.decoded(name)))}
            write_file(self._known, json.dumps(kept).encode("ascii"), durable=False)

    def _add(self, name, status, change):
        self._tell(name, lasting.kind(status[0]), status[1], stat.S_IMODE(status[0]), change)

    def _tell(self, name, kind, size, mode, change):
        self.found.append({"path": name, "kind": kind, "size": size, "mode": mode, "change": change})

    def _is_as_placed(self, entry, path, mode):
        if lasting.kind(mode) != entry.kind:
            return False
        try:
            if entry.kind == "l":
                return os.readlink(os.path.join(self._base, path)) == manifest.decoded(entry.value)
            if stat.S_IMODE(mode) != entry.mode:
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


def _processors():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _described(status):
    return [status.st_mode, status.st_size, status.st_ino]


def _digest(path):
    digest = hashlib.sha256()
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()
