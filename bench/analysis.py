#!/usr/bin/env python3
"""Own analysis beside ansible-lint and `ansible-playbook --syntax-check` on the same playbooks, start of the process included.

    bench/analysis.py [--runs N] PLAYBOOK …
    bench/analysis.py [--runs N] --corpus DIR      # five playbooks of different sizes among the checkouts below DIR

`ansible-venv analyze --skip-lint --format json` with a warm start-up cache against each tool in turn, pair by pair. A playbook's
project is the checkout that holds it (the directory with `.git`), else its own directory. The tools come from a virtual
environment that is made in a temporary directory, or from --tools DIR, which is made if it is not there.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pairs

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = str(ROOT / "ansible-venv")
SIZES = [1, 20, 60, 180, 600]


def project(playbook):
    return next((above for above in playbook.parents if (above / ".git").exists()), playbook.parent)


def analyze(playbook):
    return [OURS, "analyze", "--skip-lint", "--format", "json", str(playbook.relative_to(project(playbook)))]


def size(playbook):
    """Files in the closure, 0 for what is no valid playbook."""
    done = pairs.once(analyze(playbook), project(playbook), pairs.environment())[2]
    try:
        return len(json.loads(done.stdout)["closure"]) if done.returncode == 0 else 0
    except ValueError:
        return 0


def chosen(corpus):
    """The playbook nearest to each of the sizes, among those in the first two levels of each checkout."""
    found = [path for pattern in ("*/*.y*ml", "*/*/*.y*ml") for path in sorted(corpus.resolve().glob(pattern))]
    sizes = {path: size(path) for path in found if b"hosts:" in path.read_bytes() or b"import_playbook" in path.read_bytes()}
    picked = []
    for wanted in SIZES:
        rest = {path: count for path, count in sizes.items() if count and path not in picked}
        if rest:
            picked.append(min(rest, key=lambda path: abs(rest[path] - wanted)))
    return picked


def tools(directory):
    if not (directory / "bin/ansible-lint").exists():
        uv = shutil.which("uv")
        if uv:
            subprocess.run([uv, "venv", "-q", directory], check=True)
            subprocess.run([uv, "pip", "install", "-q", "--python", directory / "bin/python", "ansible-lint", "ansible"], check=True)
        else:
            subprocess.run([sys.executable, "-m", "venv", directory], check=True)
            subprocess.run([directory / "bin/pip", "install", "-q", "ansible-lint", "ansible"], check=True)
    return directory / "bin"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--corpus", type=pathlib.Path)
    options.add_argument("--tools", type=pathlib.Path)
    options.add_argument("playbooks", nargs="*", type=pathlib.Path, metavar="PLAYBOOK")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        os.environ["XDG_CACHE_HOME"] = f"{work}/cache"
        binaries = tools((given.tools or pathlib.Path(work) / "tools").absolute())
        os.environ["PATH"] = f"{binaries}:{os.environ['PATH']}"
        playbooks = [path.resolve() for path in given.playbooks] or chosen(given.corpus)
        ratios = [measure(playbook, binaries, given.runs) for playbook in playbooks]
    print("\nfiles   faster than ansible-lint   than --syntax-check   playbook")
    for files, lint, syntax, playbook in ratios:
        print(f"{files:5}   {1 / lint:22.1f} x   {1 / syntax:17.1f} x   {playbook}")


def measure(playbook, binaries, runs):
    where = project(playbook)
    name = str(playbook.relative_to(where))
    files = size(playbook)
    shown = f"{where.name}/{name} ({files} files)"
    ours = analyze(playbook)
    # What the tools think of a playbook is not the question here, only how long they think.
    any_verdict = range(256)
    lint = pairs.compare(
        shown, "ansible-venv analyze", ours, "ansible-lint --offline",
        [str(binaries / "ansible-lint"), "--offline", name],
        cwd=where, runs=runs, expected=(0, 3), expected_b=any_verdict,
    )  # fmt: skip
    syntax = pairs.compare(
        shown, "ansible-venv analyze", ours, "ansible-playbook --syntax-check",
        [str(binaries / "ansible-playbook"), "--syntax-check", "-i", "localhost,", name],
        cwd=where, runs=runs, expected=(0, 3), expected_b=any_verdict,
    )  # fmt: skip
    return files, lint, syntax, f"{where.name}/{name}"


main()
