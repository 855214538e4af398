"""Packages that have to be built from source, and what a host needs for that."""

import os
import re

from .errors import AgentError
from .pythons import SYSTEM_PATH

NO_WHEEL = re.compile(r"Package `([^`]+)` can't be installed because it is marked as `--no-build`")
_COMPILERS = ("cc", "gcc", "clang", "x86_64-linux-gnu-gcc", "aarch64-linux-gnu-gcc")


class _Extension:
    def __init__(self, headers, system, instead=""):
        self.headers = headers
        self.system = system
        self.instead = instead


# C extensions that modules of collections need and that the public index has no Linux wheels of, or had none for long. Names of
# packages are Debian's: https://packages.debian.org.
_EXTENSIONS = {
    "python-ldap": _Extension("libldap-dev libsasl2-dev", "python3-ldap"),
    "mysqlclient": _Extension("default-libmysqlclient-dev pkg-config", "python3-mysqldb", "PyMySQL"),
    "psycopg2": _Extension("libpq-dev", "python3-psycopg2", "psycopg2-binary"),
    "libvirt-python": _Extension("libvirt-dev pkg-config", "python3-libvirt"),
    "pycurl": _Extension("libcurl4-openssl-dev libssl-dev", "python3-pycurl"),
    "systemd-python": _Extension("libsystemd-dev pkg-config", "python3-systemd"),
    "gssapi": _Extension("libkrb5-dev", "python3-gssapi"),
    "netifaces": _Extension("", "python3-netifaces"),
}


def require_means(name):
    """Raises AgentError where a build of the package is known to fail: it would take a compiler, and there is none."""
    extension = _EXTENSIONS.get(name)
    if extension and not _has_compiler():
        raise AgentError(
            "build-failed",
            "%s has no wheel for this host, and building it takes a C compiler, which is not here" % name,
            advice(name),
        )


def advice(name):
    """What to do about a package that could not be built; empty for one that nothing is known of."""
    extension = _EXTENSIONS.get(name)
    if not extension:
        return ""
    hint = "install `%s` there (Debian names)" % ("gcc python3-dev " + extension.headers).strip()
    if extension.instead:
        return hint + ", or replace it: exclude %s and add %s in `ansible-venv.yml`" % (name, extension.instead)
    return hint + (
        ", or install `%s` there, exclude %s in `ansible-venv.yml`, and run its tasks with `ansible_python_interpreter: /usr/bin/python3`"
        % (extension.system, name)
    )


def _has_compiler():
    return any(os.access(os.path.join(place, name), os.X_OK) for place in SYSTEM_PATH.split(":") for name in _COMPILERS)
