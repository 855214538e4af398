"""What a run's ansible-playbook is given."""

import os
import tempfile
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import playbook


class ConfigurationTest(unittest.TestCase):
    def test_the_nearest_configuration_above_the_playbook_counts(self):
        with tempfile.TemporaryDirectory() as project:
            os.makedirs(os.path.join(project, "metal", "plays"))
            self.assertIsNone(playbook.nearest_configuration(project, "metal/plays/boot.yml"))
            for place in ("ansible.cfg", "metal/ansible.cfg", "metal/plays/ansible.cfg"):
                file = os.path.join(project, place)
                with open(file, "w"):
                    pass
                self.assertEqual(playbook.nearest_configuration(project, "metal/plays/boot.yml"), file)
            self.assertEqual(
                playbook.nearest_configuration(project, "site.yml"), os.path.join(project, "ansible.cfg")
            )


if __name__ == "__main__":
    unittest.main()
