"""Looks at every file of an environment: is it still what was installed?"""

import base64
import csv
import hashlib
import os

from . import collection, environment
from .errors import AgentError
from .store import names

_SHOWN = 20


def verify(store, name):
    """Compares the venv's packages with their RECORDs and its collections with their FILES.json."""
    try:
        digest = store.linked(name)
    except AgentError as error:
        return _answer("foreign", [error.message])
    if digest is None:
        return _answer("absent", ["there is no venv of this name"])
    unhealthy = environment.problem(store, digest)
    if unhealthy:
        return _answer("unhealthy", [unhealthy])
    record = environment.ready(store, digest)
    site_packages = os.path.join(store.venv(digest), record["site_packages"])
    problems = list(_packages(site_packages)) + list(_collections(site_packages, record["collections"]))
    return _answer("unhealthy" if problems else "healthy", problems)


def _answer(status, problems):
    if len(problems) > _SHOWN:
        problems = problems[:_SHOWN] + ["and %d more" % (len(problems) - _SHOWN)]
    return {"type": "verified", "status": status, "problems": problems}


def _packages(site_packages):
    for name in names(site_packages):
        record = os.path.join(site_packages, name, "RECORD")
        if not name.endswith(".dist-info") or not os.path.isfile(record):
            continue
        with open(record, newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                if len(row) >= 2 and row[1].startswith("sha256="):
                    yield from _file(site_packages, row[0], row[1][len("sha256=") :])


def _file(site_packages, name, expected):
    path = os.path.join(site_packages, name)
    try:
        with open(path, "rb") as file:
            actual = hashlib.sha256(file.read()).digest()
    except OSError:
        yield "%s is missing" % path
        return
    if base64.urlsafe_b64encode(actual).rstrip(b"=").decode("ascii") != expected:
        yield "%s was changed" % path


def _collections(site_packages, collections):
    for each in collections:
        target = os.path.join(site_packages, "ansible_collections", *each["name"].split("."))
        try:
            collection.check(target, each["name"], each["version"], each["name"])
        except AgentError as error:
            yield error.message
