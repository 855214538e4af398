"""Runs uv, and watches the connection while it does."""

import os
import re
import signal

from . import blobs
from .errors import AgentError
from .facts import utf8_locale
from .pythons import SYSTEM_PATH
from .store import directory, flush, remove

_ALLOWED = re.compile(r"UV_[A-Z0-9_]+|SSL_CERT_(FILE|DIR)|SSL_CLIENT_CERT|(?i:(https?|all|no)_proxy)|NETRC")
_OURS = re.compile(r"UV_(CACHE_DIR|PYTHON.*|NO_CONFIG|CONFIG_FILE|.*HASHES|SYSTEM_.*PYTHON|TARGET|PREFIX|LINK_MODE)")
_USERINFO = re.compile(r"(://)[^/@\s]+@")
_ENDING = 5.0


def prepare(store, uv, path):
    """The installer as an executable file, by version and content."""
    if os.path.exists(path):
        return path
    directory(store.tools)
    source = blobs.verified(store, uv["sha256"])
    temporary = "%s.%d" % (path, os.getpid())
    try:
        import shutil

        shutil.copyfile(source, temporary)
        os.chmod(temporary, 0o700)
        flush(temporary)
        os.rename(temporary, path)
    finally:
        remove(temporary)
    remove(source)
    return path


class Installer:
    def __init__(self, store, channel, uv, settings, lock, progress):
        for name in settings:
            if not _ALLOWED.fullmatch(name) or _OURS.fullmatch(name):
                raise AgentError("invalid-message", "%s is not a setting that the installer takes" % name)
        self._channel = channel
        self._uv = uv
        self._lock = lock
        self._progress = progress
        self._secrets = [
            value for name, value in settings.items() if value and re.search("PASSWORD|TOKEN|SECRET|USERNAME", name)
        ]
        self._environment = {
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

    def create_venv(self, venv, python):
        # Relocatable, because it is built under another name than it is used under.
        self.run("uv venv", [self._uv, "venv", "--quiet", "--relocatable", "--no-project", "--python", python, venv])

    def install(self, interpreter, pylock):
        # A pylock.toml without hashes is refused by uv itself; its hashes are always verified.
        command = ["pip", "sync", "--preview-features", "pylock", "--require-hashes", "--compile-bytecode"]
        self.run("uv pip sync", [self._uv, *command, "--python", interpreter, pylock], phase="packages")

    def check(self, interpreter):
        self.run("uv pip check", [self._uv, "pip", "check", "--python", interpreter])

    def run(self, title, command, additional=None, phase=""):
        """Returns what the command printed. Ends it when the controller leaves or cancels."""
        import subprocess

        # The children inherit the lock: if this process is killed, nobody builds while they still write.
        process = subprocess.Popen(
            command,
            env={**self._environment, **(additional or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[self._lock.fileno()],
        )
        try:
            output = self._collect(process.stdout.fileno(), phase)
            status = process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            process.stdout.close()
        if status != 0:
            raise AgentError("build-failed", "`%s` failed (%d): %s" % (title, status, output.strip()[-4000:]))
        return output

    def _collect(self, handle, phase):
        output = bytearray()
        shown = 0
        while True:
            if handle in self._channel.wait(None, [handle]):
                data = os.read(handle, 65536)
                if not data:
                    return self._redacted(output)
                output += data
                end = output.rfind(b"\n") + 1
                for line in self._redacted(output[shown:end]).splitlines() if phase else ():
                    self._progress(phase, line.strip()[:500])
                shown = max(shown, end)
            self._channel.check()

    def _redacted(self, output):
        text = _USERINFO.sub(r"\1***@", output.decode("utf-8", "replace"))
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def _end(process):
    import subprocess

    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            pass
        try:
            process.wait(_ENDING)
            return
        except subprocess.TimeoutExpired:
            continue

