"""Unpacks a tar archive that somebody else made, by the same rules as the controller (`formats.archive`).

Files first, each where there was nothing yet; links when all files stand, and each has to lead inside over places inside.
No hard links, devices, pipes or sparse files. Everything is counted while it is read, whatever the headers declare.
"""

import gzip
import os
import stat
import tarfile

MAX_BYTES = 1 << 30
MAX_ENTRIES = 100_000
MAX_DEPTH = 64
MAX_PATH = 1024
MAX_NAME = 255
MAX_TARGET = 4095
MAX_LINKS = 40  # as Linux follows

# A member's header with its extensions: tarfile keeps them in memory.
_MAX_HEADER = 32 << 10

# Unpacked bytes for one packed byte; the first ones are free.
_MAX_RATIO = 200
_FREE_BYTES = 16 << 20


class Refused(Exception):
    """The archive is damaged or holds what it may not. The message is a clause about it."""


class Unpacked:
    def __init__(self):
        self.links = []  # (path, target)
        self.skipped = False  # whether something unwanted was in it


def unpack(path, target, unwanted):
    """Creates `target` and unpacks into it what `unwanted(parts of the name)` does not refuse. Raises Refused or OSError."""
    os.makedirs(target, 0o700)
    unpacking = _Unpacking(os.path.realpath(target), unwanted)
    try:
        with gzip.open(path, "rb") as file:
            bounded = _Bounded(file, min(MAX_BYTES, max(_FREE_BYTES, _MAX_RATIO * os.path.getsize(path))))
            bounded.allow(_MAX_HEADER)  # tarfile reads the first one at once
            with tarfile.open(fileobj=bounded, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
                unpacking.members(archive, bounded)
        unpacking.link()
    except Refused:
        raise
    except OSError as error:
        if error.errno:
            raise
        raise Refused("it is damaged: %s" % error) from error
    except Exception as error:  # tarfile raises whatever its parsing stumbles over
        raise Refused("it is damaged: %s" % error) from error
    return unpacking.result


class _Bounded:
    """Refuses to read or skip more than is allowed."""

    def __init__(self, file, total):
        self._file = file
        self._total = total
        self._limit = total

    def allow(self, more):
        self._limit = min(self._total, self._file.tell() + more)

    def read(self, size):
        self._check(self._file.tell() + size)
        return self._file.read(size)

    def seek(self, position):
        self._check(position)
        return self._file.seek(position)

    def tell(self):
        return self._file.tell()

    def _check(self, end):
        if end > self._limit:
            if self._limit < self._total:
                raise Refused("it has a header of more than %d bytes" % _MAX_HEADER)
            raise Refused("it unpacks to more than %d bytes" % self._total)


class _Unpacking:
    def __init__(self, root, unwanted):
        self._root = root
        self._unwanted = unwanted
        self._directories = {()}
        self._links = {}
        self._entries = 0
        self.result = Unpacked()

    def members(self, archive, bounded):
        for count in range(MAX_ENTRIES + 1):
            if count:
                bounded.seek(archive.offset)  # what is skipped counts, too
            bounded.allow(_MAX_HEADER)
            member = archive.next()
            bounded.allow(MAX_BYTES)
            if member is None:
                return
            self._member(archive, member)
        raise Refused("it holds more than %d entries" % MAX_ENTRIES)

    def _member(self, archive, member):
        if member.issparse() or not (member.isreg() or member.isdir() or member.issym()) or member.size < 0:
            raise Refused("the member %r is neither file, directory nor link" % member.name)
        parts = _parts(member)
        if parts and self._unwanted(parts):
            self.result.skipped = True
        elif member.isdir():
            self._directory(parts)
        elif member.issym():
            if parts in self._links:
                raise _twice(parts)
            self._links[parts] = member.linkname
        else:
            self._file(archive, member, parts)

    def _file(self, archive, member, parts):
        self._directory(parts[:-1])
        self._count()
        mode = 0o500 if member.mode & 0o100 else 0o400
        try:
            target = os.open(self._path(parts), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        except FileExistsError:
            raise _twice(parts) from None
        left = member.size
        with open(target, "wb") as file, archive.extractfile(member) as source:
            while left:
                piece = source.read(min(left, 1 << 18))
                if not piece:
                    raise Refused("it ends early")
                left -= len(piece)
                file.write(piece)

    def _directory(self, parts):
        if parts in self._directories:
            return
        self._directory(parts[:-1])
        try:
            os.mkdir(self._path(parts), 0o700)
            self._count()
        except FileExistsError:
            if not stat.S_ISDIR(os.lstat(self._path(parts)).st_mode):
                raise _twice(parts) from None
        self._directories.add(parts)

    def link(self):
        for parts, target in sorted(self._links.items()):
            if not target or len(target) > MAX_TARGET or os.path.isabs(target):
                raise _leaves(parts, target)
            self._directory(parts[:-1])
            self._count()
            try:
                os.symlink(target, self._path(parts))
            except FileExistsError:
                raise _twice(parts) from None
            self.result.links.append((self._path(parts), target))
        for parts, target in self._links.items():
            self._follow(parts, target)

    def _follow(self, parts, target):
        """Goes where the link leads, name by name, and never out."""
        here, left, followed = (), list(reversed(parts)), 0
        while left:
            name = left.pop()
            if name in ("", "."):
                continue
            if name == "..":
                if not here:
                    raise _leaves(parts, target)
                here = here[:-1]
                continue
            there = self._path((*here, name))
            if os.path.islink(there):
                followed += 1
                pointed = os.readlink(there)
                if followed > MAX_LINKS or os.path.isabs(pointed):
                    raise _leaves(parts, target)
                left += reversed(pointed.split("/"))
            else:
                here = (*here, name)

    def _path(self, parts):
        return os.path.join(self._root, *parts)

    def _count(self):
        self._entries += 1
        if self._entries > MAX_ENTRIES:
            raise Refused("it holds more than %d entries" % MAX_ENTRIES)


def _parts(member):
    parts = member.name.split("/")
    while parts and parts[0] == ".":
        parts.pop(0)
    if any(not _is_plain(part) for part in parts) or (not parts and not member.isdir()):
        raise Refused("the member %r leaves the archive" % member.name[:100])
    if len(parts) > MAX_DEPTH or len("/".join(parts).encode()) > MAX_PATH:
        raise Refused("the member %r has too long a path" % member.name[:100])
    return tuple(parts)


def _is_plain(name):
    return (
        name not in ("", ".", "..")
        and len(name.encode("utf-8", "replace")) <= MAX_NAME
        and not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 or c == "\ufffd" for c in name)
    )


def _twice(parts):
    return Refused("the member %r is in it twice" % "/".join(parts))


def _leaves(parts, target):
    return Refused("the link %r to %r leaves the archive" % ("/".join(parts), target[:100]))
