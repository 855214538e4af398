"""Runs uv."""

import os
import re

from . import blobs
from .errors import AgentError
from .facts import utf8_locale
from .pythons import SYSTEM_PATH
from .store import directory, flush, remove
from .tasks import Tasks

_ALLOWED = re.compile(r"UV_[A-Z0-9_]+|SSL_CERT_(FILE|DIR)|SSL_CLIENT_CERT|(?i:(https?|all|no)_proxy)|NETRC")
_OURS = re.compile(r"UV_(CACHE_DIR|PYTHON.*|NO_CONFIG|CONFIG_FILE|.*HASHES|SYSTEM_.*PYTHON|TARGET|PREFIX|LINK_MODE)")
_USERINFO = re.compile(r"(://)[^/@\s]+@")


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
        # Relocatable, because it is built under another name than it is used under.
        command = ["venv", "--quiet", "--relocatable", "--no-project", "--python", python, venv]
        self.tasks.run("uv venv", [self._uv, *command])

    def install(self, interpreter, pylock, again=()):
        """Installs what the lock says and is not there; the packages `again` in any case, from a fresh download."""
        if again:
            self.tasks.run("uv cache clean", [self._uv, "cache", "clean", "--quiet", *again])
        # A pylock.toml without hashes is refused by uv itself; its hashes are always verified.
        command = ["pip", "sync", "--preview-features", "pylock", "--require-hashes", *self._offline]
        for name in again:
            command += ["--reinstall-package", name]
        self.tasks.run("uv pip sync", [self._uv, *command, "--python", interpreter, pylock], phase="packages")

    def check(self, interpreter):
        return self.tasks.command("uv pip check", [self._uv, "pip", "check", "--python", interpreter])

    def _redacted(self, output):
        text = _USERINFO.sub(r"\1***@", output.decode("utf-8", "replace"))
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text
