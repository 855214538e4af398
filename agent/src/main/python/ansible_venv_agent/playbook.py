"""From a run request to the files, arguments and environment of ansible-playbook."""

import json
import os

from .errors import AgentError
from .facts import user_name, utf8_locale
from .project import materialise, safe_path
from .pythons import SYSTEM_PATH

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


def inventory(store, description, directory, interpreter):
    """Lays the inventory out, and gives what `--inventory` has to say. By default exactly the target host, local."""
    materialise(store, description["files"], directory)
    if "sources" in description:
        return [_source(directory, source) for source in description["sources"]]
    host = description.get("host")
    if not host:
        raise AgentError("invalid-message", "the inventory names neither a host nor a source")
    local = {"ansible_connection": "local", "ansible_python_interpreter": interpreter}
    document = {"hosts": {host: {**description.get("vars", {}), **local}}, "children": {}}
    for name, group in description.get("groups", {}).items():
        if name == "all":
            document["vars"] = group.get("vars", {})
            continue
        document["children"][name] = {
            "hosts": {host: {}} if group.get("member") else {},
            "children": {child: {} for child in group.get("children", [])},
            "vars": group.get("vars", {}),
        }
    files = os.path.join(directory, "host_vars", host)
    if os.path.isdir(files):
        # Behind what the user's files say, and they win over the inventory.
        _write_json(os.path.join(files, "2.json"), local)
    path = os.path.join(directory, "inventory.json")
    _write_json(path, {"all": document})
    return [path]


def _source(directory, source):
    """A list of hosts is none of ours; a path is one in the inventory's directory."""
    return source if "," in source else os.path.join(directory, *safe_path(source))


def _write_json(path, value):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(json.dumps(value).encode("ascii"))


def environment(store, directory, project, venv, site_packages, agent, request):
    """The whole environment of the run; nothing of the caller's is in it."""
    configuration = nearest_configuration(project, request["playbook"])
    if configuration is None:
        # Without the variable ansible would go on looking in ~ and /etc.
        configuration = os.path.join(directory, "ansible.cfg")
        with open(os.open(configuration, os.O_WRONLY | os.O_CREAT, 0o600), "w"):
            pass
    name = user_name()
    terminal = request["terminal"]
    variables = {
        "HOME": store.home,
        "USER": name,
        "LOGNAME": name,
        "PATH": os.path.join(venv, "bin") + ":" + SYSTEM_PATH,
        "LANG": utf8_locale(),
        "TERM": "xterm-256color" if terminal["colour"] else "dumb",
        "COLUMNS": str(terminal["columns"]),
        "ANSIBLE_HOME": os.path.join(directory, "ansible"),
        "ANSIBLE_LOCAL_TEMP": os.path.join(directory, "tmp"),
        "ANSIBLE_CONFIG": configuration,
        "ANSIBLE_COLLECTIONS_PATH": os.path.join(venv, site_packages),
        "ANSIBLE_CALLBACK_PLUGINS": ":".join(
            [os.path.join(agent, "plugins", "callback"), *callback_plugins(configuration)]
        ),
        "ANSIBLE_FORCE_COLOR" if terminal["colour"] else "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_VENV_EVENTS": os.path.join(directory, "events.jsonl"),
    }
    if request.get("forward_agent"):
        variables["SSH_AUTH_SOCK"] = _forwarded_agent()
    if request.get("ssl_cert_file"):
        variables["SSL_CERT_FILE"] = request["ssl_cert_file"]
    return variables


def _forwarded_agent():
    socket = os.environ.get("SSH_AUTH_SOCK", "")
    if not socket or not os.path.exists(socket):
        raise AgentError(
            "no-ssh-agent",
            "no ssh agent came with this connection",
            "start one (`ssh-add -l` shows its keys), and allow AllowAgentForwarding in the host's sshd",
        )
    return socket


def nearest_configuration(project, playbook):
    """The ansible.cfg that the analysis looked at, too: from the playbook's directory up to the project's."""
    parts = safe_path(playbook)[:-1]
    for depth in range(len(parts), -1, -1):
        configuration = os.path.join(project, *parts[:depth], "ansible.cfg")
        if os.path.isfile(configuration):
            return configuration
    return None


def callback_plugins(configuration):
    """The project's own callback directories, which the variable for ours would otherwise displace."""
    with open(configuration, encoding="utf-8", errors="surrogateescape") as file:
        text = file.read()
    if "callback_plugins" not in text:
        return []
    import configparser

    parser = configparser.ConfigParser(inline_comment_prefixes=(";",), interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return []
    value = parser.get("defaults", "callback_plugins", fallback="")
    base = os.path.dirname(configuration)
    return [
        os.path.join(base, os.path.expanduser(each.strip())) for each in value.split(":") if each.strip()
    ]
