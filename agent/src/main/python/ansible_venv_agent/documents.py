"""What Ansible's own plugins say of themselves, parsed ahead: a fork that has one of these texts parsed gets what was made of it, once.

Parsing is a pure function of the text, its tags and the class of the loader, so whoever asks gets what they would have got.
"""

import ast
import os

# The plugins of these kinds are all looked at, or may be, by any run.
_KINDS = ("become", "cache", "callback", "connection", "inventory", "shell", "vars")


class Documents:
    """`sources` are the files that were read."""

    def __init__(self):
        import ansible
        import yaml

        self.sources = []
        self._known = {}
        self._fragments = {}
        self._yaml = yaml
        self._load = yaml.load
        self._package = os.path.dirname(ansible.__file__)
        try:
            self._read_runtime()
            from ansible._internal._datatag import _tags
            from ansible.module_utils._internal._datatag import AnsibleTagHelper
            from ansible.parsing.yaml.loader import AnsibleLoader
        except ImportError:
            # An ansible-core without tags reads these in another way, and goes on doing that.
            return
        self._tags_of = AnsibleTagHelper.tags
        self._loader = AnsibleLoader
        for kind in _KINDS:
            self._read_plugins(os.path.join(self._package, "plugins", kind), _tags)

    def offer(self):
        if self._known:
            self._yaml.load = self._taken

    def _taken(self, stream, *words, **named):
        made = None
        if isinstance(stream, (str, bytes)):
            made = self._known.pop(self._key(stream, named.get("Loader") or words[0]), None)
        return self._load(stream, *words, **named) if made is None else made

    def _key(self, text, loader):
        plain = bytes(text) if isinstance(text, bytes) else str(text)
        return type(text), plain, frozenset(self._tags_of(text)), loader

    @staticmethod
    def _tags_of(_):
        return ()

    def _read_runtime(self):
        from ansible.utils.collection_loader import _collection_meta

        with open(self._source("config", "ansible_builtin_runtime.yml"), "rb") as file:
            text = file.read()

        def learn(stream, Loader):
            made = self._load(stream, Loader)
            self._known[self._key(stream, Loader)] = made
            return made

        self._yaml.load = learn
        try:
            _collection_meta._meta_yml_to_dict(text, ("ansible.builtin", "runtime.yml"))
        finally:
            self._yaml.load = self._load

    def _source(self, *parts):
        path = os.path.join(self._package, *parts)
        self.sources.append(path)
        return path

    def _read_plugins(self, directory, tags):
        for name in sorted(os.listdir(directory)):
            text = _assigned(self._source(directory, name)).get("DOCUMENTATION") if name.endswith(".py") else None
            if not text:
                continue
            origin = tags.Origin(path=os.path.join(directory, name))
            described = self._parse(tags.TrustedAsTemplate().tag(text), origin)
            for fragment in self._named_fragments(described):
                self._parse(tags.TrustedAsTemplate().tag(fragment), origin)

    def _parse(self, text, origin):
        text = origin.tag(text)
        made = self._load(text, Loader=self._loader)
        # Only one of two that are alike can be given away.
        self._known[self._key(text, self._loader)] = made
        return made

    def _named_fragments(self, described):
        names = described.get("extends_documentation_fragment", ()) if isinstance(described, dict) else ()
        for name in names.split(",") if isinstance(names, str) else names:
            name, _, variable = str(name).strip().partition(".")
            path = os.path.join(self._package, "plugins", "doc_fragments", name + ".py")
            if name.isidentifier() and os.path.exists(path):
                if name not in self._fragments:
                    self._fragments[name] = _assigned(self._source(path))
                text = self._fragments[name].get(variable.upper() or "DOCUMENTATION")
                if text:
                    yield text


def _assigned(path):
    """The texts that are assigned to names, in the module and in its classes."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    found = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str):
            found.update((target.id, statement.value.value) for target in statement.targets if isinstance(target, ast.Name))
    return found
