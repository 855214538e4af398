"""Builds an environment from its lock: privately, then published by one rename, or not at all."""

import contextlib
import errno
import hashlib
import json
import os
import re
import time

from . import blobs, collection, environment, lockfile, pythons, shared, warm
from .assembly import Assembly
from .errors import AgentError
from .facts import c_library, existing, free_bytes
from .installer import Installer, prepare
from .store import CONTENTS, flush, names, open_directory, read_json, remove, used_bytes, write_file

BUILDING = re.compile(r"\.(building|replaced)-([0-9a-f]{64})-[0-9a-f]{16}")


def build(store, channel, request, progress):
    """Builds what `request` describes unless it is there, links the venv to it, and returns the answer.

    The answer may be that content is missing; the request is repeated when it has been sent.
    """
    store.linked(request["venv"])
    shared.prepare(store)
    with store.lock(CONTENTS) as contents:
        _acquire(contents, channel, progress, "for a clean-up of the store", shared=True)
        lacking = _lacking(store, request)
        if lacking:
            return _need(lacking)
        return _Build(store, channel, request, progress, contents).answer()


def _need(lacking):
    return {"type": "need-blobs", "blobs": lacking}


def _lacking(store, request):
    wanted = [request["pylock"]]
    wanted += [each["sha256"] for each in request["collections"] if _unusable(store, request, each)]
    if not os.path.exists(tool_path(store, request["uv"])):
        wanted.append(request["uv"]["sha256"])
    return blobs.missing(store, wanted)


def _unusable(store, request, each):
    kept = store.collection(each["sha256"])
    return not os.path.isdir(kept) or bool(request.get("rebuild")) and collection.changed(kept, each)


def environment_digest(lock, python):
    """Names an environment: equal inputs give an equal environment, so all venvs of a host share it."""
    parts = [lock, python["version"], *_platform(python)]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def _platform(python):
    system = os.uname()
    return [os.path.realpath(python["path"]), system.sysname, system.machine, *c_library()[:1]]


def tool_path(store, uv):
    return os.path.join(store.tools, "uv-%s-%s" % (uv["version"], uv["sha256"][:16]))


def _acquire(lock, channel, progress, reason, shared=False):
    told = False
    while not lock.attempt(shared):
        if not told:
            progress("waiting", reason)
            told = True
        channel.check()
        channel.wait(0.05)


