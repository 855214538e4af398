"""A project's directory on this host: it lasts, and it is brought to what a manifest says before a run.

    projects/NAME-KEY/root/…    the project, at the path that it has on its controller
    projects/NAME-KEY/state     what was placed: manifest, boot, and the time behind which a change is a run's
    projects/NAME-KEY/manifest  its text
    projects/NAME-KEY/changed   paths of the manifest that runs have changed since
    projects/NAME-KEY/open/RUN  while a run may change something
    projects/NAME-KEY/incoming/SHA256  files that came and are not placed yet
    locks/project-KEY.lock      shared by runs, held alone while the directory is changed

docs/agent-protocol.md, section "The project".
"""

import hashlib
import json
import os
import stat
import time

from . import manifest
from .facts import boot_id
from .store import directory, names, read_json, remove, write_file
from .tree import Tree

# Times in a file system are as coarse as the kernel's tick.
_TICK = 0.02


class Lasting:
    def __init__(self, store, name, key, path):
        self.place = os.path.join(store.projects, "%s-%s" % (name, key))
        self.root = os.path.join(self.place, "root")
        self.incoming = os.path.join(self.place, "incoming")
        self._project = tuple(path.strip("/").split("/"))
        self.lock_name = "project-" + key
        self.directory = os.path.join(self.root, *self._project)

    def lay_out(self):
        """A task of another user runs in the playbook's directory, as by hand: it gets there as far as the project's own modes let it."""
        directory(os.path.join(self.place, "open"))
        for each in (os.path.dirname(self.place), self.place, self.root):
            directory(each)
            if stat.S_IMODE(os.stat(each).st_mode) != 0o711:
                os.chmod(each, 0o711)

    def state(self):
        return read_json(os.path.join(self.place, "state")) or {}

    def text(self, wanted):
        """The manifest's text, where it is the one that was placed last."""
        try:
            with open(os.path.join(self.place, "manifest"), "rb") as file:
                text = file.read()
        except FileNotFoundError:
            return None
        return text if manifest.digest(text) == wanted else None

    def arrived(self, wanted):
        """A manifest that came over the connection."""
        try:
            with open(os.path.join(self.incoming, wanted), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def is_clean(self, wanted):
        """Whether everything is as this manifest says. Only for who holds the lock alone."""
        state = self.state()
        return (
            state.get("manifest") == wanted
            and state.get("boot") == boot_id()
            and not names(os.path.join(self.place, "open"))
            and not os.path.exists(os.path.join(self.place, "changed"))
        )

    def parts(self, entry):
        return entry.parts(self._project)

    def update(self, text):
        """Brings the directory to a manifest. Returns the SHA-256s that it lacks for that; it changes nothing then."""
        wanted = manifest.parse(text)
        state = self.state()
        placed = self._placed(state)
        with Tree(self.root) as tree:
            due = self._due(tree, wanted, placed, state)
            lacking = self._lacking(due)
            if lacking:
                return lacking
            write_file(os.path.join(self.place, "next"), text, durable=False)
            self._write_state({**state, "boot": ""})
            self._change(tree, wanted, placed, due, state)
        self._note(text)
        return []

    def _placed(self, state):
        """What the last updates have placed, also one that was cut off."""
        placed = {}
        for name in ("manifest", "next") if state else ():
            try:
                with open(os.path.join(self.place, name), "rb") as file:
                    placed.update(manifest.parse(file.read()))
            except FileNotFoundError:
                pass
        return placed

    def _due(self, tree, wanted, placed, state):
        """The entries that have to be placed."""
        due = [entry for path, entry in wanted.items() if path not in placed or placed[path].line != entry.line]
        same = [entry for path, entry in wanted.items() if path in placed and placed[path].line == entry.line]
        if not self._is_whole(state):
            return due + [entry for entry in same if not self._is_there(tree, entry)]
        if names(os.path.join(self.place, "open")):
            return due + [entry for entry in same if self._may_differ(tree, entry, state["stamp"])]
        changed = set(self._changed())
        return due + [entry for entry in same if entry.path in changed]

    @staticmethod
    def _is_whole(state):
        """Whether the last update came to its end, and what it wrote has outlived the time since."""
        return state.get("boot") == boot_id()

    def _changed(self):
        try:
            with open(os.path.join(self.place, "changed"), encoding="ascii") as file:
                return file.read().split("\n")
        except FileNotFoundError:
            return []

    def _may_differ(self, tree, entry, stamp):
        status = tree.status(self.parts(entry))
        return status is None or status.st_ctime_ns >= stamp

    def _is_there(self, tree, entry):
        """What a lost power supply may have cost shows in the content alone."""
        parts = self.parts(entry)
        status = tree.status(parts)
        if status is None or entry.kind != kind(status.st_mode):
            return False
        if entry.kind == "l":
            return tree.target(parts) == manifest.decoded(entry.value)
        if stat.S_IMODE(status.st_mode) != entry.mode:
            return False
        return entry.kind == "d" or _digest(tree.open(parts)) == entry.value

    def _lacking(self, due):
        needed = dict.fromkeys(entry.value for entry in due if entry.kind == "f")
        return [each for each in needed if not os.path.exists(os.path.join(self.incoming, each))]

    def _change(self, tree, wanted, placed, due, state):
        is_whole = self._is_whole(state)
        for path in sorted(placed, reverse=True):
            if path not in wanted or wanted[path].kind != placed[path].kind:
                entry = placed[path]
                # What a run has changed since is the run's.
                if entry.kind == "d" or not is_whole or not self._may_differ(tree, entry, state["stamp"]):
                    tree.remove(self.parts(entry), entry.kind == "d")
        left = {}
        for entry in due:
            if entry.kind == "f":
                left[entry.value] = left.get(entry.value, 0) + 1
        for entry in sorted(due, key=lambda each: each.path):
            parts = self.parts(entry)
            if entry.kind == "d":
                tree.directory(parts, make=True)
            elif entry.kind == "l":
                tree.link(parts, manifest.decoded(entry.value))
            else:
                left[entry.value] -= 1
                tree.place(parts, self._ready(entry, last=not left[entry.value]))
        for path in sorted(wanted, reverse=True):
            if wanted[path].kind == "d":
                tree.mode(self.parts(wanted[path]), wanted[path].mode)

    def _ready(self, entry, last):
        """A file with the entry's content and mode, to be moved to its place."""
        source = os.path.join(self.incoming, entry.value)
        if not last:
            import shutil

            copy = os.path.join(self.incoming, ".copy-%d" % os.getpid())
            shutil.copyfile(source, copy)
            source = copy
        os.chmod(source, entry.mode)
        return source

    def _note(self, text):
        write_file(os.path.join(self.place, "manifest"), text, durable=False)
        for each in ("next", "changed", "open", "incoming"):
            remove(os.path.join(self.place, each))
        directory(os.path.join(self.place, "open"))
        # What changes from now on has a later time.
        time.sleep(_TICK)
        stamp = os.path.join(self.place, "stamp")
        write_file(stamp, b"", durable=False)
        self._write_state({"manifest": manifest.digest(text), "boot": boot_id(), "stamp": os.stat(stamp).st_ctime_ns})

    def _write_state(self, state):
        write_file(os.path.join(self.place, "state"), json.dumps(state).encode("ascii"), durable=False)

    def begin(self, run):
        """Notes that a run may change something from now on. Returns the time of that."""
        path = os.path.join(self.place, "open", run)
        write_file(path, b"", durable=False)
        return os.stat(path).st_ctime_ns


def kind(mode):
    return "f" if stat.S_ISREG(mode) else "d" if stat.S_ISDIR(mode) else "l" if stat.S_ISLNK(mode) else "?"


def _digest(handle):
    digest = hashlib.sha256()
    with open(handle, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()
