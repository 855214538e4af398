#!/usr/bin/env python3
"""How much a command takes beyond an inventory program of many hosts.

    bench/dynamic_inventory.py [--hosts 2000] [--rounds 5]

Times the program itself, `ansible-inventory --list` on it (where one is given), and `list-host` of a pattern, which needs
the whole inventory and no host. Prints medians, and what the command takes beyond the program.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = """#!/usr/bin/env python3
import json
hosts = ["host%%04d.example" %% n for n in range(%d)]
groups = {"web": hosts[::2], "db": hosts[1::2]}
document = {name: {"hosts": members, "vars": {"role": name}} for name, members in groups.items()}
document["_meta"] = {"hostvars": {host: {"ansible_host": "10.%%d.%%d.1" %% divmod(n, 250), "tags": {"n": n}} for n, host in enumerate(hosts)}}
print(json.dumps(document))
"""


def timed(rounds, *command, cwd):
    taken = []
    for _ in range(rounds):
        began = time.monotonic()
        subprocess.run([str(word) for word in command], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken.append(time.monotonic() - began)
    return statistics.median(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--product", default=HERE.parent / "ansible-venv")
    parser.add_argument("--ansible-inventory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dynamic-") as directory:
        project = pathlib.Path(directory)
        program = project / "cloud"
        program.write_text(PROGRAM % options.hosts)
        program.chmod(0o755)
        (project / "group_vars").mkdir()
        (project / "group_vars/web.yml").write_text("\n".join(f"v{n}: {n}" for n in range(100)) + "\n")
        alone = timed(options.rounds, program, "--list", cwd=project)
        print(f"program                 {alone:.2f} s")
        if options.ansible_inventory:
            print(f"ansible-inventory       {timed(options.rounds, options.ansible_inventory, '-i', program, '--list', cwd=project):.2f} s")
        words = (options.product, "list-host", "web:!host0002.example", "-i", program)
        subprocess.run([str(word) for word in words], cwd=project, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        whole = timed(options.rounds, *words, cwd=project)
        print(f"list-host of a pattern  {whole:.2f} s, {whole - alone:.2f} s beyond the program")


if __name__ == "__main__":
    main()
