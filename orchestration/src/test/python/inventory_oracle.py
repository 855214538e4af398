"""What ansible-inventory says of many inventories, in one process.

Reads one file name per line, and behind a tab patterns of hosts, tabs between. Writes one JSON document per line: the
output of `ansible-inventory -i FILE --list` with the groups of each host added, and the hosts that each pattern
selects, or {"error": text}.
"""

import json
import sys

from ansible.cli.inventory import InventoryCLI
from ansible.errors import AnsibleError
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.vars.manager import VariableManager


def groups_of(inventory):
    return {
        host.name: sorted(group.name for group in host.get_groups() if group.name != "all")
        for host in inventory.get_hosts()
    }


def selected(inventory, pattern):
    try:
        return sorted(host.name for host in inventory.get_hosts(pattern) if not host.implicit)
    except AnsibleError:
        return []


def listing(cli, file, *patterns):
    cli.loader = DataLoader()
    cli.inventory = InventoryManager(loader=cli.loader, sources=[file])
    cli.vm = VariableManager(loader=cli.loader, inventory=cli.inventory)
    document = json.loads(cli.dump(cli.json_inventory(cli._get_group("all"))))
    document["groups_of"] = groups_of(cli.inventory)
    if patterns:
        document["selected"] = {pattern: selected(cli.inventory, pattern) for pattern in patterns}
    return document


def main():
    cli = InventoryCLI(["ansible-inventory", "--list"])
    cli.parse()
    out = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        try:
            document = listing(cli, *line.rstrip("\n").split("\t"))
        except Exception as error:
            document = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(document) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
