#!/usr/bin/env python3
"""Writes `installed_venvs` into the inventories of real repositories and compares what Ansible says before and after.

    bench/inventories.py --ansible-inventory PATH CHECKOUTS...

Each argument is a directory of checkouts, or one checkout. In every repository each inventory that is found (what an
`ansible.cfg` names, files and directories called `inventory` and `hosts…`, what lies in `inventories/`) gets a host
record for one of its hosts, and `ansible-venv sync` is called. Right is:

- `ansible-inventory --list` and `--graph` are the same but for `installed_venvs` of that host;
- `git diff` shows one change: one hunk in one file, or one new file in `host_vars/`;
- or nothing is changed and a line says why.

Works on copies; the checkouts stay as they are.
"""

import argparse
import collections
import configparser
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
VENV = "site_796bb7e6"


def run(*command, cwd=None, env=None):
    return subprocess.run([str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


def inventories(repository):
    found = []
    for configuration in sorted(repository.rglob("ansible.cfg")):
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            parser.read(configuration)
        except (configparser.Error, UnicodeDecodeError):
            continue
        for name in parser.get("defaults", "inventory", fallback="").split(","):
            path = configuration.parent / os.path.expanduser(name.strip())
            if name.strip() and path.exists():
                found.append(path)
    for pattern in ("inventory", "inventory.*", "hosts", "hosts.*", "inventory/hosts*", "inventories/*", "inventories/*/hosts*"):
        found += [path for path in sorted(repository.rglob(pattern)) if ".git" not in path.parts]
    unique = []
    for path in (path.resolve() for path in found):
        inside = path != repository and repository in path.parents
        if inside and path not in unique and path.suffix not in (".py", ".md", ".j2", ".rst", ".txt", ".sh", ".go", ".rb", ".png"):
            unique.append(path)
    return unique


class Oracle:
    def __init__(self, program, home):
        self.program = program
        self.environment = dict(os.environ, HOME=str(home), ANSIBLE_NOCOLOR="1", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="0")
        for name in list(self.environment):
            if name.startswith("ANSIBLE_") and name not in ("ANSIBLE_NOCOLOR", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"):
                del self.environment[name]
        self.environment["ANSIBLE_CONFIG"] = os.devnull

    def says(self, inventory, directory):
        """The listing, and the graph; None where there is nothing to be said."""
        listed = run(self.program, "-i", inventory, "--list", cwd=directory, env=self.environment)
        graph = run(self.program, "-i", inventory, "--graph", cwd=directory, env=self.environment)
        if listed.returncode or graph.returncode or not listed.stdout.startswith("{"):
            return None
        return json.loads(listed.stdout), graph.stdout


def without(listing, host):
    document = json.loads(json.dumps(listing))
    variables = document.get("_meta", {}).get("hostvars", {})
    value = variables.get(host, {}).pop("installed_venvs", None)
    document["_meta"]["hostvars"] = {name: each for name, each in variables.items() if each}
    return document, value


def check(product, oracle, repository, inventory, home):
    """What came of it, and details where that is wrong."""
    with tempfile.TemporaryDirectory(prefix="inventory-") as directory:
        copy = pathlib.Path(directory) / "p"
        shutil.copytree(repository, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", "host_venvs", "venv_specs"))
        for command in (["init", "-q"], ["add", "-Af"], ["-c", "user.name=b", "-c", "user.email=b@b", "commit", "-qm", "b"]):
            run("git", *command, cwd=copy)
        place = copy / inventory.relative_to(repository)
        before = oracle.says(place, copy)
        hosts = sorted(before[0]["_meta"]["hostvars"] or []) if before else []
        groups = [each for each in (before or [{}])[0].values() if isinstance(each, dict)]
        hosts = sorted({host for group in groups for host in group.get("hosts", [])} | set(hosts))
        if not hosts:
            return "no hosts", ""
        host = random.Random(str(inventory)).choice(hosts)
        records = copy / "host_venvs"
        records.mkdir(exist_ok=True)
        record = f'hostname: "{host}"\ninstalled_venvs:\n  - name: {VENV}\n    path: /opt/{VENV}\n    installed_date: "2026-11-29T22:30:57"\n'
        (records / (host.replace("/", "_") + ".yml")).write_text(record)
        environment = dict(oracle.environment)
        said = run(product, "sync", "--project", copy, "-i", place, cwd=copy, env=environment)
        shutil.rmtree(records)
        shutil.rmtree(copy / ".ansible-venv", ignore_errors=True)
        run("git", "add", "-Af", cwd=copy)
        difference = run("git", "diff", "--cached", "--unified=0", cwd=copy).stdout
        hunks, files = difference.count("\n@@ "), difference.count("diff --git ")
        after = oracle.says(place, copy)
        if after is None:
            return "WRONG: unreadable afterwards", difference
        one, _ = without(before[0], host)
        other, value = without(after[0], host)
        if one != other or before[1] != after[1]:
            return "WRONG: something else changed", difference
        if not difference:
            reason = (said.stdout + said.stderr).strip()
            kind = "nothing written, said why" if host in reason or said.returncode else "WRONG: nothing written, silently"
            return kind, f"{host}: {reason[-600:]}"
        if value != [VENV]:
            return "WRONG: the value is not seen", difference
        if (hunks, files) != (1, 1):
            return f"WRONG: {hunks} hunks in {files} files", difference
        return "one change", ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=pathlib.Path)
    parser.add_argument("--ansible-inventory", required=True, help="the oracle")
    parser.add_argument("--product", default=HERE.parent / "ansible-venv")
    parser.add_argument("--each", type=int, default=3, help="inventories per repository, at most")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    repositories = []
    for path in options.checkouts:
        repositories += [path] if (path / ".git").exists() else sorted(each for each in path.iterdir() if each.is_dir())
    counts, repositories_with = collections.Counter(), 0
    with tempfile.TemporaryDirectory(prefix="home-") as home:
        oracle = Oracle(options.ansible_inventory, home)
        for repository in (each.resolve() for each in repositories):
            checked = 0
            for inventory in inventories(repository):
                if checked >= options.each:
                    break
                try:
                    outcome, details = check(options.product, oracle, repository, inventory, home)
                except subprocess.TimeoutExpired:
                    outcome, details = "WRONG: took too long", ""
                if outcome == "no hosts":
                    continue
                checked += 1
                counts[outcome] += 1
                print(f"{outcome:32} {repository.name}: {inventory.relative_to(repository)}", flush=True)
                if details and (options.verbose or outcome.startswith("WRONG")):
                    print("    " + details.strip().replace("\n", "\n    "))
            repositories_with += bool(checked)
    print(f"{sum(counts.values())} inventories of {repositories_with} repositories: " + ", ".join(f"{n} {what}" for what, n in counts.most_common()))
    return any(outcome.startswith("WRONG") for outcome in counts)


if __name__ == "__main__":
    sys.exit(main())
