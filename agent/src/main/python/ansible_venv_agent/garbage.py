"""Removes what nothing needs any more. Only names that this program gives are ever looked at."""

import contextlib
import os
import re
import time

from . import history, processes, runs, shared, warm
from .build import BUILDING
from .store import CONTENTS, DIGEST, PROJECT, RUN, Returned, names, read_json, remove, write_file

_INCOMING = re.compile(r"\.incoming-[0-9a-f]+-[0-9]+")
_TOOL = re.compile(r"uv-[0-9A-Za-z.+-]+-[0-9a-f]{16}")


class Collector:
    def __init__(self, store, agent, request):
        self._store = store
        self._agent = os.path.basename(os.path.dirname(agent))
        self._dry_run = request["dry_run"]
        self._keep_runs = request["keep_runs"]
        self._before = time.time() - request["grace_seconds"]
        self._every = request.get("every_seconds", 0)
        without = set(request.get("without", ()))
        self._links = {name: digest for name, digest in store.links() if name not in without}
        self._foreseen = []
        self._locks = contextlib.ExitStack()
        self._attempts = {}
        self._items = []

    def collect(self):
        """What was removed, or would be. All is decided before anything goes, so that both answers are one."""
        if self._is_recent():
            return {"type": "collected", "items": []}
        with self._locks:
            live_runs = self._runs()
            kept = self._environments()
            self._projects(live_runs)
            self._leftovers()
            self._places()
            if self._alone(CONTENTS):
                self._contents(kept, live_runs)
            tools = {record.get("tool") for record in kept}
            self._each(self._store.tools, _TOOL, "tool", tools, "no environment was built with it")
            self._each(self._store.agents, DIGEST, "agent", {self._agent}, "another version of the agent")
            self._each(self._store.blobs, _INCOMING, "leftover", (), "its transfer was cut off")
            return {"type": "collected", "items": list(self._answers())}

    def _is_recent(self):
        """Whether it is too early to look again."""
        if self._dry_run:
            return False
        marker = os.path.join(self._store.root, "collected")
        try:
            if time.time() - self._every < os.lstat(marker).st_mtime <= time.time():
                return True
        except FileNotFoundError:
            pass
        write_file(marker, b"", durable=False)
        return False

    def _answers(self):
        returned = Returned()
        for path in self._foreseen:
            returned.of(path)
        answers = [
            {"kind": kind, "path": path, "bytes": returned.of(path), "reason": reason}
            for kind, path, reason in self._items
        ]
        for kind, path, _ in () if self._dry_run else self._items:
            if kind == "run":
                history.forget(path)
            else:
                remove(path)
        return answers

    def _runs(self):
        kept = []
        finished = {}
        for name in reversed(names(self._store.runs)):
            place = self._store.run(name)
            request = read_json(os.path.join(place, "request.json"))
            if not RUN.fullmatch(name):
                continue
            if request is None:
                if self._old(place):
                    self._drop("leftover", place, "it was never started")
                continue
            if runs.state(place) is None:
                kept.append(request)
                continue
            finished[name] = request
        venvs = [(name, request.get("venv")) for name, request in finished.items()]
        surplus = set(history.surplus(venvs, self._keep_runs, self._links))
        for name, request in finished.items():
            if name in surplus and self._old(self._store.run(name)):
                self._drop("run", self._store.run(name), "older than the %d newest" % self._keep_runs)
            else:
                kept.append(request)
        return kept

    def _projects(self, live_runs):
        """A project's directory is kept as long as one of its runs is."""
        used = {os.path.basename((request.get("seen") or {}).get("place", "")) for request in live_runs}
        for name in names(self._store.projects):
            path = os.path.join(self._store.projects, name)
            match = PROJECT.fullmatch(name)
            if match and name not in used and self._old(path) and self._alone("project-" + match.group(1)):
                self._drop("project", path, "no run of it is left")

    def _environments(self):
        """The records of those that stay. One that nobody refers to needs no grace: whoever builds or links it holds its lock."""
        kept = []
        for digest in names(self._store.environments):
            path = self._store.environment(digest)
            if not DIGEST.fullmatch(digest):
                continue
            if digest in self._links.values() or not self._unused(digest):
                kept.append(read_json(os.path.join(path, "READY")) or {})
            elif any(linked == digest for _, linked in self._store.links()):
                self._foreseen.append(path)
            else:
                self._drop("environment", path, "no venv refers to it and no run uses it")
                if not self._dry_run:
                    warm.end(self._store, digest)
        return kept

    def _unused(self, digest):
        return self._alone(digest) and self._alone(digest + ".use")

    def _alone(self, name):
        """Whether nobody else holds the lock; it is held until everything is removed."""
        if name not in self._attempts:
            self._attempts[name] = self._locks.enter_context(self._store.lock(name)).attempt()
        return self._attempts[name]

    def _leftovers(self):
        for place, description in warm.starters(self._store):
            if not processes.alive(description) and self._old(place):
                self._drop("leftover", place, "its warm starter has ended")
        for name in names(self._store.environments):
            match = BUILDING.fullmatch(name)
            if match and self._alone(match.group(2)):
                self._drop("leftover", os.path.join(self._store.environments, name), "its build was cut off")

    def _places(self):
        for place, reason in shared.left(self._store):
            digests = names(os.path.join(place, "envs"))
            if self._old(place) and all(self._unused(digest) for digest in digests if DIGEST.fullmatch(digest)):
                self._drop("leftover", place, reason)

    def _contents(self, kept, live_runs):
        """What builds share. No build is at work, but content may have been sent for one: it has its grace."""
        packages = {key for record in kept for key in record.get("packages", ())}
        self._each(self._store.packages, DIGEST, "package", packages, "no environment holds it")
        collections = {each.get("sha256") for record in kept for each in record.get("collections", ())}
        self._each(self._store.collections, DIGEST, "collection", collections, "no environment holds it")
        needed = {blob for record in kept for blob in record.get("blobs", ())}
        needed |= {entry["sha256"] for request in live_runs for entry in request["blobs"]}
        self._each(self._store.blobs, DIGEST, "blob", needed, "no environment and no run refers to it")
        cache = self._store.installer_cache
        if not kept and os.path.isdir(cache) and not os.path.islink(cache) and self._old(cache):
            self._drop("leftover", cache, "the installer's downloads, and no environment is left")

    def _each(self, parent, pattern, kind, needed, reason):
        for name in names(parent):
            path = os.path.join(parent, name)
            if pattern.fullmatch(name) and name not in needed and self._old(path):
                self._drop(kind, path, reason)

    def _old(self, path):
        try:
            return os.lstat(path).st_mtime <= self._before
        except FileNotFoundError:
            return False

    def _drop(self, kind, path, reason):
        self._items.append((kind, path, reason))


