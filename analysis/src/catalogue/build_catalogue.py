#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.12"
# dependencies = ["ansible-core==2.21.5"]
# ///
"""Print the plugin catalogue: what ansible-core itself ships, and where the names that it once shipped live now.

    uv run --script build_catalogue.py > ../main/resources/dev/ansiblevenv/analysis/catalogue/catalogue.txt

Nothing of ansible-core runs: names come from file names and, for filters and tests, from the dictionaries that the
plugin files return (`ast`). One line a fact, fields apart by a space, sorted, so that a new version is a readable diff:

    core VERSION
    builtin KIND NAME ...             plugins that ansible-core ships
    jinja KIND NAME ...               filters and tests of Jinja itself; they are no Ansible plugins
    redirect KIND COLLECTION NAME ... old short names; `old=new` where the name changed too
    removed KIND NAME MESSAGE         tombstones
    deprecated KIND NAME MESSAGE
    python KIND NAME SIDE REQUIREMENT what a builtin plugin documents as required and ansible-core does not depend on
"""

import ast
import importlib.util
import pathlib
import sys

import yaml

KINDS = {
    "action": "module",
    "become": "become",
    "cache": "cache",
    "callback": "callback",
    "connection": "connection",
    "inventory": "inventory",
    "lookup": "lookup",
    "shell": "shell",
    "strategy": "strategy",
    "vars": "vars",
    "cliconf": "cliconf",
    "httpapi": "httpapi",
    "netconf": "netconf",
    "terminal": "terminal",
}
ROUTED = {**KINDS, "modules": "module", "filter": "filter", "test": "test"}
# The `requirements` of these plugins' documentation, as names on the Python index.
PYTHON = [
    ("module", "expect", "managed-node", "pexpect>=3.3"),
    ("connection", "winrm", "control", "pywinrm"),
    ("connection", "psrp", "control", "pypsrp>=0.4.0,<1.0.0"),
]


def package(name):
    return pathlib.Path(importlib.util.find_spec(name).submodule_search_locations[0])


def returned_names(file, function):
    """The keys of the dictionaries in the function that registers filters or tests."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Dict):
                    yield from (k.value for k in inner.keys if isinstance(k, ast.Constant))
                elif isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "dict":
                    yield from (k.arg for k in inner.keywords)


def assigned_names(file, variable):
    """The keys of a dictionary that a module assigns to a name."""
    for node in ast.walk(ast.parse(file.read_text())):
        target = getattr(node, "target", None) or next(iter(getattr(node, "targets", [])), None)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and getattr(target, "id", "") == variable:
            yield from (k.value for k in node.value.keys)


def plugin_files(directory):
    return (f.stem.lstrip("_") for f in directory.glob("*.py") if f.stem not in ("__init__", "base"))


def one_line(text):
    return " ".join(str(text or "").split())


def main():
    ansible, jinja = package("ansible"), package("jinja2")
    lines = []
    version = ast.parse((ansible / "release.py").read_text()).body
    lines += [f"core {n.value.value}" for n in version if isinstance(n, ast.Assign) and n.targets[0].id == "__version__"]
    builtin = {"module": set(plugin_files(ansible / "modules"))}
    for directory, kind in KINDS.items():
        builtin.setdefault(kind, set()).update(set(plugin_files(ansible / "plugins" / directory)) - {"normal"})
    for kind, function in (("filter", "filters"), ("test", "tests")):
        files = (ansible / "plugins" / kind).glob("*.py")
        builtin[kind] = {name for file in files for name in returned_names(file, function)}
        own = set(assigned_names(jinja / f"{kind}s.py", f"{kind.upper()}S")) - builtin[kind]
        lines.append(f"jinja {kind} {' '.join(sorted(own))}")
    lines += [f"builtin {kind} {' '.join(sorted(names))}" for kind, names in sorted(builtin.items()) if names]

    runtime = yaml.safe_load((ansible / "config" / "ansible_builtin_runtime.yml").read_text())
    redirects, facts = {}, set()
    for section, names in runtime["plugin_routing"].items():
        kind = ROUTED.get(section)
        if kind is None:
            continue
        for old, entry in names.items():
            if "redirect" in entry:
                namespace, collection, new = entry["redirect"].split(".", 2)
                if namespace in ("testns", "bogusns"):
                    continue
                redirects.setdefault((kind, f"{namespace}.{collection}"), set()).add(old if old == new else f"{old}={new}")
            for word, key in (("removed", "tombstone"), ("deprecated", "deprecation")):
                if key in entry and not old.startswith("deprecated_core_"):
                    facts.add(f"{word} {kind} {old} {one_line(entry[key].get('warning_text'))}")
    lines += [f"redirect {k} {c} {' '.join(sorted(names))}" for (k, c), names in sorted(redirects.items())]
    lines += sorted(facts)
    lines += [f"python {kind} {name} {side} {need}" for kind, name, side, need in PYTHON if name in builtin[kind]]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
