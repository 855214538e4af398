"""What a run may read once and nobody can find: secrets, each in a named pipe that is opened like a file.

A pipe's name is in the run's directory, what goes through it is only in memory. It comes from the runner and ends with it.
"""

import base64
import json
import os
import signal

from .errors import AgentError
from .store import remove


class Handover:
    """The pipes of one run. `contents` says what goes through which."""

    def __init__(self, place, working):
        self._working = working
        self.directory = os.path.join(place, "secrets")
        self.contents = {}
        os.mkdir(self.directory, 0o700)

    def words(self, request):
        """The arguments of ansible-playbook that name pipes."""
        words = []
        if request["extra_vars"]:
            words.append("--extra-vars=@" + self._pipe("extra-vars", json.dumps(request["extra_vars"]).encode("ascii")))
        password = request.get("secrets", {}).get("become_password")
        if password is not None:
            words.append("--become-password-file=" + self._pipe("become", base64.b64decode(password)))
        return words

    def of_run(self, request):
        """What is neither an argument nor a setting of Ansible's."""
        secrets = request.get("secrets", {})
        return {
            name: self._pipe(name, base64.b64decode(secrets[name])) for name in ("environment", "prompts") if name in secrets
        }

    def settings(self, request):
        """Settings that name pipes. They replace what the project's ansible.cfg says: its files are the controller's."""
        secrets = request.get("secrets", {})
        settings = {"ANSIBLE_ASK_VAULT_PASS": "0", "ANSIBLE_BECOME_ASK_PASS": "0"}
        identities = []
        for number, vault in enumerate(secrets.get("vault_ids", ())):
            path = self._pipe("vault-%d" % number, base64.b64decode(vault["content"]))
            identities.append("%s@%s" % (vault["label"], self._without_comma(path)))
        if identities:
            settings["ANSIBLE_VAULT_IDENTITY_LIST"] = ",".join(identities)
        if "vault_password_file" in secrets:
            content = base64.b64decode(secrets["vault_password_file"])
            settings["ANSIBLE_VAULT_PASSWORD_FILE"] = self._pipe("vault", content)
        return settings

    def _without_comma(self, path):
        """A comma would end the entry: seen from the working directory the path may have none."""
        for way in (path, os.path.relpath(path, self._working)):
            if "," not in way:
                return way
        raise AgentError("path-refused", "%s has a comma, so no vault password can be handed over there" % path)

    def _pipe(self, name, content):
        path = os.path.join(self.directory, name)
        os.mkfifo(path, 0o600)
        self.contents[path] = content
        return path


def passed_names(request):
    """Variables of the controller that the run gets."""
    return list(json.loads(base64.b64decode(request.get("secrets", {}).get("environment", "e30="))))


def record(request):
    """What of a request may be kept: no secret, and nothing of what the inventory says."""
    secrets = request.get("secrets", {})
    kept = {name: value for name, value in request.items() if name not in ("inventory", "secrets", "project", "settings", "configuration")}
    kept["blobs"] = request["project"].get("roles", []) + request["inventory"]["files"]
    kept["extra_vars"] = sorted(request["extra_vars"])
    kept["vault_ids"] = [vault["label"] for vault in secrets.get("vault_ids", ())]
    return kept


def feed(contents):
    """Hands each secret to whoever opens its pipe first. Does not wait."""
    import threading

    # A signal is for the thread that waits for the playbook.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    for path, content in contents.items():
        threading.Thread(target=_feed, args=(path, content), daemon=True).start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _feed(path, content):
    try:
        with open(path, "wb") as pipe:
            pipe.write(content)
    except OSError:
        # The reader left, or never came and the run is over.
        pass
    finally:
        remove(path)