def remove_venv(store, name):
    """Takes the venv link away, and its environment when nothing else needs that. One that a run is in stays."""
    digest = store.linked(name)
    answer = {"type": "removed", "link": digest is not None, "environment": False, "in_use": False, "reason": ""}
    if digest is None:
        return {**answer, "reason": "there is no venv of this name"}
    if any(run["venv"] == name and run["status"] == "running" for run in runs.listing(store)):
        return {**answer, "in_use": True, "reason": "a run is in it"}
    os.unlink(store.link(name))
    if any(linked == digest for _, linked in store.links()):
        return {**answer, "reason": "another venv uses the environment"}
    remove_environment(store, digest)
    if os.path.isdir(store.environment(digest)):
        return {**answer, "reason": "the environment is in use"}
    return {**answer, "environment": True}


def remove_environment(store, digest):
    """Removes an environment that no venv and no run is in. False where somebody is just building, linking or removing it."""
    with store.lock(digest) as lock, store.lock(digest + ".use") as use:
        if not lock.attempt():
            return False
        if not any(linked == digest for _, linked in store.links()) and use.attempt():
            warm.end(store, digest)
            # Half of one must not pass for a whole one.
            remove(os.path.join(store.environment(digest), "READY"))
            remove(store.environment(digest))
    return True
