"""Changes in a directory that runs write into: no link that one of them left leads a change out of it.

Every step goes from an open directory to the next one and follows no link.
"""

import errno
import os
import stat

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_OWNER = 0o700
# Others can pass through, but not look around.
_PASSAGE = 0o711


class Tree:
    def __init__(self, root):
        self._chain = [("", os.open(root, _DIRECTORY))]
        self._root = root

    def __enter__(self):
        return self

    def __exit__(self, *_):
        while self._chain:
            os.close(self._chain.pop()[1])

    def directory(self, parts, make=False):
        """An open directory, valid until the next call. None when it is not there and not to be made."""
        common = 0
        while common < len(parts) and common + 1 < len(self._chain) and self._chain[common + 1][0] == parts[common]:
            common += 1
        while len(self._chain) > common + 1:
            os.close(self._chain.pop()[1])
        for name in parts[common:]:
            handle = self._enter(self._chain[-1][1], name, make)
            if handle is None:
                return None
            self._chain.append((name, handle))
        return self._chain[-1][1]

    def _enter(self, parent, name, make):
        try:
            return self._opened(parent, name)
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
                raise
            if not make:
                return None
        self.clear(parent, name)
        os.mkdir(name, _OWNER, dir_fd=parent)
        handle = self._opened(parent, name)
        os.fchmod(handle, _PASSAGE)
        return handle

    @staticmethod
    def _opened(parent, name):
        try:
            return os.open(name, _DIRECTORY, dir_fd=parent)
        except PermissionError:
            if not hasattr(os, "O_PATH"):
                raise
            # One that nobody may read. `chmod` by name would follow a link that takes its place.
            handle = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
            try:
                os.chmod("/proc/self/fd/%d" % handle, _OWNER)
            finally:
                os.close(handle)
            return os.open(name, _DIRECTORY, dir_fd=parent)

    @staticmethod
    def clear(parent, name):
        """Takes what a run left at this place out of the way: its name gets an end, nothing is lost."""
        number = 0
        if status(parent, name) is None:
            return
        while True:
            number += 1
            other = "%s.moved-%d" % (name[:200], number)
            if status(parent, other) is None:
                os.rename(name, other, src_dir_fd=parent, dst_dir_fd=parent)
                return

    def place(self, parts, source):
        """Moves the file `source`, which lies in the same file system, to this place."""
        parent = self._writable(parts[:-1])
        try:
            os.rename(source, parts[-1], dst_dir_fd=parent)
        except IsADirectoryError:
            self._remove_directory(parent, parts[-1])
            os.rename(source, parts[-1], dst_dir_fd=parent)

    def link(self, parts, target):
        parent = self._writable(parts[:-1])
        temporary = ".ansible-venv-link-%d" % os.getpid()
        if status(parent, temporary) is not None:
            os.unlink(temporary, dir_fd=parent)
        os.symlink(target, temporary, dir_fd=parent)
        try:
            os.rename(temporary, parts[-1], src_dir_fd=parent, dst_dir_fd=parent)
        except IsADirectoryError:
            self._remove_directory(parent, parts[-1])
            os.rename(temporary, parts[-1], src_dir_fd=parent, dst_dir_fd=parent)

    def _writable(self, parts):
        handle = self.directory(parts, make=True)
        mode = os.fstat(handle).st_mode
        if mode & 0o300 != 0o300:
            os.fchmod(handle, stat.S_IMODE(mode) | _OWNER)
        return handle

    def _remove_directory(self, parent, name):
        try:
            os.rmdir(name, dir_fd=parent)
        except OSError:
            self.clear(parent, name)

    def mode(self, parts, mode):
        os.fchmod(self.directory(parts, make=True), mode)

    def remove(self, parts, is_directory):
        """Removes a file or link, or a directory in which nothing is left."""
        parent = self.directory(parts[:-1])
        if parent is None:
            return
        os.fchmod(parent, stat.S_IMODE(os.fstat(parent).st_mode) | _OWNER)
        try:
            if is_directory:
                os.rmdir(parts[-1], dir_fd=parent)
            else:
                os.unlink(parts[-1], dir_fd=parent)
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EPERM):
                raise

    def status(self, parts):
        """Of the entry itself, also where it is a link; None when there is none."""
        parent = self.directory(parts[:-1])
        return None if parent is None else status(parent, parts[-1])

    def target(self, parts):
        return os.readlink(parts[-1], dir_fd=self.directory(parts[:-1]))

    def open(self, parts):
        """A regular file, for reading. Raises OSError when it is anything else."""
        parent = self.directory(parts[:-1])
        if parent is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), parts[-1])
        handle = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=parent)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise FileNotFoundError(errno.ENOENT, "not a regular file", parts[-1])
        return handle


def status(parent, name):
    try:
        return os.stat(name, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return None