class _Build:
    """One request whose lock, collections and installer are here."""

    def __init__(self, store, channel, request, progress, contents):
        self._began = time.monotonic()
        self._store = store
        self._channel = channel
        self._request = request
        self._progress = progress
        self._contents = contents
        with open(blobs.verified(store, request["pylock"]), encoding="utf-8") as file:
            self._pylock = file.read()
        progress("python", "looking for a Python the lock allows")
        self._python = pythons.choose(store, request.get("python", ""), pythons.requires_python(self._pylock))
        self._packages = lockfile.packages(self._pylock, self._python, _platform(self._python))
        self._digest = environment_digest(request["lock"], self._python)

    def answer(self):
        name = self._request["venv"]
        with self._store.lock(self._digest) as lock:
            _acquire(lock, self._channel, self._progress, "for another build of the same environment")
            rebuild = self._request.get("rebuild")
            reason = "a rebuild was asked for" if rebuild else environment.problem(self._store, self._digest)
            if reason:
                wheels = self._wheels()
                sent = [each["sha256"] for files in wheels.values() for each in files]
                lacking = blobs.missing(self._store, sent)
                if lacking:
                    return _need(lacking)
                self._tell_of_failure()
                try:
                    self._build_and_publish(wheels, lock)
                    self._forget_failure()
                except AgentError as error:
                    self._remember_failure(error)
                    raise
                except OSError as error:
                    # Another build may have used the content up meanwhile.
                    if error.errno == errno.ENOENT:
                        lacking = _lacking(self._store, self._request) + blobs.missing(self._store, sent)
                    if lacking:
                        return _need(lacking)
                    raise blobs.storing_failed(error) from error
            self._store.publish_link(name, self._digest)
        return environment.answer(self._store, name, self._digest, "built" if reason else "linked", reason)

    def _failure(self):
        """Where it is noted why this environment could not be built."""
        return os.path.join(self._store.locks, self._digest + ".failed.json")

    def _tell_of_failure(self):
        failure = read_json(self._failure())
        if failure:
            ago = max(0, int(time.time() - failure["time"]))
            spent = "%d s" % ago if ago < 120 else "%d minutes" % (ago // 60) if ago < 7200 else "%d hours" % (ago // 3600)
            self._progress("packages", "this failed %s ago, and is tried again: %s" % (spent, failure["message"]))

    def _remember_failure(self, error):
        if error.code != "build-failed":
            return
        failure = {"time": time.time(), "message": error.message.splitlines()[0][:300]}
        # Told for convenience only.
        with contextlib.suppress(OSError):
            write_file(self._failure(), json.dumps(failure).encode("ascii"), durable=False)

    def _forget_failure(self):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._failure())

    def _wheels(self):
        """What was offered for the packages that the store lacks. Raises AgentError when there is nothing for one."""
        offered = {each["sha256"]: each for each in self._request.get("wheels", ())}
        wheels = {}
        for package in self._packages if "wheels" in self._request else ():
            kept = package.key and os.path.isdir(self._store.package(package.key))
            if package.applies is False or kept and not self._request.get("rebuild"):
                continue
            fitting = [offered[each] for each in package.hashes if each in offered]
            if fitting:
                wheels[package] = fitting
            elif package.applies:
                raise AgentError(
                    "build-failed",
                    "no wheel was sent for %s %s, and nothing may be fetched" % (package.name, package.version),
                    "send one that fits Python %s on this host" % self._python["version"],
                )
        return wheels

    def _build_and_publish(self, wheels, lock):
        store, digest = self._store, self._digest
        _remove_leftovers(store, digest)
        self._check_space()
        private = os.path.join(open_directory(store.environments), ".building-%s-%s" % (digest, os.urandom(8).hex()))
        os.mkdir(private, 0o700)
        try:
            self._assemble(wheels, lock, private)
            target = store.environment(digest)
            if os.path.lexists(target):
                warm.end(store, digest)
                os.rename(target, os.path.join(store.environments, ".replaced-%s-%s" % (digest, os.urandom(8).hex())))
            os.rename(private, target)
            flush(store.environments)
            self._remove_used_up(wheels)
        finally:
            remove(private)
            _remove_leftovers(store, digest)

    def _assemble(self, wheels, lock, private):
        request = self._request
        tool = tool_path(self._store, request["uv"])
        uv = prepare(self._store, request["uv"], tool)
        locks, offline = [lock, self._contents], "wheels" in request
        installer = Installer(self._store, self._channel, uv, request["settings"], locks, self._progress, offline)
        with installer.tasks:
            assembly = Assembly(
                self._store, installer, request, self._python, self._packages, wheels, private, self._progress
            )
            record = assembly.make(self._pylock)
        venv = os.path.join(private, "venv")
        record.update(
            environment=self._digest,
            tool=os.path.basename(tool),
            bytes=used_bytes(venv),
            files=sum(len(files) for _, _, files in os.walk(venv)),
            created=time.time(),
            seconds=time.monotonic() - self._began,
        )
        shared.make_readable(venv)
        os.chmod(private, 0o755)
        self._progress("publishing", self._digest)
        _sync(private)
        assembly.publish()
        for name in names(private):
            if name not in ("venv", "pylock.toml"):
                remove(os.path.join(private, name))
        write_file(os.path.join(private, "pylock.toml"), self._pylock.encode("utf-8"))
        write_file(os.path.join(private, "READY"), json.dumps(record, indent=1).encode("ascii"))

    def _remove_used_up(self, wheels):
        """Tarballs and wheels are in the store in another form now."""
        used = [each["sha256"] for sent in wheels.values() for each in sent]
        used += [each["sha256"] for each in self._request["collections"]]
        for each in used:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._store.blob(each))

    def _check_space(self):
        """An estimate from the lock's sizes; a disk that fills up all the same leaves nothing behind."""
        store = self._store
        for place in (store.root, store.shared):
            if os.statvfs(existing(place)).f_flag & os.ST_NOEXEC:
                raise AgentError(
                    "not-writable",
                    "%s is on a file system that lets nothing be executed (noexec)" % place,
                    blobs.ANOTHER_PLACE,
                )
        lacking = [each for each in self._packages if not (each.key and os.path.isdir(store.package(each.key)))]
        downloads = sum(lockfile.download_bytes(each) for each in lacking if each.applies is not False)
        tarballs = 0
        for each in self._request["collections"]:
            with contextlib.suppress(FileNotFoundError):
                tarballs += os.path.getsize(store.blob(each["sha256"]))
        needed = 6 * downloads + 8 * tarballs
        free = free_bytes(store.shared)
        if free < needed:
            raise AgentError(
                "no-space",
                "the environment needs about %d MB below %s, %d MB are free" % (needed >> 20, store.shared, free >> 20),
                "make room there, or " + blobs.ANOTHER_PLACE,
            )


def _remove_leftovers(store, digest):
    """Only ever called by the holder of this environment's lock: what is found has no builder any more."""
    for name in names(store.environments):
        match = BUILDING.fullmatch(name)
        if match and match.group(2) == digest:
            remove(os.path.join(store.environments, name))


def _sync(path):
    """Everything is on the disk before READY says so. One call for the file system beats one a file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        import ctypes

        if ctypes.CDLL(None, use_errno=True).syncfs(handle) != 0:
            failure = ctypes.get_errno()
            raise OSError(failure or errno.EIO, os.strerror(failure), path)
    except (ImportError, AttributeError):
        os.sync()
    finally:
        os.close(handle)
