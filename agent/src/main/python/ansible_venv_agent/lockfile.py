"""Reads the parts of a pylock.toml (PEP 751) that a build decides on, as uv writes it."""

import collections
import hashlib
import json
import os
import re
import sys

from . import markers
from .errors import AgentError

# `key` names the installed form in the store, None when content alone does not; `applies` is None when nobody here can tell.
Package = collections.namedtuple("Package", "name version hashes key marker applies text")

_FIELD = r'^%s\s*=\s*("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
_HASH = re.compile(r'\bsha256\s*=\s*"([0-9a-f]{64})"')
_UNNAMED = re.compile(r"^(?:(?:vcs|directory|archive)\s*=|\[packages\.(?:vcs|directory|archive)\])", re.MULTILINE)
_TABLE = "[[packages]]\n"


def packages(pylock, python, platform):
    """Every `[[packages]]` of the lock, seen from this Python on this platform (a list of texts)."""
    known = markers.variables(python["version"], os.uname(), sys.platform)
    return [_package(text, known, [python["version"], *platform]) for text in pylock.split(_TABLE)[1:]]


def _package(text, known, place):
    name, version = normalised(_field(text, "name")), _field(text, "version")
    if not name:
        raise AgentError("lock-invalid", "the lock has a package without a name", "lock again")
    hashes = tuple(sorted(set(_HASH.findall(text))))
    key = None
    if version and hashes and not _UNNAMED.search(text):
        key = hashlib.sha256("\n".join([name, version, *hashes, *place]).encode("utf-8")).hexdigest()
    marker = _field(text, "marker")
    return Package(name, version, hashes, key, marker, markers.applies(marker, known), text)


def _field(text, name):
    match = re.search(_FIELD % name, text, re.MULTILINE)
    if not match:
        return ""
    value = match.group(1)
    try:
        return value[1:-1] if value[0] == "'" else json.loads(value)
    except ValueError:
        raise AgentError("lock-invalid", "cannot read the lock's %s = %s" % (name, value), "lock again") from None


def download_bytes(package):
    """The size of the largest file that may be fetched for the package."""
    return max([int(size) for size in re.findall(r"\bsize = (\d+)", package.text)] or [0])


def with_wheels(pylock, wheels):
    """The lock, its packages in `wheels` (package to the wheels sent for it) taken from files beside it in `wheels/`."""
    head, *texts = pylock.split(_TABLE)
    replaced = {package.text: _local(package, files) for package, files in wheels.items()}
    return head + "".join(_TABLE + replaced.get(text, text) for text in texts)


def _local(package, files):
    marker = re.search(_FIELD % "marker", package.text, re.MULTILINE)
    lines = ["name = " + json.dumps(package.name), "version = " + json.dumps(package.version)]
    lines += [marker.group(0)] if marker else []
    lines.append("wheels = [")
    for each in files:
        path = json.dumps("wheels/" + each["file"])
        lines.append('    { path = %s, hashes = { sha256 = "%s" } },' % (path, each["sha256"]))
    return "\n".join(lines + ["]", "", ""])


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def same_version(left, right):
    """Whether two spellings are one version: `2024.01.0` is `2024.1`."""

    def canonical(version):
        version = re.sub(r"[-_]", ".", version.lower().lstrip("v"))
        return re.sub(r"(\.0)+$", "", re.sub(r"(?<!\d)0+(?=\d)", "", version))

    return canonical(left) == canonical(right)
