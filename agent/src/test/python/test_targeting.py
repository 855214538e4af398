"""Which hosts plays concern, and which are local, with stand-ins for Ansible's classes that have the same shape."""

import types
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import settings, targeting


class Host:
    def __init__(self, name, **variables):
        self.name = name
        self.vars = variables


class TargetingTest(unittest.TestCase):
    def setUp(self):
        settings.run.clear()
        settings.run["inventory"] = {"host": "web1", "alone": True, "interpreter": "/env/bin/python", "listings": {}}

        class Manager:
            def __init__(self, *hosts):
                self.hosts = {host.name: host for host in hosts}

            def parse_sources(self, cache=False):
                self.parsed = True

            def get_hosts(self, pattern="all", ignore_limits=False, ignore_restrictions=False, order=None):
                return list(self.hosts.values())

        self.manager = types.SimpleNamespace(
            InventoryManager=Manager, split_host_pattern=lambda text: text if isinstance(text, list) else text.split(",")
        )
        targeting._confine(self.manager, ("localhost", "127.0.0.1"))

    def tearDown(self):
        settings.run.clear()

    def names(self, *words):
        inventory = self.manager.InventoryManager(Host("web1"), Host("web2"), Host("localhost"))
        inventory.parse_sources()
        inventory.hosts["added"] = Host("added")
        return [host.name for host in inventory.get_hosts(*words)]

    def test_plays_concern_the_host_and_hosts_that_they_add(self):
        self.assertEqual(self.names("all"), ["web1", "added"])

    def test_a_localhost_that_a_play_names_is_meant(self):
        self.assertEqual(self.names("web,localhost"), ["web1", "localhost", "added"])

    def test_hostvars_know_all_hosts(self):
        self.assertEqual(self.names("all", True), ["web1", "web2", "localhost", "added"])

    def test_a_wider_inventory_is_used_whole(self):
        settings.run["inventory"]["alone"] = False
        self.assertEqual(self.names("all"), ["web1", "web2", "localhost", "added"])

    def test_the_host_is_local_whatever_its_files_say(self):
        variables = types.SimpleNamespace(get_vars_from_path=lambda *_: {"ansible_connection": "ssh", "x": 1})
        targeting._make_local(variables, Host)
        local = {"ansible_connection": "local", "ansible_python_interpreter": "/env/bin/python", "x": 1}
        self.assertEqual(variables.get_vars_from_path(None, "/p", [Host("web1")], "task"), local)
        other = variables.get_vars_from_path(None, "/p", [Host("web2")], "task")
        self.assertEqual(other, {"ansible_connection": "ssh", "x": 1})


if __name__ == "__main__":
    unittest.main()
