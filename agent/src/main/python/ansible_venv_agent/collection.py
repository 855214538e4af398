"""Unpacks a collection's tarball, trusting nothing in it."""

import hashlib
import json
import os
import tarfile
import zlib

from .errors import AgentError
from .store import names


class Refused(AgentError):
    def __init__(self, tarball, why):
        super().__init__("build-failed", "the collection tarball %s is refused: %s" % (os.path.basename(tarball), why))


# What only a collection's developers use. Entries whose names begin with a dot are left out, too.
_LEFT_OUT = ("tests", "docs", "changelogs")

# Ansible reads modules as source, and imports the others through a loader that keeps no bytecode.
_WITHOUT_BYTECODE = ("modules", "module_utils", "plugin_utils")


def unpack(tarball, name, version, target):
    """Unpacks what a run can use into `target`, and checks every file of it against FILES.json."""
    links, skipped = _extract(tarball, target, left_out)
    if skipped and any(not os.path.exists(path) for path, _ in links):
        # Something that is kept may point at what was left out.
        import shutil

        shutil.rmtree(target)
        links, _ = _extract(tarball, target, lambda parts: False)
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


def _extract(tarball, target, unwanted):
    """Returns the links, and whether something unwanted was in the tarball."""
    os.makedirs(target, 0o700)
    links = []
    skipped = False
    try:
        with tarfile.open(tarball, "r:gz") as archive:
            for member in archive:
                parts = _parts(member, tarball)
                path = os.path.join(target, *parts)
                if parts and unwanted(parts):
                    skipped = True
                elif member.isdir():
                    os.makedirs(path, 0o700, exist_ok=True)
                elif member.isreg():
                    _write(archive, member, path)
                elif member.issym():
                    links.append((path, member.linkname))
                else:
                    raise Refused(tarball, "the member %r is neither file, directory nor link" % member.name)
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise Refused(tarball, str(error)) from error
    _link(links, target, tarball)
    return links, skipped


def sources(target):
    """The plugin files that Ansible loads by their path, and so with bytecode that lies beside them."""
    plugins = os.path.join(target, "plugins")
    for kind in names(plugins):
        if kind not in _WITHOUT_BYTECODE:
            for parent, _, files in os.walk(os.path.join(plugins, kind)):
                yield from (os.path.join(parent, name) for name in files if name.endswith(".py"))


def close(target):
    """Makes directories read-only, as the files are already: a run that writes beside a plugin must not change it for others."""
    for parent, directories, _ in os.walk(target):
        for each in directories:
            path = os.path.join(parent, each)
            if not os.path.islink(path):
                os.chmod(path, 0o500)


def _parts(member, tarball):
    parts = member.name.split("/")
    while parts and parts[0] == ".":
        parts.pop(0)
    if any(part in ("", ".", "..") or "\0" in part for part in parts) or (not parts and not member.isdir()):
        raise Refused(tarball, "the member %r leaves the collection" % member.name)
    return parts


def _write(archive, member, path):
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    mode = 0o500 if member.mode & 0o100 else 0o400
    source = archive.extractfile(member)
    try:
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    except FileExistsError:
        raise Refused(archive.name, "the member %r is in it twice" % member.name) from None
    with open(target, "wb") as file:
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
