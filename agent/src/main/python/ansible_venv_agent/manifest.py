"""The listing of a project: what has to be in the run's directory, one line an entry.

    KIND MODE VALUE PATH

KIND is `f` (a file, VALUE its SHA-256), `d` (a directory, VALUE `-`) or `l` (a link, VALUE its target). PATH is relative to the project's
directory (`.` is the directory itself), or the absolute path of something outside that the project needs. Bytes of PATH and of a target that are not printable ASCII, and
`%`, are written as `%XX`. Lines are sorted by PATH. The SHA-256 of the text names the manifest.
"""

import hashlib
import os
import re
import urllib.parse

from .errors import AgentError

_LINE = re.compile(r"([fdl]) ([0-7]{4}) ([!-~]+) ([!-~]+)")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry:
    __slots__ = ("kind", "mode", "value", "path", "line")

    def __init__(self, line):
        match = _LINE.fullmatch(line)
        if not match:
            raise AgentError("invalid-message", "not a line of a manifest: %r" % line[:200])
        self.kind, mode, self.value, self.path = match.groups()
        self.mode = int(mode, 8)
        self.line = line
        if self.kind == "f" and not _SHA256.fullmatch(self.value):
            raise AgentError("invalid-message", "not a line of a manifest: %r" % line[:200])

    def parts(self, project):
        """The names that lead from the root directory to the entry. `project` are those that lead to the project."""
        if self.path == ".":
            return project
        names = decoded(self.path).split("/")
        outside = names[0] == ""
        if outside:
            names = names[1:]
        if any(name in ("", ".", "..") or "\0" in name for name in names):
            raise AgentError("path-refused", "the path %r leaves the project" % self.path)
        return tuple(names) if outside else project + tuple(names)


def decoded(text):
    return os.fsdecode(urllib.parse.unquote_to_bytes(text)) if "%" in text else text


def encoded(path):
    """As the controller writes it."""
    if path.isascii() and path.isprintable() and "%" not in path and " " not in path:
        return path
    return "".join(chr(byte) if 0x20 < byte < 0x7F and byte != 0x25 else "%%%02X" % byte for byte in os.fsencode(path))


def parse(text):
    """The entries by their path."""
    return {entry.path: entry for entry in map(Entry, text.decode("ascii", "replace").splitlines())}


def text_of(entries):
    return "".join(entries[path].line + "\n" for path in sorted(entries)).encode("ascii")


def digest(text):
    return hashlib.sha256(text).hexdigest()


def changed(entries, change):
    """The entries of the manifest that a difference leads to."""
    result = dict(entries)
    for path in change["removed"]:
        result.pop(path, None)
    for line in change["added"]:
        entry = Entry(line)
        result[entry.path] = entry
    return result
