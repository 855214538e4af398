"""The account's session on this host: its umask and its variables, as they were before the agent changed anything."""

import os

from .facts import utf8_locale

PRIVATE = 0o077


class Session:
    """`variables` are the names and values that the session's programs inherit."""

    def __init__(self, umask, variables):
        self.umask = umask
        self.variables = variables

    def of_run(self, directory, programs):
        """The variables of a run in `directory`, as in a shell that has gone there. `programs` are found after all others."""
        variables = {**self.variables, "PWD": directory}
        # Where sshd forces a command: the one that starts the agent.
        variables.pop("SSH_ORIGINAL_COMMAND", None)
        # An empty PATH would mean the working directory.
        variables["PATH"] = ":".join(filter(None, [variables.get("PATH"), programs]))
        if not ansible_starts():
            variables["LC_ALL"] = utf8_locale()
        return variables


def begin(umask=None):
    """Makes what the agent writes private, and returns the session that it was started in. `umask` is the session's if it was changed."""
    current = os.umask(PRIVATE)
    return Session(current if umask is None else umask, inherited())


def inherited():
    """The variables this program was started with. Not `os.environ`: to that the interpreter adds a locale where there is none, as it will again for ansible-playbook."""
    try:
        with open("/proc/self/environ", "rb") as file:
            entries = file.read().split(b"\0")
    except OSError:
        return dict(os.environ)
    pairs = (entry.partition(b"=") for entry in entries if b"=" in entry[1:])
    return {os.fsdecode(name): os.fsdecode(value) for name, _, value in pairs}


def ansible_starts():
    """Whether ansible-playbook accepts the session's locale: it exists here and its encoding is UTF-8."""
    import _locale

    before = _locale.setlocale(_locale.LC_ALL)
    try:
        _locale.setlocale(_locale.LC_ALL, "")
        return _locale.nl_langinfo(_locale.CODESET).upper() in ("UTF-8", "UTF8")
    except _locale.Error:
        return False
    finally:
        _locale.setlocale(_locale.LC_ALL, before)
