#!/usr/bin/env python3
"""The main job on this machine, beside the tools it stands on.

    bench/main_job.py [--runs N] [--playbook examples/hello/site.yml]

1. `analyze` of a known playbook (verdict of lint cached) beside `ansible-lint --offline --profile min` on the same file.
2. A second `deploy` to localhost beside a bare `ansible-playbook` of the same file in the same environment.
Everything is written into a temporary directory; the environment is built there once, before anything is timed.
"""

import argparse
import os
import pathlib
import shutil
import tempfile

import pairs

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=11)
    options.add_argument("--playbook", type=pathlib.Path, default=ROOT / "examples/hello/site.yml")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        measure(given, pathlib.Path(work))


def measure(given, work):
    project = work / "project"
    shutil.copytree(given.playbook.resolve().parent, project)
    playbook = given.playbook.name
    os.environ["HOME"] = str(work / "home")
    (work / "home").mkdir()
    os.environ["XDG_CACHE_HOME"] = str(work / "cache")
    ours = str(ROOT / "ansible-venv")
    wall, _, done = pairs.once([ours, "deploy", playbook, "localhost"], project, pairs.environment())
    pairs.check("the first deploy", done, (0,))
    print(f"first deploy, everything to be fetched and built: {wall:.1f} s")

    lint = next((work / "cache/ansible-venv/tools").glob("ansible-lint-*/bin/python"))
    pairs.compare(
        "analyze of a known playbook",
        "ansible-venv analyze",
        [ours, "analyze", playbook],
        "ansible-lint --offline",
        [str(lint), "-m", "ansiblelint", "--offline", "--profile", "min", "-q", playbook],
        cwd=project,
        runs=given.runs,
    )
    venv = next((work / "home/venvs").iterdir())
    pairs.compare(
        "second deploy to localhost",
        "ansible-venv deploy",
        [ours, "deploy", playbook, "localhost"],
        "ansible-playbook, same environment",
        [str(venv / "bin/ansible-playbook"), "-i", "localhost,", "-c", "local", "-e",
         f"ansible_python_interpreter={venv}/bin/python", playbook],
        cwd=project,
        runs=given.runs,
    )


main()
