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

        self.sources = []
        self._known = {}
        self._fragments = {}
        self._package = os.path.dirname(ansible.__file__)
        self._parser = _parser()
        self._routing = self._read_routing()
        for kind in _KINDS:
            self._read_plugins(os.path.join(self._package, "plugins", kind))

    def offer(self):
        from ansible.utils.collection_loader import _collection_finder

        if self._routing:
            self._read_anew, _collection_finder._meta_yml_to_dict = _collection_finder._meta_yml_to_dict, self._routed
        self._parser.offer(self._known)

    def _routed(self, text, identity):
        if self._routing and (text, identity) == self._routing[:2]:
            made, self._routing = self._routing[2], None
            return made
        return self._read_anew(text, identity)

    def _read_routing(self):
        """Most of the time that a run needs for documents goes into this one."""
        from ansible.utils.collection_loader import _collection_finder

        identity = ("ansible.builtin", "runtime.yml")
        with open(self._source("config", "ansible_builtin_runtime.yml"), "rb") as file:
            text = file.read()
        read = _collection_finder._meta_yml_to_dict
        return read and (text, identity, read(text, identity))

    def _source(self, *parts):
        path = os.path.join(self._package, *parts)
        self.sources.append(path)
        return path

    def _read_plugins(self, directory):
        for name in sorted(os.listdir(directory)):
            text = _assigned(self._source(directory, name)).get("DOCUMENTATION") if name.endswith(".py") else None
            if text:
                described = self._read(text, os.path.join(directory, name))
                for fragment in self._named_fragments(described):
                    self._read(fragment, os.path.join(directory, name))

    def _read(self, text, path):
        """Of two that are alike one is given away; the other is read anew."""
        key, made = self._parser.read(text, path)
        self._known[key] = made
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


def _parser():
    try:
        return _TaggedTexts()
    except ImportError:
        return _NamedTexts()


class _TaggedTexts:
    """From ansible-core 2.19 on a text has tags that say where it is from."""

    def __init__(self):
        import yaml
        from ansible._internal._datatag import _tags
        from ansible.module_utils._internal._datatag import AnsibleTagHelper
        from ansible.parsing.yaml.loader import AnsibleLoader

        self._yaml = yaml
        self._load = yaml.load
        self._tags = _tags
        self._tags_of = AnsibleTagHelper.tags
        self._loader = AnsibleLoader

    def read(self, text, path):
        tagged = self._tags.Origin(path=path).tag(self._tags.TrustedAsTemplate().tag(text))
        return self._key(tagged, self._loader), self._load(tagged, Loader=self._loader)

    def offer(self, known):
        self._known = known
        self._yaml.load = self._taken

    def _taken(self, stream, *words, **named):
        made = None
        if isinstance(stream, str):
            made = self._known.pop(self._key(stream, named.get("Loader") or words[0]), None)
        return self._load(stream, *words, **named) if made is None else made

    def _key(self, text, loader):
        return type(text), str(text), frozenset(self._tags_of(text)), loader


class _NamedTexts:
    """Before that the loader is told the file's name."""

    def __init__(self):
        from ansible.parsing.yaml.loader import AnsibleLoader

        self._loader = AnsibleLoader

    def read(self, text, path):
        return (type(text), text, path), self._loader(text, file_name=path).get_single_data()

    def offer(self, known):
        import ansible.plugins.loader
        import ansible.utils.plugin_docs

        self._known = known
        for module in (ansible.plugins.loader, ansible.utils.plugin_docs):
            module.AnsibleLoader = self._taken

    def _taken(self, stream, *words, **named):
        made = None
        if isinstance(stream, str) and not words and list(named) == ["file_name"]:
            made = self._known.pop((type(stream), str(stream), named["file_name"]), None)
        return self._loader(stream, *words, **named) if made is None else _Made(made)


class _Made:
    def __init__(self, made):
        self._made = made

    def get_single_data(self):
        return self._made


def _assigned(path):
    """The texts that are assigned to names, in the module and in its classes."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    found = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str):
            found.update((target.id, statement.value.value) for target in statement.targets if isinstance(target, ast.Name))
    return found
