#!/usr/bin/env python3
"""How the analysis of generated closures grows with their size: time and memory for each file.

    bench/scaling.py [--runs N] [--sizes 10 100 1000 10000] [--shapes flat chain …]

Each line is the median of the runs of one closure. `us/KiB` is what the closure costs beyond an empty playbook, by its
bytes: it stays level, or falls while the JVM warms up, where the cost is linear.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import pairs

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = "- hosts: all\n  tasks:\n"
TASK = """- name: Install
  ansible.builtin.package:
    name: "{{ packages | default([]) | join(',') }}"
    state: present
  when: packages is defined and not skip | bool
  notify: Restart
- name: Configure
  community.general.ini_file:
    path: /etc/app.ini
    section: main
    option: "{{ item.key }}"
    value: "{{ item.value }}"
  loop: "{{ settings | dict2items }}"
"""


def flat(n):
    yield "site.yml", HEAD + "".join(f"    - ansible.builtin.include_tasks: t{i}.yml\n" for i in range(n))
    yield from ((f"t{i}.yml", TASK) for i in range(n))


def chain(n):
    yield "site.yml", HEAD + "    - ansible.builtin.include_tasks: t0.yml\n"
    for i in range(n):
        yield f"t{i}.yml", TASK + (f"- ansible.builtin.include_tasks: t{i + 1}.yml\n" if i + 1 < n else "")


def imports(n):
    yield "site.yml", HEAD + "    - ansible.builtin.import_tasks: t0.yml\n"
    for i in range(n):
        yield f"t{i}.yml", TASK + (f"- ansible.builtin.import_tasks: t{i + 1}.yml\n" if i + 1 < n else "")


def roles(n):
    count = max(1, n // 4)
    yield "site.yml", "- hosts: all\n  roles:\n" + "".join(f"    - role: r{i}\n" for i in range(count))
    for i in range(count):
        yield f"roles/r{i}/tasks/main.yml", TASK
        yield f"roles/r{i}/handlers/main.yml", "- name: Restart\n  ansible.builtin.service: name=app state=restarted\n"
        yield f"roles/r{i}/defaults/main.yml", "packages: []\nskip: false\nsettings: {}\n"
        yield f"roles/r{i}/meta/main.yml", "dependencies: []\n"


def loops(n):
    yield "site.yml", HEAD + "".join(
        f"    - ansible.builtin.include_tasks: '{{{{ item }}}}.yml'\n      loop: [t{i}, t{i + 1}]\n" for i in range(0, n, 2)
    )
    yield from ((f"t{i}.yml", TASK) for i in range(n + 1))


def templates(n):
    yield "site.yml", HEAD + "".join(f"    - ansible.builtin.template: {{src: t{i}.j2, dest: /t{i}}}\n" for i in range(n))
    text = "{% for name in names | sort if name is not none %}{{ name | upper }}: {{ lookup('env', name) }}\n{% endfor %}\n"
    yield from ((f"templates/t{i}.j2", text * 4) for i in range(n))


def variables(n):
    """One file of variables; its size instead of the number of files."""
    yield "site.yml", HEAD + "    - ansible.builtin.debug:\n"
    yield "group_vars/all.yml", "".join(f"name_{i}: \"{{{{ name_{i - 1} | default('x') }}}}\"\n" for i in range(n))


def line(n):
    """One line, up to 1 MB."""
    yield "site.yml", HEAD + '    - ansible.builtin.debug:\n        msg: "' + "{{ a | upper }} text " * (5 * n) + '"\n'


SHAPES = {f.__name__: f for f in (flat, chain, imports, roles, loops, templates, variables, line)}


def measure(directory, runs):
    command = [str(ROOT / "ansible-venv"), "analyze", "--skip-lint", "--format", "json", "site.yml"]
    results = []
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=directory, env=pairs.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.stderr.close()
        if status != 0:
            raise SystemExit(f"{directory} ended with {os.waitstatus_to_exitcode(status)}:\n{errors.decode()[-2000:]}")
        results.append((time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return [statistics.median(column) for column in zip(*results)]


def write(directory, files):
    count = size = 0
    for name, text in files:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        count += 1
        size += len(text)
    return count, size


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000, 10000])
    options.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        os.environ["XDG_CACHE_HOME"] = f"{work}/cache"
        empty = pathlib.Path(work) / "empty"
        write(empty, [("site.yml", HEAD + "    - ansible.builtin.debug:\n")])
        measure(empty, 1)
        wall, cpu, peak = measure(empty, max(3, given.runs))
        print(f"{'shape':10} {'files':>6} {'KiB':>6} {'wall s':>7} {'cpu s':>7} {'us/KiB':>8} {'us/file':>8} {'peak MiB':>8}")
        print(f"{'empty':10} {1:6} {0:6} {wall:7.3f} {cpu:7.3f} {'':8} {'':8} {peak:8.0f}")
        for shape in given.shapes:
            for size in given.sizes:
                directory = pathlib.Path(work) / f"{shape}-{size}"
                files, length = write(directory, SHAPES[shape](size))
                wall, used, peak = measure(directory, given.runs)
                beyond = 1e6 * max(0.0, used - cpu)
                print(
                    f"{shape:10} {files:6} {length // 1024:6} {wall:7.3f} {used:7.3f} {beyond / (length / 1024):8.0f}"
                    f" {beyond / files:8.0f} {peak:8.0f}",
                    flush=True,
                )


main()
