"""Runs uv."""

import os
import re
import time

from . import blobs, sources
from .errors import AgentError
from .facts import utf8_locale
from .pythons import SYSTEM_PATH, numbers
from .store import directory, flush, remove, write_file
from .tasks import Tasks

_ALLOWED = re.compile(r"UV_[A-Z0-9_]+|SSL_CERT_(FILE|DIR)|SSL_CLIENT_CERT|(?i:(https?|all|no)_proxy)|NETRC")
_OURS = re.compile(r"UV_(CACHE_DIR|PYTHON.*|NO_CONFIG|CONFIG_FILE|.*HASHES|SYSTEM_.*PYTHON|TARGET|PREFIX|LINK_MODE)")
_USERINFO = re.compile(r"(://)[^/@\s]+@")

_PATIENCE = 10
_PROBE = (
    "import signal, socket, sys; signal.alarm(%d); socket.create_connection((sys.argv[1], int(sys.argv[2])), %d)"
    % (_PATIENCE, _PATIENCE)
)
_VENV = (
    "import sys, venv; builder = venv.EnvBuilder(symlinks=True); builder.setup_scripts = lambda context: None;"
    " builder.create(sys.argv[1])"
)
# As Python 3.11 defines it. uv and pip ask for it before they ask distutils.
_SCHEME = (
    "import sysconfig; sysconfig._PIP_USE_SYSCONFIG = True;"
    " sysconfig._INSTALL_SCHEMES.setdefault('venv', sysconfig._INSTALL_SCHEMES['posix_prefix'])\n"
)


def prepare(store, uv, path):
    """The installer out of its wheel, as an executable file, by version and content."""
    if os.path.exists(path):
        return path
    import shutil
    import zipfile

    directory(store.tools)
    wheel = blobs.verified(store, uv["sha256"])
    temporary = "%s.%d" % (path, os.getpid())
    try:
        with zipfile.ZipFile(wheel) as archive, open(temporary, "wb") as target:
            with archive.open("uv-%s.data/scripts/uv" % uv["version"]) as source:
                shutil.copyfileobj(source, target, 1 << 20)
        os.chmod(temporary, 0o700)
        flush(temporary)
        os.rename(temporary, path)
    except (KeyError, zipfile.BadZipFile) as error:
        raise AgentError("build-failed", "%s is not a wheel of uv %s: %s" % (wheel, uv["version"], error)) from error
    finally:
        remove(temporary)
    remove(wheel)
    return path


