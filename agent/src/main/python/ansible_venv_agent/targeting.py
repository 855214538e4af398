"""Which hosts a run is about, and that the one it takes place on is local. Runs inside ansible-playbook.

The user's inventory is read as it is, from where it is. Three things are added to it, all from `settings.run["inventory"]`:

- the variables of `host` that decide how it is reached: nothing but a play, a task or an extra variable overrides them
- with `alone`, plays concern `host`, hosts that they add, and a localhost that they name; `groups` and `hostvars` have all hosts
- `listings`: what a program or plugin on the controller made of a source
"""

from . import listings, settings


def install():
    from ansible import constants
    from ansible.inventory import host, manager
    from ansible.plugins.loader import inventory_loader
    from ansible.vars import manager as variables

    _make_local(variables, host.Host)
    _confine(manager, constants.LOCALHOST)
    listings.replace(manager.InventoryManager, inventory_loader, lambda: (_target() or {}).get("listings", {}))


def _target():
    return settings.run.get("inventory")


def _connection(target):
    return {"ansible_connection": "local", "ansible_python_interpreter": target["interpreter"]}


def _make_local(variables, host_type):
    """Behind `host_vars/` of the inventory and of the playbook, which are the last before a play's own variables."""
    look = variables.get_vars_from_path

    def get_vars_from_path(loader, path, entities, stage):
        found, target = look(loader, path, entities, stage), _target()
        if target and any(isinstance(each, host_type) and each.name == target["host"] for each in entities):
            found = {**found, **_connection(target)}
        return found

    variables.get_vars_from_path = get_vars_from_path


def _confine(manager, localhost):
    kind = manager.InventoryManager
    parse_sources, get_hosts = kind.parse_sources, kind.get_hosts

    def parsed(self, *words, **named):
        result, target = parse_sources(self, *words, **named), _target()
        if target:
            self.other_hosts = frozenset(self.hosts) - {target["host"]} if target["alone"] else frozenset()
            for name in self.other_hosts.intersection(localhost):
                # As Ansible's own localhost, which is not in the inventory, has the Python that runs Ansible.
                self.hosts[name].vars.setdefault("ansible_python_interpreter", target["interpreter"])
        return result

    def hosts(self, pattern="all", ignore_limits=False, *words, **named):
        found, others = get_hosts(self, pattern, ignore_limits, *words, **named), getattr(self, "other_hosts", ())
        if ignore_limits or not others:
            return found
        wanted = set(manager.split_host_pattern(pattern)).intersection(localhost)
        return [host for host in found if host.name not in others or host.name in wanted]

    kind.parse_sources, kind.get_hosts = parsed, hosts
