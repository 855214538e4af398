"""Content by its SHA-256, verified on arrival."""

import errno
import hashlib
import os

from .errors import AgentError, ConnectionLost
from .facts import existing
from .frames import BLOB
from .store import directory, flush, remove

ANOTHER_PLACE = "name another directory for everything we keep here: `ansible_venv_home` in the inventory"


def missing(store, digests):
    """Those that are not here. The others are marked as wanted now, so that garbage collection leaves them."""
    lacking = []
    for digest in dict.fromkeys(digests):
        try:
            os.utime(store.blob(digest))
        except FileNotFoundError:
            lacking.append(digest)
    return lacking


def receive(store, channel, request, blobs, into=None):
    """Takes the announced blobs off the stream, in order; every byte of them, also when one is refused.

    `into` is the name of a project's directory: they are moved to their places there soon, and need not outlive a crash before.
    """
    place = directory(store.blobs if into is None else os.path.join(store.projects, into, "incoming"))
    refused = None
    spill = b""
    for blob in blobs:
        failure, spill = _receive_one(place, channel, request, blob, spill, into is None)
        refused = refused or failure
    if spill:
        refused = refused or AgentError("invalid-message", "more bytes than announced")
    if into is None:
        flush(place)
    if refused:
        raise refused


def _receive_one(place, channel, request, blob, spill, durable):
    temporary = os.path.join(place, ".incoming-%s-%d" % (blob["sha256"], os.getpid()))
    digest = hashlib.sha256()
    left = blob["size"]
    failure = None
    file = None
    try:
        try:
            file = open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        except OSError as error:
            failure = storing_failed(error)
        while left:
            data = spill or memoryview(_next_piece(channel, request))
            piece, spill = data[:left], data[left:]
            left -= len(piece)
            digest.update(piece)
            if file and not failure:
                try:
                    file.write(piece)
                except OSError as error:
                    failure = storing_failed(error)
        if file and not failure:
            failure = _keep(place, file, temporary, blob["sha256"], digest.hexdigest(), durable)
    finally:
        if file:
            try:
                file.close()
            except OSError as error:
                failure = failure or storing_failed(error)
        remove(temporary)
    return failure, spill


def _keep(place, file, temporary, expected, actual, durable):
    if actual != expected:
        return AgentError("blob-corrupt", "content arrived with SHA-256 %s instead of %s" % (actual, expected))
    try:
        file.flush()
        if durable:
            os.fsync(file.fileno())
        os.rename(temporary, os.path.join(place, expected))
    except OSError as error:
        return storing_failed(error)
    return None


def _next_piece(channel, request):
    frame = channel.next()
    if frame is None:
        raise ConnectionLost()
    if frame.kind != BLOB or frame.id != request:
        raise AgentError("invalid-message", "expected bytes of the announced blobs")
    return frame.payload


def verified(store, sha256):
    """The path of a blob whose content still is what its name says."""
    path = store.blob(sha256)
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    if digest.hexdigest() != sha256:
        remove(path)
        raise AgentError("blob-corrupt", "%s was damaged on this host's disk; it is removed" % path, "try again")
    return path


def storing_failed(error):
    place = error.filename or "the store"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AgentError("no-space", "no %s left below %s" % (lacking_of(place), place), "make room there, or " + ANOTHER_PLACE)
    if error.errno == errno.EROFS:
        return AgentError("not-writable", "%s is on a read-only file system" % place, ANOTHER_PLACE)
    return AgentError("not-writable", str(error), "make it writable, or " + ANOTHER_PLACE)


def lacking_of(place):
    """A file system that is full with megabytes free is out of inodes."""
    try:
        space = os.statvfs(existing(place))
    except OSError:
        return "space"
    return "inodes" if space.f_bavail * space.f_frsize > 1 << 23 else "space"
