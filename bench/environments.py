#!/usr/bin/env python3
"""Locks and environments on this machine, beside the tools that people use by hand.

    bench/environments.py --collections DIR [--runs N] [--environments N] [--only NAME …]

DIR holds tarballs of twelve collections, closed under dependencies; `--server FILE` is a Galaxy server that takes `--artifacts DIR --port N --delay-ms N --redirect`.
Everything is written into a temporary directory. What is timed is the whole command `ansible-venv …`, start of the JVM included.
"""

import argparse
import itertools
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

import pairs

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ["ansible-core", "requests", "urllib3"]
SMALL = ["six", "toml", "iniconfig", "pluggy", "colorama", "zipp", "docopt"]


class Bench:
    def __init__(self, given, work):
        self.given = given
        self.ours = str(ROOT / "ansible-venv")
        self.project = work / "project"
        self.work = work
        (self.project / "profiles").mkdir(parents=True)
        (work / "home").mkdir()
        os.environ["HOME"] = str(work / "home")
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        self.store = work / "home/.local/share/ansible-venv"
        self.venvs = work / "home/venvs"

    def profile(self, name, packages, collections=()):
        text = f"name: {name}\ncollections:{self._list(collections)}\npython_packages:{self._list(packages)}\n"
        (self.project / f"profiles/{name}.yml").write_text(text)
        return name

    @staticmethod
    def _list(items):
        return "".join(f"\n  - {item}" for item in items) or " []"

    def ensure(self, name):
        wall, _, done = pairs.once(self.command(name), self.project, pairs.environment())
        pairs.check(f"ensure {name}", done, (0,))
        return wall

    def command(self, name):
        return [self.ours, "ensure", name, "localhost"]

    def environment_of(self, name):
        return pathlib.Path(os.readlink(self.venvs / name)).parent

    def forget(self, name):
        """The host no longer has the environment; what it was put together from stays."""
        link = self.venvs / name
        if os.path.lexists(link):
            shutil.rmtree(self.environment_of(name), ignore_errors=True)
            link.unlink()

    def prune(self, kept, parts=("packages", "collections")):
        """Of the parts, only what one environment is made of stays."""
        ready = json.loads((self.environment_of(kept) / "READY").read_text()) if kept else {}
        needed = set(json.dumps(ready).split('"'))
        for part in parts:
            for entry in (self.store / part).glob("*"):
                if entry.name not in needed:
                    subprocess.run(["chmod", "-R", "u+w", entry], check=True)
                    shutil.rmtree(entry)

    def uv(self):
        return str(next((self.store / "tools").glob("uv-*")))

    # What is measured

    def build(self):
        self.profile("base", PACKAGES)
        print(f"first `ensure`, everything to be fetched: {self.ensure('base'):.1f} s")
        by_hand = self.work / "by-hand"
        os.environ["UV_CACHE_DIR"] = str(self.store / "cache/uv")
        uv = f"{self.uv()} venv -q {by_hand} && {self.uv()} pip install -q --compile-bytecode --python {by_hand}/bin/python {' '.join(PACKAGES)}"
        clean = lambda: shutil.rmtree(by_hand, ignore_errors=True)
        pairs.compare(
            "build, installer cache and packages warm", "ansible-venv ensure", self.command("base"), "uv venv && uv pip install", ["sh", "-c", uv],
            cwd=self.project, runs=self.given.runs, before_a=lambda: self.forget("base"), before_b=clean,
        )
        pairs.compare(
            "build, only the installer's own cache warm", "ansible-venv ensure", self.command("base"), "uv venv && uv pip install", ["sh", "-c", uv],
            cwd=self.project, runs=self.given.runs, before_a=lambda: (self.forget("base"), self.prune(None)), before_b=clean,
        )
        pip = f"python3 -m venv {by_hand} && {by_hand}/bin/python -m pip install -q --disable-pip-version-check {' '.join(PACKAGES)}"
        pairs.compare(
            "build beside pip", "ansible-venv ensure", self.command("base"), "python3 -m venv && pip install", ["sh", "-c", pip],
            cwd=self.project, runs=min(self.given.runs, 5), before_a=lambda: self.forget("base"), before_b=clean,
        )

    def second(self):
        self.profile("base", PACKAGES)
        self.ensure("base")
        self.profile("more", PACKAGES + ["six"])
        self.ensure("more")
        pairs.compare(
            "an environment that differs in one small package", "ansible-venv ensure, to be built", self.command("more"), "ansible-venv ensure, nothing to do", self.command("base"),
            cwd=self.project, runs=self.given.runs, before_a=lambda: (self.forget("more"), self.prune("base", ("packages",))),
        )
        self.profile("same", PACKAGES)
        self.ensure("same")
        pairs.compare(
            "a second spec with the same lock", "ansible-venv ensure, to be linked", self.command("same"), "ansible-venv ensure, nothing to do", self.command("base"),
            cwd=self.project, runs=self.given.runs, before_a=lambda: (self.venvs / "same").unlink(),
        )

    def collections(self):
        names, tarballs = self._collections()
        with Server(self.given.server, self.given.collections, 0) as server:
            (self.project / "ansible.cfg").write_text(f"[galaxy]\nserver = {server.url}\n")
            self.profile("base", PACKAGES)
            self.ensure("base")
            self.profile("twelve", PACKAGES, names)
            self.ensure("twelve")
            target = self.work / "installed"
            galaxy = [str(self.venvs / "base/bin/ansible-galaxy"), "collection", "install", "--no-deps", "--offline", "-p", str(target), *tarballs]
            clean = lambda: shutil.rmtree(target, ignore_errors=True)
            pairs.compare(
                "twelve collections", "ansible-venv ensure, packages there", self.command("twelve"), "ansible-galaxy collection install", galaxy,
                cwd=self.project, runs=min(self.given.runs, 5), before_a=lambda: (self.forget("twelve"), self.prune("base", ("collections",))), before_b=clean,
            )
            pairs.compare(
                "twelve collections that the store has", "ansible-venv ensure, with them", self.command("twelve"), "ansible-venv ensure, without", self.command("base"),
                cwd=self.project, runs=self.given.runs, before_a=lambda: self.forget("twelve"), before_b=lambda: self.forget("base"),
            )

    def resolve(self):
        names, _ = self._collections()
        with Server(self.given.server, self.given.collections, 100) as server:
            (self.project / "ansible.cfg").write_text(f"[galaxy]\nserver = {server.url}\n")
            self.profile("base", PACKAGES)
            self.ensure("base")
            self.profile("twelve", PACKAGES, names)
            requirements = self.work / "requirements.yml"
            requirements.write_text("collections:\n" + "".join(f"  - {name}\n" for name in names))
            target = self.work / "downloaded"
            clean = lambda: (shutil.rmtree(target, ignore_errors=True), shutil.rmtree(self.work / "home/.ansible", ignore_errors=True))
            lock = self.project / "venv_specs/twelve.lock"
            pairs.compare(
                "twelve collections resolved at 100 ms a request", "ansible-venv lock", [self.ours, "lock", "twelve"],
                "ansible-galaxy collection download", [str(self.venvs / "base/bin/ansible-galaxy"), "collection", "download", "--clear-response-cache", "-r", str(requirements), "-p", str(target)],
                cwd=self.project, runs=min(self.given.runs, 3), before_a=lambda: shutil.rmtree(lock, ignore_errors=True), before_b=clean,
            )

    def disk(self):
        self.profile("base", PACKAGES)
        before = used(self.store)
        self.ensure("base")
        first = used(self.environment_of("base"))
        combinations = itertools.chain.from_iterable(itertools.combinations(SMALL, n) for n in range(1, len(SMALL)))
        for number, extra in enumerate(itertools.islice(combinations, self.given.environments - 1), 2):
            before = used(self.store / "envs")
            self.ensure(self.profile(f"e{number}", PACKAGES + list(extra)))
            last = used(self.store / "envs") - before
        print(f"\ndisk of the first environment {first >> 10} KiB, of number {number} {last >> 10} KiB: {100 * last / first:.1f} %")

    def _collections(self):
        tarballs = sorted(str(file) for file in pathlib.Path(self.given.collections).glob("*.tar.gz"))
        return [".".join(pathlib.Path(each).name.split("-")[:2]) for each in tarballs], tarballs


class Server:
    def __init__(self, program, artifacts, delay):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/api/"
        self._command = ["python3", program, "--artifacts", artifacts, "--port", str(self._port), "--delay-ms", str(delay)] + (["--redirect"] if delay else [])

    def __enter__(self):
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return self
            time.sleep(0.05)
        raise SystemExit("the Galaxy server does not start")

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()


def used(path):
    return int(subprocess.run(["du", "-sk", path], check=True, capture_output=True, text=True).stdout.split()[0]) << 10 if path.exists() else 0


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--collections", required=True)
    options.add_argument("--server", required=True)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--environments", type=int, default=100)
    names = ("build", "second", "collections", "resolve", "disk")
    options.add_argument("--only", nargs="*", choices=names, default=names)
    given = options.parse_args()
    for name in given.only:
        with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
            try:
                getattr(Bench(given, pathlib.Path(work)), name)()
            finally:
                subprocess.run(["chmod", "-R", "u+w", work], check=False)


main()
