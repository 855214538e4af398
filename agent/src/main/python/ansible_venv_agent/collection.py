"""Unpacks a collection's tarball, trusting nothing in it."""

import hashlib
import json
import os

from . import archive, shared
from .errors import AgentError
from .store import names, remove


class Refused(AgentError):
    def __init__(self, tarball, why):
        super().__init__("build-failed", "the collection tarball %s is refused: %s" % (os.path.basename(tarball), why))


_LARGEST_METADATA = 32 << 20

# What only a collection's developers use. Entries whose names begin with a dot are left out, too.
_LEFT_OUT = ("tests", "docs", "changelogs")

# Ansible reads modules as source, and imports the others through a loader that keeps no bytecode.
_WITHOUT_BYTECODE = ("modules", "module_utils", "plugin_utils")


def unpack(tarball, name, version, target):
    """Unpacks what a run can use into `target`, and checks every file of it against FILES.json."""
    try:
        unpacked = archive.unpack(tarball, target, left_out)
        if unpacked.skipped and any(not os.path.exists(path) for path, _ in unpacked.links):
            # Something that is kept may point at what was left out.
            remove(target)
            archive.unpack(tarball, target, lambda parts: False)
    except archive.Refused as error:
        raise Refused(tarball, str(error)) from error
    check(target, name, version, tarball)


def changed(target, each):
    """Whether an unpacked collection is no longer what it was."""
    try:
        check(target, each["name"], each["version"], each["name"])
    except (AgentError, OSError):
        return True
    return False


def left_out(parts):
    return parts[0] in _LEFT_OUT or parts[0].startswith(".")


def sources(target):
    """The plugin files that Ansible loads by their path, and so with bytecode that lies beside them."""
    plugins = os.path.join(target, "plugins")
    for kind in names(plugins):
        if kind not in _WITHOUT_BYTECODE:
            for parent, _, files in os.walk(os.path.join(plugins, kind)):
                yield from (os.path.join(parent, name) for name in files if name.endswith(".py"))


def close(target):
    """Makes directories read-only, as the files are already, and all of it readable to everybody.

    A run that writes beside a plugin must not change it for others.
    """
    shared.make_readable(target)
    for parent, directories, _ in os.walk(target):
        for each in directories:
            path = os.path.join(parent, each)
            if not os.path.islink(path):
                os.chmod(path, 0o555)


def _inside(path, target):
    real = os.path.realpath(path)
    root = os.path.realpath(target)
    return real == root or real.startswith(root + os.sep)


def check(target, name, version, origin):
    """Holds the unpacked files against MANIFEST.json and FILES.json. Raises AgentError at the first difference."""
    files = identify(target, name, version, origin)
    here = set(names(target))
    for entry in files:
        if entry.get("ftype") == "file":
            parts = str(entry.get("name")).split("/")
            if parts[0] in here or not left_out(parts):
                _check_file(target, entry, origin)


def identify(target, name, version, origin):
    """The entries of FILES.json. Raises AgentError when this is not the collection in that version."""
    manifest_bytes = _read(target, "MANIFEST.json", origin)
    manifest = _json(manifest_bytes, "MANIFEST.json", origin)
    information = manifest.get("collection_info") or {}
    found = "%s.%s %s" % (information.get("namespace"), information.get("name"), information.get("version"))
    if found != "%s %s" % (name, version):
        raise Refused(origin, "it holds %s, the lock says %s %s" % (found, name, version))
    listing = manifest.get("file_manifest_file") or {}
    files_bytes = _read(target, "FILES.json", origin)
    if listing.get("chksum_sha256") not in (None, hashlib.sha256(files_bytes).hexdigest()):
        raise Refused(origin, "FILES.json is not the one its manifest names")
    return _json(files_bytes, "FILES.json", origin).get("files") or []


def _check_file(target, entry, origin):
    path = os.path.join(target, str(entry.get("name")))
    if not _inside(path, target):
        raise Refused(origin, "FILES.json names %r" % entry.get("name"))
    if _sha256(target, str(entry.get("name")), origin) != entry.get("chksum_sha256"):
        raise Refused(origin, "%s is not what FILES.json says" % entry.get("name"))


def _sha256(target, name, origin):
    digest = hashlib.sha256()
    with _open(target, name, origin) as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def _read(target, name, origin):
    with _open(target, name, origin) as file:
        content = file.read(_LARGEST_METADATA + 1)
    if len(content) > _LARGEST_METADATA:
        raise Refused(origin, "%s is too large" % name)
    return content


def _open(target, name, origin):
    path = os.path.join(target, name)
    if not os.path.isfile(path):
        raise Refused(origin, "%s is missing" % name)
    return open(path, "rb")


def _json(content, name, origin):
    try:
        value = json.loads(content.decode("utf-8"))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Refused(origin, "%s cannot be read" % name)
    return value
