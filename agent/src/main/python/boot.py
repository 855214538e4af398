"""Fetches the agent's code over the connection when the store lacks it, then runs it.

Runs as `python3 -c BOOT STORE SHA256`. Frames that the controller sent ahead are kept for the agent.
"""

import os
import sys


def answer(text):
    os.write(1, ("\x1eansible-venv 1 " + text + "\n").encode("utf-8", "replace"))


def exactly(size):
    data = b""
    while len(data) < size:
        part = os.read(0, min(size - len(data), 1 << 20))
        if not part:
            sys.exit("the connection ended before the agent's code had arrived")
        data += part
    return data


def receive():
    """Returns the agent's code, and the frames that came before it as they were."""
    ahead = b""
    while True:
        header = exactly(9)
        payload = exactly(int.from_bytes(header[5:9], "big"))
        if header[:1] == b"A":
            return payload, ahead
        ahead += header + payload


def store_code(code, expected, target):
    import hashlib
    import io
    import shutil
    import zipfile

    if hashlib.sha256(code).hexdigest() != expected:
        raise ValueError("the agent's code arrived damaged")
    parent = os.path.dirname(target)
    os.makedirs(parent, 0o700, exist_ok=True)
    incoming = os.path.join(parent, ".incoming-%s-%d" % (expected[:8], os.getpid()))
    shutil.rmtree(incoming, ignore_errors=True)
    try:
        with zipfile.ZipFile(io.BytesIO(code)) as archive:
            archive.extractall(incoming)
        for directory, _, files in os.walk(incoming):
            for name in files + ["."]:
                handle = os.open(os.path.join(directory, name), os.O_RDONLY)
                os.fsync(handle)
                os.close(handle)
        try:
            os.rename(incoming, target)
        except OSError:
            if not os.path.isdir(target):
                raise
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def remember(path):
    """So that the next start needs no search, and no version manager's slow shim."""
    temporary = "%s.%d" % (path, os.getpid())
    with open(temporary, "w", encoding="utf-8") as file:
        file.write(sys.executable + "\n")
    os.rename(temporary, path)


def reason(error, path):
    """A file system that is full with megabytes free is out of inodes."""
    if getattr(error, "errno", None) == 28:
        while not os.path.isdir(path) and path != os.path.dirname(path):
            path = os.path.dirname(path)
        space = os.statvfs(path)
        return "no %s left: %s" % ("inodes" if space.f_bavail * space.f_frsize > 1 << 23 else "space", error)
    return str(error)


def boot(store, agent):
    target = os.path.join(store, "agent", agent)
    ahead = b""
    try:
        if not os.path.isabs(store):
            raise ValueError("the store must be an absolute path: " + store)
        if not os.path.isdir(store):
            os.makedirs(store)
            # Environments may lie in it; everything else in it is private.
            os.chmod(store, 0o711)
        umask = os.umask(0o077)
        if not os.path.isdir(target):
            answer("need")
            code, ahead = receive()
            store_code(code, agent, target)
        remember(os.path.join(store, "agent", "python"))
    except (OSError, ValueError) as error:
        answer("failed " + reason(error, store))
        sys.exit(1)
    sys.path.insert(0, target)
    from ansible_venv_agent.server import main

    main(store, ahead, umask)


boot(*sys.argv[1:3])
