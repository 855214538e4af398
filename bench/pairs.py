"""Times two commands in turn, A B A B …, and prints the medians and the median of the ratios pair by pair.

Machines drift; a ratio of neighbours in time drifts less than either of its sides.
"""

import os
import resource
import statistics
import subprocess
import time


def once(command, cwd, env):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done


def check(name, done, expected):
    if done.returncode not in expected:
        raise SystemExit(f"{name} ended with {done.returncode}:\n{done.stderr.decode()[-2000:]}{done.stdout.decode()[-2000:]}")


def environment():
    """The caller's, without what changes how Python or Ansible run."""
    dropped = ("PYTHON", "ANSIBLE_", "VIRTUAL_ENV")
    return {k: v for k, v in os.environ.items() if not k.startswith(dropped)}


def compare(title, name_a, a, name_b, b, *, cwd, runs, expected=(0,), expected_b=None, before_a=None, before_b=None):
    """`before_a` and `before_b` are called before each run of their side, untimed. Returns the median ratio."""
    env = environment()
    sides = ((a, expected, name_a, before_a), (b, expected_b or expected, name_b, before_b))
    for command, codes, name, before in sides:
        if before:
            before()
        check(name, once(command, cwd, env)[2], codes)
    walls, cpus = ([], []), ([], [])
    for _ in range(runs):
        for side, (command, codes, name, before) in enumerate(sides):
            if before:
                before()
            wall, cpu, done = once(command, cwd, env)
            check(name, done, codes)
            walls[side].append(wall)
            cpus[side].append(cpu)
    ratios = [x / y for x, y in zip(*walls)]
    print(f"\n{title} ({runs} pairs after a warm-up; wall and CPU seconds, median [min … max])")
    for name, wall, cpu in zip((name_a, name_b), walls, cpus):
        print(f"  {name:34} wall {statistics.median(wall):.3f} [{min(wall):.3f} … {max(wall):.3f}]  cpu {statistics.median(cpu):.3f}")
    differences = [x - y for x, y in zip(*walls)]
    print(f"  ratio of walls, pair by pair      {statistics.median(ratios):.3f} [{min(ratios):.3f} … {max(ratios):.3f}]")
    print(f"  difference, pair by pair          {statistics.median(differences):.3f} s")
    return statistics.median(ratios)
