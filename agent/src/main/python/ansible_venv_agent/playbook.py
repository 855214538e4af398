"""From a run request to the files, arguments and environment of ansible-playbook."""

import os

from .errors import AgentError
from .store import write_file

_FLAGS = {
    "check": "--check",
    "diff": "--diff",
    "become": "--become",
    "force_handlers": "--force-handlers",
    "flush_cache": "--flush-cache",
    "list_tasks": "--list-tasks",
    "list_tags": "--list-tags",
    "list_hosts": "--list-hosts",
    "syntax_check": "--syntax-check",
}
_VALUES = {
    "limit": "--limit",
    "start_at_task": "--start-at-task",
    "become_user": "--become-user",
    "become_method": "--become-method",
    "forks": "--forks",
}
_LISTS = {"tags": "--tags", "skip_tags": "--skip-tags"}


def arguments(options):
    """Every value stands in the same word as its option, so none can be read as another option."""
    words = []
    for name, value in sorted(options.items()):
        if name == "verbosity":
            words += ["-" + "v" * value] if value else []
        elif name in _LISTS:
            words += [_LISTS[name] + "=" + each for each in value]
        elif name in _VALUES:
            words.append("%s=%s" % (_VALUES[name], value))
        elif value:
            words.append(_FLAGS[name])
    return words


def environment(session, directory, seen, venv, site_packages, request):
    """The variables of ansible-playbook, which are the session's, and what its tasks do not see: settings, and what is the run's alone."""
    variables = session.of_run(seen["directory"], os.path.join(venv, "bin"))
    if request.get("forward_agent"):
        _require_ssh_agent(variables)
    if request.get("ssl_cert_file"):
        variables["SSL_CERT_FILE"] = request["ssl_cert_file"]
    told = {name: value.replace("{project}", seen["directory"]).replace("{root}", seen.get("root", "")) for name, value in request["settings"].items()}
    if "configuration" in request:
        told["ANSIBLE_CONFIG"] = os.path.join(directory, "secrets", "ansible.cfg")
        write_file(told["ANSIBLE_CONFIG"], request["configuration"].encode("utf-8"), durable=False)
    # Secrets that ansible decrypts into files are the run's own.
    told["ANSIBLE_LOCAL_TEMP"] = os.path.join(directory, "tmp")
    # Other collections on the host must not shadow those of the lock.
    own = filter(None, [told.get("ANSIBLE_COLLECTIONS_PATH")])
    told["ANSIBLE_COLLECTIONS_PATH"] = ":".join([*own, os.path.join(venv, site_packages)])
    terminal = request["terminal"]
    return variables, told, {"events": os.path.join(directory, "events.jsonl"), **terminal}


def _require_ssh_agent(variables):
    socket = variables.get("SSH_AUTH_SOCK", "")
    if not socket or not os.path.exists(socket):
        raise AgentError(
            "no-ssh-agent",
            "no ssh agent came with this connection",
            "start one (`ssh-add -l` shows its keys), and allow AllowAgentForwarding in the host's sshd",
        )
