"""Installed Python packages: shared between environments, file by file, as hard links.

`packages/<key>` in the store is one distribution laid out as in a virtual environment, with its bytecode.
What is in it is read, linked and removed, never changed.
"""

import base64
import contextlib
import csv
import errno
import hashlib
import os
import stat

from .store import directory, names

_NO_LINK = (errno.EXDEV, errno.EMLINK, errno.EPERM, errno.ENOTSUP)

# Files that a run reads as text, or that only developers run: their bytecode would never be used.
_NEVER_IMPORTED = ("ansible_test/", "ansible/modules/")


class Odd(Exception):
    """A package that is not laid out as its RECORD says, or that cannot be shared."""


def links(source, venv, site_packages, thorough):
    """Links a kept package into a venv. Raises Odd, with nothing left in the venv, when it is not as it was kept."""
    expected = read_record(os.path.join(source, site_packages), information(os.path.join(source, site_packages)), site_packages)
    made = []
    try:
        for path, status in _files(source):
            row = expected.pop(path, None)
            if row:
                _compare(os.path.join(source, path), path, status, row, thorough)
            target = os.path.join(venv, path)
            link(os.path.join(source, path), target)
            made.append(target)
        if expected:
            raise Odd("%s is missing" % min(expected))
    except (Odd, OSError) as error:
        _take_back(made, venv)
        if isinstance(error, OSError) and error.errno not in (errno.ENOENT, errno.EEXIST):
            raise
        raise Odd(str(error)) from error


def _take_back(made, venv):
    """Directories, too: uv takes an empty `.dist-info` for an installed package."""
    parents = set()
    for target in made:
        os.unlink(target)
        parent = os.path.dirname(target)
        while parent != venv and parent not in parents:
            parents.add(parent)
            parent = os.path.dirname(parent)
    for parent in sorted(parents, key=len, reverse=True):
        with contextlib.suppress(OSError):
            os.rmdir(parent)


def _compare(file, path, status, row, thorough):
    digest, size = row
    if size is not None and status.st_size != size:
        raise Odd("%s has %d bytes instead of %d" % (path, status.st_size, size))
    if thorough and digest and hash_of(file) != digest:
        raise Odd("%s was changed" % path)


def _files(root):
    """Relative paths and states of everything below `root`, which must be regular files."""
    waiting = [""]
    while waiting:
        parent = waiting.pop()
        with os.scandir(os.path.join(root, parent)) as entries:
            for entry in entries:
                path = os.path.join(parent, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                    continue
                status = entry.stat(follow_symlinks=False)
                if not stat.S_ISREG(status.st_mode):
                    raise Odd("%s is not a file" % path)
                yield path, status


def link(source, target):
    for attempt in (0, 1):
        try:
            os.link(source, target)
            return
        except FileNotFoundError:
            if attempt:
                raise
            directory(os.path.dirname(target))
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            _copy(source, target)
            return


def _copy(source, target):
    import shutil

    # With its time, which the bytecode beside it goes by.
    with open(source, "rb") as content, open(target, "xb") as file:
        shutil.copyfileobj(content, file)
    shutil.copystat(source, target)


def information(site_packages):
    """The one `.dist-info` of a kept package."""
    found = installed(site_packages)
    if len(found) != 1:
        raise Odd("%s holds %d packages" % (site_packages, len(found)))
    return found[0]


def installed(site_packages):
    return [name for name in names(site_packages) if name.endswith(".dist-info")]


def read_record(site_packages, dist_info, prefix):
    """Path in the venv to SHA-256 and size, each None where the RECORD has none. `prefix` is that of site-packages."""
    rows = {}
    try:
        with open(os.path.join(site_packages, dist_info, "RECORD"), newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                if not row:
                    continue
                path, digest, size = row if len(row) == 3 else (row[0], "", "")
                path = os.path.normpath(os.path.join(prefix, path))
                if os.path.isabs(path) or path.startswith(".."):
                    raise Odd("%s leaves the environment" % row[0])
                rows[path] = digest[7:] if digest.startswith("sha256=") else None, int(size) if size else None
    except (OSError, ValueError, csv.Error) as error:
        raise Odd("the RECORD of %s cannot be read: %s" % (dist_info, error)) from error
    return rows


def hash_of(path):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def sources(site_packages, prefix, records):
    """The files whose bytecode a run can use, of packages given by their RECORDs."""
    skipped = tuple(os.path.join(prefix, each) for each in _NEVER_IMPORTED)
    venv = site_packages[: -len(prefix)]
    for record in records:
        for path in record:
            # The packages themselves are imported, to find their directories.
            read = path.startswith(skipped) and not path.endswith("/__init__.py")
            if path.endswith(".py") and path.startswith(prefix) and not read:
                yield os.path.join(venv, path)


def damaged(venv, records):
    """Those of the packages (name to RECORD) that are not what their RECORD says."""
    owners = {}
    for record in records.values():
        for path in record:
            owners[path] = owners.get(path, 0) + 1
    bad = []
    for name, record in records.items():
        for path, (digest, _) in record.items():
            try:
                # A path of two packages can only be as one of them has it.
                if digest and owners[path] == 1 and hash_of(os.path.join(venv, path)) != digest:
                    bad.append(name)
                    break
            except OSError:
                bad.append(name)
                break
    return bad


def harvest(venv, record, tag, target):
    """Keeps an installed package and its bytecode as `target`. Raises Odd when its RECORD does not allow that."""
    for path, (digest, size) in record.items():
        source = os.path.join(venv, path)
        try:
            status = os.lstat(source)
        except FileNotFoundError:
            raise Odd("%s is missing" % path) from None
        if not stat.S_ISREG(status.st_mode) or (size is not None and status.st_size != size):
            raise Odd("%s is not what the RECORD says" % path)
        link(source, os.path.join(target, path))
        if path.endswith(".py"):
            parent, name = os.path.split(path)
            cached = os.path.join(parent, "__pycache__", "%s.%s.pyc" % (name[:-3], tag))
            if cached not in record and os.path.exists(os.path.join(venv, cached)):
                link(os.path.join(venv, cached), os.path.join(target, cached))
