"""Removes what nothing needs any more. Only names that this program gives are ever looked at."""

import os
import re
import time

from . import runs
from .build import BUILDING
from .store import DIGEST, RUN, names, read_json, remove, used_bytes

_INCOMING = re.compile(r"\.incoming-[0-9a-f]+-[0-9]+")
_TOOL = re.compile(r"uv-[0-9A-Za-z.+-]+-[0-9a-f]{16}")


class Collector:
    def __init__(self, store, agent, request):
        self._store = store
        self._agent = os.path.basename(os.path.dirname(agent))
        self._dry_run = request["dry_run"]
        self._keep_runs = request["keep_runs"]
        self._before = time.time() - request["grace_seconds"]
        self.items = []

    def collect(self):
        """What was removed, or would be: runs first, because they hold on to the rest."""
        live_runs = self._runs()
        kept = self._environments()
        self._leftovers()
        needed = {blob for record in kept for blob in record.get("blobs", ())}
        needed |= {entry["sha256"] for request in live_runs for entry in request["files"]}
        self._each(self._store.blobs, DIGEST, "blob", needed, "no environment and no run refers to it")
        tools = {record.get("tool") for record in kept}
        self._each(self._store.tools, _TOOL, "tool", tools, "no environment was built with it")
        self._each(self._store.agents, DIGEST, "agent", {self._agent}, "another version of the agent")
        self._each(self._store.blobs, _INCOMING, "leftover", (), "its transfer was cut off")
        return {"type": "collected", "items": self.items}

    def _runs(self):
        kept = []
        finished = 0
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
            finished += 1
            if finished > self._keep_runs and self._old(place):
                self._drop_run(request, place)
            else:
                kept.append(request)
        return kept

    def _environments(self):
        linked = {digest for _, digest in self._store.links()}
        kept = []
        for digest in names(self._store.environments):
            path = self._store.environment(digest)
            record = read_json(os.path.join(path, "READY"))
            if not DIGEST.fullmatch(digest):
                continue
            if digest in linked or not self._old(path) or not self._remove_unused(digest, path):
                kept.append(record or {})
        return kept

    def _remove_unused(self, digest, path):
        with self._store.lock(digest) as lock, self._store.lock(digest + ".use") as use:
            if not lock.attempt() or not use.attempt():
                return False
            if any(linked == digest for _, linked in self._store.links()):
                return False
            self._drop("environment", path, "no venv refers to it and no run uses it")
            return True

    def _leftovers(self):
        for name in names(self._store.environments):
            match = BUILDING.fullmatch(name)
            if not match:
                continue
            with self._store.lock(match.group(2)) as lock:
                if lock.attempt():
                    self._drop("leftover", os.path.join(self._store.environments, name), "its build was cut off")

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

    def _drop_run(self, request, place):
        """Also what a killed runner could not remove itself."""
        if not self._dry_run:
            for path in request.get("secrets", ()):
                remove(path)
        self._drop("run", place, "older than the %d newest" % self._keep_runs)

    def _drop(self, kind, path, reason):
        size = used_bytes(path) if os.path.isdir(path) else os.lstat(path).st_blocks * 512
        self.items.append({"kind": kind, "path": path, "bytes": size, "reason": reason})
        if not self._dry_run:
            remove(path)


def remove_venv(store, name):
    """Takes the venv link away, and its environment when nothing else needs that."""
    digest = store.linked(name)
    answer = {"type": "removed", "link": digest is not None, "environment": False, "reason": ""}
    if digest is None:
        return {**answer, "reason": "there is no venv of this name"}
    with store.lock(digest) as lock, store.lock(digest + ".use") as use:
        free = lock.attempt()
        os.unlink(store.link(name))
        if any(linked == digest for _, linked in store.links()):
            return {**answer, "reason": "another venv uses the environment"}
        if not free or not use.attempt():
            return {**answer, "reason": "the environment is in use"}
        remove(store.environment(digest))
    return {**answer, "environment": True}