class Installer:
    def __init__(self, store, channel, uv, settings, locks, progress, offline):
        for name in settings:
            if not _ALLOWED.fullmatch(name) or _OURS.fullmatch(name):
                raise AgentError("invalid-message", "%s is not a setting that the installer takes" % name)
        self._uv = uv
        self._progress = progress
        self._settings = settings
        self._scheme = ""
        self._offline = ["--offline", "--no-index"] if offline else []
        self._secrets = [
            value for name, value in settings.items() if value and re.search("PASSWORD|TOKEN|SECRET|USERNAME", name)
        ]
        environment = {
            **settings,
            "HOME": store.home,
            "PATH": SYSTEM_PATH,
            "LANG": utf8_locale(),
            "NO_COLOR": "1",
            "UV_CACHE_DIR": directory(store.installer_cache),
            "UV_NO_CONFIG": "1",
            "UV_NO_PROGRESS": "1",
            "UV_PYTHON_DOWNLOADS": "never",
        }
        self.tasks = Tasks(channel, locks, environment, self._redacted, progress)

    def create_venv(self, venv, python):
        if numbers(python["version"]) < (3, 10) and not self._has_distutils(python["path"]):
            self._create_without_distutils(venv, python)
            return
        # Relocatable, because it is built under another name than it is used under.
        command = ["venv", "--quiet", "--relocatable", "--no-project", "--python", python["path"], venv]
        self.tasks.run("uv venv", [self._uv, *command])

    def _has_distutils(self, python):
        try:
            self.tasks.run("looking for distutils", [python, "-I", "-c", "import distutils.command.install"])
        except AgentError:
            return False
        return True

    def _create_without_distutils(self, venv, python):
        """What `uv venv` makes, where Debian has put `distutils` into a package of its own: uv would ask it where files go."""
        self.tasks.run("venv", [python["path"], "-I", "-c", _VENV, venv])
        with open(os.path.join(venv, "pyvenv.cfg"), "a", encoding="utf-8") as file:
            file.write("relocatable = true\n")
        minor = ".".join(python["version"].split(".")[:2])
        self._scheme = os.path.join(venv, "lib", "python" + minor, "site-packages", "_ansible_venv_scheme.pth")
        write_file(self._scheme, _SCHEME.encode("ascii"), durable=False)

    def finish(self):
        """Takes away what only uv needed, when it has nothing more to do."""
        if self._scheme:
            remove(self._scheme)

    def install(self, interpreter, pylock, again=()):
        """Installs what the lock says and is not there; the packages `again` in any case, from a fresh download."""
        if again:
            self.tasks.run("uv cache clean", [self._uv, "cache", "clean", "--quiet", *again])
        # A pylock.toml without hashes is refused by uv itself; its hashes are always verified.
        command = ["pip", "sync", "--preview-features", "pylock", "--require-hashes", *self._offline]
        for name in again:
            command += ["--reinstall-package", name]
        command = [self._uv, *command, "--python", interpreter, pylock]
        if self._offline:
            self.tasks.run("uv pip sync", command, phase="packages")
        else:
            self._install_fetched(interpreter, command, pylock)

    def _install_fetched(self, interpreter, command, pylock):
        """Wheels first: what has to be built from source is known at once then, and told before it is tried."""
        try:
            self._fetch(interpreter, [*command, "--no-build"], pylock)
            return
        except AgentError as error:
            lacking = sources.NO_WHEEL.search(error.message)
            if not lacking:
                raise
        name = lacking.group(1)
        sources.require_means(name)
        self._progress("packages", "%s has no wheel for this host: building it from source" % name)
        try:
            self._fetch(interpreter, command, pylock)
        except AgentError as error:
            raise AgentError(error.code, error.message, sources.advice(name) or error.hint) from None

    def _fetch(self, interpreter, command, pylock):
        """uv waits minutes for servers that drop what is sent to them: it is given up when none is to be reached after a while."""
        server = self._server(pylock)
        probe = server and self.tasks.command("looking for the index", [interpreter, "-I", "-S", "-c", _PROBE, *server])
        installing = self.tasks.command("uv pip sync", command, phase="packages")
        deadline = time.monotonic() + _PATIENCE
        while not installing.ended and time.monotonic() < deadline:
            self.tasks.work(max(0, deadline - time.monotonic()))
        if probe and not installing.ended:
            try:
                self.tasks.result(probe)
            except AgentError:
                if not installing.ended:
                    raise AgentError("no-index", "%s did not answer within %d s" % (server[0], _PATIENCE)) from None
        try:
            self.tasks.result(installing)
        except AgentError as error:
            if probe and "Failed to download" in error.message and not self._reaches(probe):
                reason = error.message.splitlines()[-1].replace("cause: ", "")
                raise AgentError("no-index", "%s cannot be reached from there: %s" % (server[0], reason)) from None
            raise

    def _reaches(self, probe):
        try:
            self.tasks.result(probe)
        except AgentError:
            return False
        return True

    def _server(self, pylock):
        """Host and port of what is fetched from; none behind a proxy, which alone knows what it reaches."""
        if any(name.lower().endswith("_proxy") and name.lower() != "no_proxy" for name in self._settings):
            return None
        with open(pylock, encoding="utf-8") as file:
            first = re.search(r'url = "(https?)://(?:[^/@"]*@)?\[?([^/:"\]]+)\]?(?::(\d+))?/', file.read())
        return first and [first.group(2), first.group(3) or ("443" if first.group(1) == "https" else "80")]

    def check(self, interpreter):
        return self.tasks.command("uv pip check", [self._uv, "pip", "check", "--python", interpreter])

    def _redacted(self, output):
        text = _USERINFO.sub(r"\1***@", output.decode("utf-8", "replace"))
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text
