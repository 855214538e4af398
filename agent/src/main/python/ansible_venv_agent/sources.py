"""Packages that have to be built from source, and what a host needs for that."""

import json
import os
import re

from .errors import AgentError
from .pythons import SYSTEM_PATH

NO_WHEEL = re.compile(r"Package `([^`]+)` can't be installed because it is marked as `--no-build`")
_COMPILERS = ("cc", "gcc", "clang", "x86_64-linux-gnu-gcc", "aarch64-linux-gnu-gcc")


def _extension(name):
    """What `extensions.json` says of a C extension that the public index has no Linux wheels of, or had none for long: the packages with
    the headers it is built with, the package of the system that has the same modules, and what has wheels instead. Debian's names."""
    with open(os.path.join(os.path.dirname(__file__), "extensions.json"), encoding="utf-8") as file:
        return json.load(file).get(name)


def require_means(name):
    """Raises AgentError where a build of the package is known to fail: it would take a compiler, and there is none."""
    extension = _extension(name)
    if extension and not _has_compiler():
        raise AgentError(
            "build-failed",
            "%s has no wheel for this host, and building it takes a C compiler, which is not here" % name,
            advice(name),
        )


def advice(name):
    """What to do about a package that could not be built; empty for one that nothing is known of."""
    extension = _extension(name)
    if not extension:
        return ""
    hint = "install `%s` there (Debian names)" % ("gcc python3-dev " + extension["headers"]).strip()
    if extension["instead"]:
        return hint + ", or replace it: exclude %s and add %s in `ansible-venv.yml`" % (name, extension["instead"])
    return hint + (
        ", or install `%s` there, exclude %s in `ansible-venv.yml`, and run its tasks with `ansible_python_interpreter: /usr/bin/python3`"
        % (extension["system"], name)
    )


def _has_compiler():
    return any(os.access(os.path.join(place, name), os.X_OK) for place in SYSTEM_PATH.split(":") for name in _COMPILERS)
