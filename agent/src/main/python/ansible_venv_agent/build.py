"""Builds an environment from its lock: privately, then published by one rename, or not at all."""

import errno
import hashlib
import json
import os
import re
import time

from . import blobs, collection, environment, pythons
from .errors import AgentError
from .facts import c_library, free_bytes, utf8_locale
from .installer import Installer, prepare
from .store import directory, flush, names, remove, used_bytes, write_file

BUILDING = re.compile(r"\.(building|replaced)-([0-9a-f]{64})-[0-9a-f]{16}")


def needed_blobs(store, request):
    wanted = [request["pylock"]] + [each["sha256"] for each in request["collections"]]
    if not os.path.exists(tool_path(store, request["uv"])):
        wanted.append(request["uv"]["sha256"])
    return blobs.missing(store, wanted)


def build(store, channel, request, progress):
    """Builds what `request` describes unless it is there, links the venv to it, and returns the answer."""
    store.linked(request["venv"])
    pylock = _pylock(store, request)
    progress("python", "looking for a Python the lock allows")
    python = pythons.choose(request.get("python", ""), pythons.requires_python(pylock))
    digest = environment_digest(request["lock"], python)
    with store.lock(digest) as lock:
        _acquire(lock, channel, progress)
        reason = "a rebuild was asked for" if request.get("rebuild") else environment.problem(store, digest)
        status = "linked"
        if reason:
            status = "built"
            try:
                _build_and_publish(store, channel, request, progress, python, digest, lock)
            except OSError as error:
                raise blobs.storing_failed(error) from error
        store.publish_link(request["venv"], digest)
    return environment.answer(store, request["venv"], digest, status, reason)


def environment_digest(lock, python):
    """Names an environment: equal inputs give an equal environment, so all venvs of a host share it."""
    system = os.uname()
    parts = [lock, python["version"], os.path.realpath(python["path"]), system.sysname, system.machine, *c_library()[:1]]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def tool_path(store, uv):
    return os.path.join(store.tools, "uv-%s-%s" % (uv["version"], uv["sha256"][:16]))


def _pylock(store, request):
    with open(blobs.verified(store, request["pylock"]), encoding="utf-8") as file:
        return file.read()


def _acquire(lock, channel, progress):
    told = False
    while not lock.attempt():
        if not told:
            progress("waiting", "for another build of the same environment")
            told = True
        channel.check()
        channel.wait(0.05)


def _build_and_publish(store, channel, request, progress, python, digest, lock):
    _remove_leftovers(store, digest)
    _check_space(store, request)
    private = os.path.join(
        directory(store.environments), ".building-%s-%s" % (digest, os.urandom(8).hex())
    )
    os.mkdir(private, 0o700)
    try:
        record = _build(store, channel, request, progress, python, private, lock)
        record["environment"] = digest
        progress("publishing", digest)
        _sync(private)
        write_file(os.path.join(private, "READY"), json.dumps(record, indent=1).encode("ascii"))
        target = store.environment(digest)
        if os.path.lexists(target):
            os.rename(target, os.path.join(store.environments, ".replaced-%s-%s" % (digest, os.urandom(8).hex())))
        os.rename(private, target)
        flush(store.environments)
    finally:
        remove(private)
        _remove_leftovers(store, digest)


def _build(store, channel, request, progress, python, private, lock):
    venv = os.path.join(private, "venv")
    pylock = os.path.join(private, "pylock.toml")
    write_file(pylock, _pylock(store, request).encode("utf-8"), durable=False)
    uv = prepare(store, request["uv"], tool_path(store, request["uv"]))
    installer = Installer(store, channel, uv, request["settings"], lock, progress)
    installer.create_venv(venv, python["path"])
    interpreter = os.path.join(venv, "bin", "python")
    site_packages = _site_packages(venv, python)
    progress("packages", "installing from the lock")
    installer.install(interpreter, pylock)
    for each in request["collections"]:
        progress("collections", "%s %s" % (each["name"], each["version"]))
        channel.check()
        collection.install(blobs.verified(store, each["sha256"]), each["name"], each["version"], site_packages)
    progress("checks", "ansible-playbook, packages, collections")
    core = _check(installer, venv, interpreter)
    relative = os.path.relpath(site_packages, venv)
    vital = ["bin/ansible-playbook", os.path.join(relative, "ansible", "release.py")]
    vital += [os.path.join(relative, "ansible_collections", *each["name"].split("."), "MANIFEST.json") for each in request["collections"]]
    return {
        "lock": request["lock"],
        "python": python,
        "ansible_core": core,
        "site_packages": relative,
        "interpreter": environment.identity(interpreter),
        "vital": vital,
        "collections": [{"name": each["name"], "version": each["version"]} for each in request["collections"]],
        "blobs": [request["pylock"]] + [each["sha256"] for each in request["collections"]],
        "tool": os.path.basename(tool_path(store, request["uv"])),
        "bytes": used_bytes(private),
        "files": sum(len(files) for _, _, files in os.walk(venv)),
        "created": time.time(),
    }


def _site_packages(venv, python):
    minor = ".".join(python["version"].split(".")[:2])
    return os.path.join(venv, "lib", "python" + minor, "site-packages")


def _check(installer, venv, interpreter):
    """The environment must do what it is for before anybody can see it."""
    installer.check(interpreter)
    playbook = os.path.join(venv, "bin", "ansible-playbook")
    if not os.path.exists(playbook):
        raise AgentError("lock-invalid", "the lock does not hold ansible-core", "lock again")
    output = installer.run("ansible-playbook --version", [playbook, "--version"], {"LANG": utf8_locale()})
    match = re.search(r"\[core ([^\]\s]+)", output)
    if not match:
        raise AgentError("build-failed", "`ansible-playbook --version` says no version: " + output[:500])
    return match.group(1)


def _check_space(store, request):
    """An estimate from the lock's sizes; a disk that fills up all the same leaves nothing behind."""
    packages = _pylock(store, request).split("[[packages]]")[1:]
    sizes = [[int(size) for size in re.findall(r"\bsize = (\d+)", package)] for package in packages]
    wheels = sum(max(each) for each in sizes if each)
    tarballs = sum(os.path.getsize(store.blob(each["sha256"])) for each in request["collections"])
    needed = 6 * wheels + 8 * tarballs
    free = free_bytes(store.root)
    if free < needed:
        raise AgentError(
            "no-space",
            "the environment needs about %d MB below %s, %d MB are free" % (needed >> 20, store.root, free >> 20),
            "free some space",
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
