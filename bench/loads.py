#!/usr/bin/env python3
"""Does the environment of a playbook load every plugin that the playbook names?

    bench/loads.py --work DIR [--program PATH] CHECKOUT/PLAYBOOK …

A checkout is the directory with `.git`, or without one the playbook's own. For each playbook its needs, as `analyze` tells them, become a profile; `ensure`
locks it and builds it on this machine, below WORK, with collections from a loopback Galaxy server. In that environment Ansible's own loaders then look up each
plugin that the playbook names, load it, and import its file; modules are imported, too. No task runs, nothing of a checkout is executed.

Wrong is a plugin that is not found or cannot be loaded. An import that a plugin guards and that is missing is listed: optional or not, a person has to tell.
What `analyze` itself lists as removed, or cannot be had from the server, is counted apart. WORK keeps the collections of the `ansible` sdist between calls.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTING = ROOT / "testing/src/main/python"
ANSIBLE = ("12.3.0", "02721f6fb432ddd47f1044ac49b04b5e9ae08890bd427def8df3db1607aeec51")
LOADER = r'''
import builtins, importlib, json, os, sys
from ansible.plugins import loader
from ansible.plugins.loader import init_plugin_loader
init_plugin_loader()
names, missing, real = json.load(sys.stdin), set(), builtins.__import__
def watched(name, *rest, **more):
    try:
        return real(name, *rest, **more)
    except ModuleNotFoundError as error:
        if error.name and not error.name.startswith("ansible"):
            missing.add(error.name)
        raise
builtins.__import__ = watched
loaders = dict(loader.get_all_plugin_loaders())
modules = loaders.pop("module_loader")
KINDS = {kind + "_loader" for kind in ("action", "become", "callback", "cliconf", "connection", "filter", "httpapi", "inventory", "lookup", "netconf", "strategy", "terminal", "test", "vars")}
def tried(name):
    found = modules.find_plugin_with_context(name)
    if found.resolved and found.plugin_resolved_path.endswith(".py"):
        path = found.plugin_resolved_path
        tail = path.rpartition("/ansible_collections/")[2] if "/ansible_collections/" in path else ""
        importlib.import_module("ansible_collections." + tail[:-3].replace("/", ".") if tail else "ansible.modules." + os.path.basename(path)[:-3])
    kinds = ["module"] if found.resolved else []
    for kind, other in loaders.items():
        if kind not in KINDS:
            continue
        try:
            plugin = other.get(name, class_only=True)
        except (KeyError, TypeError):
            plugin = None
            if kind in ("filter_loader", "test_loader"):
                try:
                    plugin = other.get(name)
                except KeyError:  # the collection has none of the kind
                    pass
        if plugin is not None:
            kinds.append(kind[:-7])
    if loaders["cache_loader"].find_plugin(name.rpartition(".")[2]):
        kinds.append("cache")
    return kinds
for name in names:
    missing.clear()
    try:
        kinds, why = tried(name), ""
    except BaseException as error:
        kinds, why = [], "%s: %s" % (type(error).__name__, str(error).splitlines()[0] if str(error) else "")
    print(json.dumps({"name": name, "kinds": kinds, "why": why, "missing": sorted(missing)}), file=sys.__stdout__, flush=True)
'''


def call(*words, **options):
    source = {} if "input" in options else {"stdin": subprocess.DEVNULL}
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **source, **options)


class Bench:
    def __init__(self, work, program):
        self.work, self.program = work, program
        self.home = work / "home"
        self.home.mkdir(parents=True, exist_ok=True)

    def serve(self, names):
        made = subprocess.run([sys.executable, "-B", str(TESTING / "real_collections.py"), str(self.work / "sdist"), *ANSIBLE, *sorted(names)], check=True, stdout=subprocess.PIPE, text=True)
        self.collections = pathlib.Path(made.stdout.split()[-1])
        self.server = subprocess.Popen([sys.executable, "-B", str(TESTING / "galaxy_server.py"), "--artifacts", str(self.collections)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        url = re.search(r"http://\S+", self.server.stdout.readline())[0].rstrip("/")
        self.environment = {**os.environ, "HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / ".cache"), "ANSIBLE_GALAXY_SERVER_LIST": "loopback",
                            "ANSIBLE_GALAXY_SERVER_LOOPBACK_URL": url if url.endswith("/api") else url + "/api/", "ANSIBLE_LOCALHOST_WARNING": "false"}

    def analysed(self, checkout, playbook):
        done = call(self.program, "analyze", playbook.relative_to(checkout), "--format", "json", cwd=checkout, env={**os.environ, "XDG_CACHE_HOME": str(self.home / ".cache")})
        try:
            return json.loads(done.stdout)
        except ValueError:
            return {"error": (done.stderr or done.stdout).strip()[:300]}

    def built(self, number, needs):
        project = self.work / "projects" / str(number)
        shutil.rmtree(project, ignore_errors=True)
        (project / "profiles").mkdir(parents=True)
        profile = {
            "name": f"loads{number}",
            "collections": [each["name"] for each in needs["collections"] if self.has(each["name"])],
            # What `deploy` locks for psycopg2; in a profile a person's word counts.
            "python_packages": [("psycopg2-binary" if each["name"] == "psycopg2" else each["name"]) + each["specifier"] + (f" ; {each['marker']}" if each["marker"] else "") for each in needs["python_packages"]],
        }
        (project / f"profiles/loads{number}.yml").write_text(json.dumps(profile))
        done = call(self.program, "ensure", f"loads{number}", "localhost", "--format", "json", cwd=project, env=self.environment, timeout=580)
        try:
            document = json.loads(done.stdout)
        except ValueError:
            document = {}
        found = re.search(r'"path"\s*:\s*"([^"]+)"', json.dumps(document))
        return (pathlib.Path(found[1]), "") if done.returncode == 0 and found else (None, (done.stderr or done.stdout).strip()[-1500:])

    def has(self, collection):
        return any(self.collections.glob(collection.replace(".", "-") + "-*.tar.gz"))

    def loaded(self, venv, checkout, names):
        path = os.pathsep.join(str(place) for place in (venv, *(directory.parent for directory in checkout.rglob("ansible_collections") if directory.is_dir())))
        environment = {**self.environment, "ANSIBLE_COLLECTIONS_PATH": path} if (venv / "ansible_collections").is_dir() else self.environment
        done = call(venv / "bin/python", "-B", "-W", "ignore", "-c", LOADER, cwd=self.work, env=environment, input=json.dumps(names), timeout=580)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return lines if len(lines) == len(names) else sys.exit(done.stderr[-2000:])


def dependencies():
    """Of each collection of the release that is served, by its name."""
    found = {}
    for file in (ROOT / "analysis/src/main/resources/dev/ansiblevenv/analysis/catalogue").glob("*.txt"):
        lines = [line.split() for line in file.read_text().splitlines()]
        if any(line[0] == "origin" and line[-1] == f"ansible-{ANSIBLE[0]}" for line in lines):
            found[file.stem] = [line[1] for line in lines if line[0] == "depends"]
    return found


def checkout_of(playbook):
    return next((parent for parent in playbook.parents if (parent / ".git").exists()), playbook.parent)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--work", type=pathlib.Path, required=True)
    arguments.add_argument("--program", default=str(ROOT / "ansible-venv"))
    arguments.add_argument("playbooks", nargs="+", type=pathlib.Path)
    given = arguments.parse_args()
    bench = Bench(given.work.resolve(), given.program)
    depends = dependencies()
    analyses = []
    for playbook in (path.resolve() for path in given.playbooks):
        analyses.append((playbook, checkout_of(playbook), bench.analysed(checkout_of(playbook), playbook)))
    wanted = {each["name"] for _, _, needs in analyses for each in needs.get("collections", ()) if each["name"] in depends}
    while more := {name for each in wanted for name in depends.get(each, ())} - wanted:
        wanted |= more
    bench.serve(wanted)
    bad = total = 0
    try:
        for number, (playbook, checkout, needs) in enumerate(analyses):
            label = f"{checkout.name}/{playbook.relative_to(checkout)}"
            if "error" in needs:
                print(f"none  {label}: {needs['error']}", flush=True)
                continue
            venv, why = bench.built(number, needs)
            if venv is None:
                bad += 1
                print(f"FAIL  {label}: not built: {why}", flush=True)
                continue
            away = {each["name"] for each in needs["collections"] if not bench.has(each["name"])}
            gone = {each["name"] for each in needs["removed"]}
            names = [name for name in needs["plugins"] if ".".join(name.split(".")[:2]) not in away and name not in gone]
            results = bench.loaded(venv, checkout, names)
            failed = [each for each in results if not each["kinds"]]
            total += len(names)
            bad += len(failed)
            print(f"{'FAIL' if failed else 'ok  '}  {label}: {len(names) - len(failed)} of {len(names)} plugins load"
                  + (f", {len(needs['plugins']) - len(names)} elsewhere or removed" if len(names) < len(needs["plugins"]) else ""), flush=True)
            for each in failed:
                print(f"        {each['name']}: {each['why'] or 'not found'}")
            guarded = sorted({(name, each["name"]) for each in results for name in each["missing"]})
            for name, plugin in guarded:
                print(f"      guarded {name}: {plugin}")
    finally:
        bench.server.stdin.close()
        bench.server.wait()
    print(f"{total - bad} passed, {bad} failed")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
