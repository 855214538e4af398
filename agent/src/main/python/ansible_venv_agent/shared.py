"""Environments lie where tasks of other users can reach them: `become_user` starts their Python. They hold nothing secret.

docs/agent-protocol.md, section "Where environments lie".
"""

import json
import os
import stat
import tempfile
import time

from .store import DEFAULT, names, read_json, remove, write_file

_RECORD = "shared.json"
_PREFIX = "ansible-venv-"
# In a place outside of the store: which store it belongs to.
_OWNER = "owner.json"
_DAY = 24 * 60 * 60
# Cleaners of temporary directories take what nobody has touched for ten days or more.
_SAFE_DAYS = 9


def places(root):
    """The directories that environments have been in, besides the store itself; the one that they are in now comes last."""
    known = _known(root)
    if known and not _is_own(known[-1]):
        # Nobody can put anything there in our name.
        return [*known, root]
    return known


def _known(root):
    return (read_json(os.path.join(root, _RECORD)) or {"places": []})["places"]


def _mark(store, place):
    marker = os.path.join(place, _OWNER)
    if not os.path.exists(marker):
        write_file(marker, json.dumps({"store": store.root}).encode("ascii"), durable=False)


def left(store):
    """Places outside of stores that nobody needs any more, each with the reason: their account's store is gone, or this one has moved on."""
    linked = [os.readlink(store.link(name)) for name, _ in store.links()]
    for place in places(store.root)[:-1]:
        if place != store.root and _is_own(place) and not any(target.startswith(place + os.sep) for target in linked):
            yield place, "environments lie elsewhere now"
    for parent in _parents():
        for name in names(parent):
            place = os.path.join(parent, name)
            if name.startswith(_PREFIX) and (_is_own(place) or _is_nobodys(place)):
                owner = (read_json(os.path.join(place, _OWNER)) or {}).get("store")
                if owner and place not in _known(owner):
                    yield place, "the store %s is gone" % owner


def _is_nobodys(place):
    """Whether root looks at a directory of an account that there is no more."""
    import pwd

    try:
        status = os.lstat(place)
        pwd.getpwuid(status.st_uid)
    except KeyError:
        return os.getuid() == 0 and stat.S_ISDIR(status.st_mode)
    except OSError:
        pass
    return False


def prepare(store):
    """Chooses where environments lie, before one is built: the store, or a directory of the account's own that other users can get into.

    Where the user has named the store, it is the store in any case.
    """
    if store.root != os.path.join(store.home, DEFAULT):
        return
    if _is_own(store.root):
        os.chmod(store.root, 0o711)
    if not obstacle(store.shared):
        return
    for parent in _parents() if obstacle(store.root) else ():
        made = _make(parent)
        if made:
            write_file(os.path.join(store.root, _RECORD), json.dumps({"places": [*_known(store.root), made]}).encode("ascii"))
            _mark(store, made)
            break
    store.lie(places(store.root))


def _parents():
    if os.getuid() == 0:
        yield "/var/lib/ansible-venv"
    yield "/var/tmp"


def _make(parent):
    """A new directory below `parent` that is open to all; None where there can be none."""
    try:
        if os.getuid() == 0 and not os.path.isdir(parent):
            os.mkdir(parent)
            os.chmod(parent, 0o755)
        # Libraries could not be loaded from there.
        if obstacle(parent) or os.statvfs(parent).f_flag & os.ST_NOEXEC:
            return None
        # Drawn by lot: nobody can take the name first.
        made = tempfile.mkdtemp(prefix=_PREFIX, dir=parent)
    except OSError:
        return None
    os.chmod(made, 0o755)
    return made


def _is_own(path):
    """Whether it is a directory that nobody else can write to."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022


def obstacle(path):
    """What keeps other users from `path`, a directory or a program: the first directory above it, or itself; or an empty text."""
    real = os.path.realpath(path)
    reached = os.sep
    for part in [""] + real.split(os.sep)[1:]:
        reached = os.path.join(reached, part) if part else reached
        try:
            mode = os.stat(reached).st_mode
        except FileNotFoundError:
            # What the agent makes is open.
            return ""
        except OSError:
            return reached
        if not mode & 0o001 or not stat.S_ISDIR(mode) and not mode & 0o004:
            return "%s has mode %04o" % (reached, stat.S_IMODE(mode))
    return ""


def keep(store):
    """Keeps cleaners of temporary directories away. What they may have been at is removed, and built again when it is needed."""
    shared = store.shared
    if shared != store.root and _is_own(shared):
        _mark(store, shared)
    if not shared.startswith("/var/tmp/"):
        return
    marker = os.path.join(shared, "touched")
    try:
        age = time.time() - os.stat(marker).st_mtime
    except FileNotFoundError:
        age = _SAFE_DAYS * _DAY if names(shared) else 0
    if 0 <= age < _DAY and os.path.exists(marker):
        return
    if age > _SAFE_DAYS * _DAY and not _in_use(store):
        for name in names(shared):
            remove(os.path.join(shared, name))
    for parent, directories, files in os.walk(shared):
        for name in directories + files:
            _touch(os.path.join(parent, name))
    write_file(marker, b"", durable=False)


def _in_use(store):
    for digest in names(store.environments):
        with store.lock(digest + ".use") as use:
            if not use.attempt():
                return True
    return False


def _touch(path):
    """Bytecode goes by the time of the last change, so that stays."""
    try:
        os.utime(path, ns=(time.time_ns(), os.lstat(path).st_mtime_ns), follow_symlinks=False)
    except FileNotFoundError:
        pass


def make_readable(tree):
    """Gives every user what the owner may read and execute."""
    waiting = [tree]
    while waiting:
        path = waiting.pop()
        _open(path, os.lstat(path).st_mode)
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif not entry.is_symlink():
                    _open(entry.path, entry.stat(follow_symlinks=False).st_mode)


def _open(path, mode):
    readable = stat.S_IMODE(mode) | (mode & 0o500) >> 3 | (mode & 0o500) >> 6
    if readable != stat.S_IMODE(mode):
        os.chmod(path, readable)
