"""Unpacks a collection's tarball, trusting nothing in it."""

import hashlib
import json
import os
import tarfile

from .errors import AgentError


class Refused(AgentError):
    def __init__(self, tarball, why):
        super().__init__("build-failed", "the collection tarball %s is refused: %s" % (os.path.basename(tarball), why))


def install(tarball, name, version, site_packages):
    """Unpacks into `ansible_collections/<namespace>/<name>` and checks every file against FILES.json."""
    target = os.path.join(site_packages, "ansible_collections", *name.split("."))
    os.makedirs(target, 0o700)
    links = []
    try:
        with tarfile.open(tarball, "r:gz") as archive:
            for member in archive:
                path = _path(member, target, tarball)
                if member.isdir():
                    os.makedirs(path, 0o700, exist_ok=True)
                elif member.isreg():
                    _write(archive, member, path)
                elif member.issym():
                    links.append((path, member.linkname))
                else:
                    raise Refused(tarball, "the member %r is neither file, directory nor link" % member.name)
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise Refused(tarball, str(error)) from error
    _link(links, target, tarball)
    check(target, name, version, tarball)


def _path(member, target, tarball):
    parts = member.name.split("/")
    while parts and parts[0] == ".":
        parts.pop(0)
    if any(part in ("", ".", "..") or "\0" in part for part in parts) or (not parts and not member.isdir()):
        raise Refused(tarball, "the member %r leaves the collection" % member.name)
    return os.path.join(target, *parts)


def _write(archive, member, path):
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    mode = 0o700 if member.mode & 0o100 else 0o600
    source = archive.extractfile(member)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as file:
        for piece in iter(lambda: source.read(1 << 18), b""):
            file.write(piece)


def _link(links, target, tarball):
    """Links come last, so that nothing is written through one, and are judged when all of them stand."""
    for path, pointed in links:
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
        os.symlink(pointed, path)
    for path, pointed in links:
        if os.path.isabs(pointed) or not _inside(path, target):
            raise Refused(tarball, "the link %r to %r leaves the collection" % (os.path.relpath(path, target), pointed))


def _inside(path, target):
    real = os.path.realpath(path)
    root = os.path.realpath(target)
    return real == root or real.startswith(root + os.sep)


def check(target, name, version, origin):
    """Holds the unpacked files against MANIFEST.json and FILES.json. Raises AgentError at the first difference."""
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
    for entry in _json(files_bytes, "FILES.json", origin).get("files") or []:
        if entry.get("ftype") == "file":
            _check_file(target, entry, origin)


def _check_file(target, entry, origin):
    path = os.path.join(target, str(entry.get("name")))
    if not _inside(path, target):
        raise Refused(origin, "FILES.json names %r" % entry.get("name"))
    content = _read(target, str(entry.get("name")), origin)
    if hashlib.sha256(content).hexdigest() != entry.get("chksum_sha256"):
        raise Refused(origin, "%s is not what FILES.json says" % entry.get("name"))


def _read(target, name, origin):
    try:
        with open(os.path.join(target, name), "rb") as file:
            return file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Refused(origin, "%s is missing" % name) from None


def _json(content, name, origin):
    try:
        value = json.loads(content.decode("utf-8"))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Refused(origin, "%s cannot be read" % name)
    return value
