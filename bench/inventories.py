#!/usr/bin/env python3
"""Writes `installed_venvs` into the inventories of real repositories and compares what Ansible says before and after.

    bench/inventories.py --ansible-inventory PATH CHECKOUTS...

Each argument is a directory of checkouts, or one checkout. In every repository each inventory that is found (what an
`ansible.cfg` names, files and directories called `inventory` and `hosts…`, what lies in `inventories/`) gets a host
record for one of its hosts, and `ansible-venv sync` is called. Right is:

- `ansible-inventory --list` and `--graph` are the same but for `installed_venvs` of that host;
- `git diff` shows one change: one hunk in one file, or one new file in `host_vars/`;
- or nothing is changed and a line says why;
- in any case `list-host all` has the hosts that Ansible has.

Works on copies; the checkouts stay as they are.
"""

import argparse
import collections
import configparser
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
VENV = "site_796bb7e6"
PATTERNS = ("inventory", "inventory[-_.]*", "*[-_.]inventory*", "hosts", "hosts[-_.]*", "inventory/*", "inventories/*", "inventories/*/hosts*",
            "environments/*", "envs/*", "env/*", "production", "staging")


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
    for pattern in PATTERNS:
        found += [path for path in sorted(repository.rglob(pattern)) if ".git" not in path.parts]
    unique = []
    for path in (path.resolve() for path in found):
        inside = path != repository and repository in path.parents
        if inside and path not in unique and path.suffix not in (".py", ".md", ".j2", ".rst", ".txt", ".sh", ".go", ".rb", ".png"):
            unique.append(path)
    return unique


# ansible-inventory itself, in forks of one process: most of its time is its imports.
SERVER = """
import os, sys
from ansible import constants
from ansible.cli.inventory import InventoryCLI
for line in sys.stdin:
    strict, directory, inventory, what, output = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.chdir(directory)
        constants.INVENTORY_ANY_UNPARSED_IS_FAILED = bool(strict)
        for number, name in ((0, os.devnull), (1, output), (2, os.devnull)):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        InventoryCLI.cli_executor(["ansible-inventory", "-i", inventory, what])
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Oracle:
    def __init__(self, program, home):
        self.output = pathlib.Path(home) / "said"
        self.environment = dict(os.environ, HOME=str(home), ANSIBLE_NOCOLOR="1", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="0")
        for name in list(self.environment):
            if name.startswith("ANSIBLE_") and name not in ("ANSIBLE_NOCOLOR", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"):
                del self.environment[name]
        configuration = pathlib.Path(home) / "ansible.cfg"
        configuration.touch()
        self.environment["ANSIBLE_CONFIG"] = str(configuration)
        python = pathlib.Path(program).with_name("python")
        self.server = subprocess.Popen([python, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment, text=True)

    def ask(self, *words):
        self.server.stdin.write("\t".join(str(word) for word in (*words, self.output)) + "\n")
        self.server.stdin.flush()
        return self.output.read_text() if self.server.stdout.readline().strip() == "0" else None

    def says(self, inventory, directory):
        """The listing, and the graph; None where there is nothing to be said."""
        listed, graph = (self.ask("", directory, inventory, what) for what in ("--list", "--graph"))
        return (json.loads(listed), graph) if listed and graph and listed.startswith("{") else None

    def reads_all(self, inventory, directory):
        """Whether Ansible can read every file of it."""
        return self.ask("strict", directory, inventory, "--list") is not None


def without(listing, host):
    document = json.loads(json.dumps(listing))
    variables = document.get("_meta", {}).get("hostvars", {})
    value = variables.get(host, {}).pop("installed_venvs", None)
    document["_meta"]["hostvars"] = {name: each for name, each in variables.items() if each}
    return document, value


def hosts_of(listing):
    groups = [each for each in listing.values() if isinstance(each, dict)]
    return {host for group in groups for host in group.get("hosts", [])} | set(listing["_meta"]["hostvars"])


def committed(repository, copy):
    shutil.copytree(repository, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", "host_venvs", "venv_specs"))
    for command in (["init", "-q"], ["add", "-Af"], ["-c", "user.name=b", "-c", "user.email=b@b", "commit", "-qm", "b"]):
        run("git", *command, cwd=copy)


def not_resolved(product, copy, place, environment, hosts):
    """The hosts that Ansible has and the product has not. Entries that lead to one machine are named in a line, and taken once."""
    said = run(product, "list-host", "all", "--project", copy, "-i", place, "--format", "json", cwd=copy, env=environment)
    try:
        known = {each["host"] for each in json.loads(said.stdout)["hosts"]}
    except (ValueError, KeyError):
        return said.stdout + said.stderr
    once = set(re.findall(r"`([^`]*)` is the same host as", said.stderr))
    return "\n".join(sorted(hosts ^ (known | once)))


def check(product, oracle, copy, place):
    """What came of it, and details where that is wrong."""
    before = oracle.says(place, copy)
    hosts = hosts_of(before[0]) if before else set()
    if not hosts:
        return "no hosts", ""
    environment = dict(oracle.environment)
    lacking = not_resolved(product, copy, place, environment, hosts)
    if "is not a valid inventory" in lacking and not oracle.reads_all(place, copy):
        return "refused: Ansible cannot read a file", ""
    refused = re.search(r"`(.*?)` cannot name a host", lacking)
    if lacking and not (refused and refused.group(1) in hosts):
        return "WRONG: hosts differ", lacking
    names = sorted(host for host in hosts if re.fullmatch(r"\w[\w.-]*", host))
    if not names:
        return "refused: no name of a host", ""
    host = random.Random(str(place.relative_to(copy))).choice(names)
    records = copy / "host_venvs"
    records.mkdir(exist_ok=True)
    record = f'hostname: "{host}"\ninstalled_venvs:\n  - name: {VENV}\n    path: /opt/{VENV}\n    installed_date: "2026-11-29T22:30:57"\n'
    (records / (host.replace("/", "_") + ".yml")).write_text(record)
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
    return "one new file" if "\nnew file mode" in difference else "one change", ""


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
            with tempfile.TemporaryDirectory(prefix="inventory-") as directory:
                copy = pathlib.Path(directory).resolve() / "p"
                committed(repository, copy)
                checked = 0
                for inventory in inventories(copy):
                    if checked >= options.each:
                        break
                    try:
                        outcome, details = check(options.product, oracle, copy, inventory)
                    except subprocess.TimeoutExpired:
                        outcome, details = "WRONG: took too long", ""
                    run("git", "reset", "-q", "--hard", cwd=copy)
                    run("git", "clean", "-ffdxq", cwd=copy)
                    if outcome == "no hosts":
                        continue
                    checked += 1
                    counts[outcome] += 1
                    print(f"{outcome:32} {repository.name}: {inventory.relative_to(copy)}", flush=True)
                    if details and (options.verbose or outcome.startswith("WRONG")):
                        print("    " + details.strip()[:4000].replace("\n", "\n    "), flush=True)
            repositories_with += bool(checked)
    print(f"{sum(counts.values())} inventories of {repositories_with} repositories: " + ", ".join(f"{n} {what}" for what, n in counts.most_common()))
    return any(outcome.startswith("WRONG") for outcome in counts)


if __name__ == "__main__":
    sys.exit(main())
