"""A request and descriptors over a local socket, between the agent and a warm starter. Both are the same user's: either side looks."""

import _socket as socket  # `socket` itself takes longer to import than a starter takes to answer
import array
import marshal
import os
import struct

_LENGTH = struct.Struct(">I")
_CREDENTIALS = struct.Struct("3i")
# The two may be different Pythons; they agree on this version for texts, bytes, lists and mappings.
_FORMAT = 2
# A pipe and locks.
MAX_HANDLES = 8


def connect(path, timeout):
    """A connection; None when nobody listens there yet."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout)
        connection.connect(path)
        return connection
    except BaseException as error:
        connection.close()
        if isinstance(error, FileNotFoundError):
            return None
        raise


def possible():
    return hasattr(socket, "SO_PEERCRED") and os.path.isdir("/proc/self/fd")


def same_user(connection):
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return _CREDENTIALS.unpack(credentials)[1] == os.getuid()


def send(connection, request, handles):
    payload = marshal.dumps(request, _FORMAT)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", handles))]
    connection.sendmsg([_LENGTH.pack(len(payload))], rights)
    connection.sendall(payload)


def receive(connection):
    """The request and its descriptors. Raises EOFError when the other side ended before that."""
    handles = array.array("i")
    header, ancillary, _, _ = connection.recvmsg(_LENGTH.size, socket.CMSG_SPACE(MAX_HANDLES * handles.itemsize), socket.MSG_WAITALL)
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            handles.frombytes(data[: len(data) - len(data) % handles.itemsize])
    try:
        payload = _exactly(connection, _LENGTH.unpack(header)[0]) if len(header) == _LENGTH.size else b""
        if not payload or len(handles) < 2:
            raise EOFError("the request is not whole")
        return marshal.loads(payload), list(handles)
    except BaseException:
        for handle in handles:
            os.close(handle)
        raise


def _exactly(connection, size):
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError("the request ends early")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
