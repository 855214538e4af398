"""The directory that a run takes place in, and the roles that are not in it."""

import os

from .errors import AgentError


def files(request):
    """Everything of the project that comes as blobs."""
    project = request["project"]
    return project.get("files", []) + project.get("roles", [])


def prepare(store, request, place):
    """Makes the run's project directory and returns its path."""
    project = request["project"]
    if "roles" in project:
        materialise(store, project["roles"], os.path.join(place, "roles"))
    directory = project.get("directory")
    if directory is None:
        directory = os.path.join(place, "project")
        materialise(store, project.get("files", []), directory)
    if not os.path.isfile(os.path.join(directory, request["playbook"])):
        raise AgentError("path-refused", "the project has no playbook %s" % request["playbook"])
    return directory


def settings(request, place):
    """What ansible-playbook has to be told of roles outside of the project."""
    project = request["project"]
    searched = list(project.get("roles_path", []))
    if "roles" in project:
        searched.append(os.path.join(place, "roles"))
    return {"ANSIBLE_ROLES_PATH": ":".join(searched)} if searched else {}


def safe_path(path):
    """A project-relative path as parts. Refuses what would lead out of the project."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in path:
        raise AgentError("path-refused", "the path %r leaves the project" % path)
    return parts


def materialise(store, entries, directory):
    """Lays files out, as regular files made from blobs. The project cannot reach the blobs."""
    os.mkdir(directory, 0o700)
    made = set()
    for entry in entries:
        parts = safe_path(entry["path"])
        parent = os.path.join(directory, *parts[:-1])
        if parent not in made:
            os.makedirs(parent, 0o700, exist_ok=True)
            made.add(parent)
        with open(store.blob(entry["sha256"]), "rb") as source:
            content = source.read()
        mode = 0o700 if entry.get("executable") else 0o600
        target = os.open(os.path.join(parent, parts[-1]), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with open(target, "wb") as file:
            file.write(content)
