"""Where everything lies on this host, and the ways to change it that a crash cannot halve."""

import errno
import fcntl
import json
import os
import re
import stat

from .errors import AgentError

DIGEST = re.compile(r"[0-9a-f]{64}")
# The lock that builds share, and that is held alone while what they share is removed.
CONTENTS = "contents"
PROJECT = re.compile(r"[A-Za-z0-9_.-]{1,60}-([0-9a-f]{16})")
RUN = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{8}")


# The store of an account, below its home, where no other is named.
DEFAULT = ".local/share/ansible-venv"


class Store:
    """`places` are the directories that environments have been in, besides the store; the last is where they are."""

    def __init__(self, root, home, places=()):
        self.root = root
        self.home = home
        self.lie(places)
        self.agents = os.path.join(root, "agent")
        self.tools = os.path.join(root, "tools")
        self.blobs = os.path.join(root, "blobs")
        self.runs = os.path.join(root, "runs")
        # As long as `runs`: a starter's directory stands for a run's.
        self.starters = os.path.join(root, "warm")
        self.projects = os.path.join(root, "projects")
        self.locks = os.path.join(root, "locks")
        self.installer_cache = os.path.join(root, "cache", "uv")
        self.venvs = os.path.join(home, "venvs")

    def lie(self, places):
        """What other users may read lies in the last of these places."""
        self._places = {self.root, *places}
        self.shared = places[-1] if places else self.root
        self.environments = os.path.join(self.shared, "envs")
        self.packages = os.path.join(self.shared, "packages")
        self.collections = os.path.join(self.shared, "collections")

    def environment(self, digest):
        return os.path.join(self.environments, digest)

    def venv(self, digest):
        return os.path.join(self.environments, digest, "venv")

    def blob(self, sha256):
        return os.path.join(self.blobs, sha256)

    def package(self, key):
        return os.path.join(self.packages, key)

    def collection(self, sha256):
        return os.path.join(self.collections, sha256)

    def run(self, run):
        return os.path.join(self.runs, run)

    def starter(self, key):
        return os.path.join(self.starters, key)

    def lock(self, name):
        return Lock(directory(self.locks), name)

    def link(self, name):
        return os.path.join(self.venvs, name)

    def linked(self, name):
        """The digest that the venv link `name` points to; None when there is none.

        Raises AgentError when something stands at that place that this program did not make.
        """
        path = self.link(name)
        try:
            target = os.readlink(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            target = ""
        digest = os.path.basename(os.path.dirname(target))
        if not DIGEST.fullmatch(digest) or not any(
            target == os.path.join(each, "envs", digest, "venv") for each in self._places
        ):
            raise AgentError(
                "foreign",
                "%s exists and is not a link into %s" % (path, self.shared),
                "move it away, or remove it if nobody needs it",
            )
        return digest

    def publish_link(self, name, digest):
        """Points the venv `name` at an environment. Never replaces what is not ours."""
        current = self.linked(name)
        path = self.link(name)
        if current == digest and os.readlink(path) == self.venv(digest):
            return
        directory(self.venvs, 0o755)
        if current is None:
            try:
                os.symlink(self.venv(digest), path)
            except FileExistsError:
                self.publish_link(name, digest)
                return
        else:
            temporary = os.path.join(self.venvs, ".%s.%d" % (name, os.getpid()))
            remove(temporary)
            os.symlink(self.venv(digest), temporary)
            os.rename(temporary, path)
        flush(self.venvs)

    def links(self):
        """Name and digest of every venv link that is ours."""
        for name in names(self.venvs):
            try:
                digest = self.linked(name)
            except AgentError:
                continue
            if digest is not None:
                yield name, digest


class Lock:
    """A lock the kernel holds: it ends with the last process that inherited it."""

    def __init__(self, parent, name):
        self.path = os.path.join(parent, name + ".lock")
        self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def fileno(self):
        return self._handle

    def attempt(self, shared=False):
        try:
            fcntl.flock(self._handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self):
        fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self):
        os.close(self._handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def directory(path, mode=0o700):
    os.makedirs(path, mode, exist_ok=True)
    return path


def open_directory(path):
    """One that other users can get into."""
    if not os.path.isdir(path):
        directory(path)
        os.chmod(path, 0o755)
    return path


def names(path):
    try:
        return sorted(os.listdir(path))
    except (FileNotFoundError, NotADirectoryError):
        return []


def flush(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path, content, mode=0o600, durable=True):
    """Replaces a file as a whole."""
    temporary = "%s.%d.tmp" % (path, os.getpid())
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(handle)
        os.rename(temporary, path)
    except OSError:
        remove(temporary)
        raise
    if durable:
        flush(os.path.dirname(path))


def read_json(path):
    """The object in a file; None when there is no such file or it does not hold one."""
    try:
        with open(path, "rb") as file:
            content = json.loads(file.read().decode("utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def remove(path):
    """Removes a file, link or tree that is ours, also when a read-only directory is in it."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        os.unlink(path)
        return
    import shutil

    def retry(function, failed, _):
        parent = os.path.dirname(failed)
        for target in (parent, failed):
            if os.path.isdir(target) and not os.path.islink(target):
                os.chmod(target, 0o700)
        if function in (os.open, os.scandir, os.listdir):
            shutil.rmtree(failed)
        else:
            function(failed)

    shutil.rmtree(path, onerror=retry)


def used_bytes(path):
    """What removing a tree would give back: files that have another name elsewhere do not count."""
    return Returned().of(path)


class Returned:
    """What removing several trees gives back, one after the other: a file with its last name."""

    def __init__(self):
        self._names = {}

    def of(self, path):
        total = self._one(path)
        for parent, directories, files in os.walk(path):
            total += sum(self._one(os.path.join(parent, name)) for name in directories + files)
        return total

    def _one(self, path):
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            return 0
        if status.st_nlink > 1 and not stat.S_ISDIR(status.st_mode):
            key = status.st_dev, status.st_ino
            self._names[key] = self._names.get(key, 0) + 1
            if self._names[key] < status.st_nlink:
                return 0
        return status.st_blocks * 512
