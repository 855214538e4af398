#!/usr/bin/python
"""A module beside a playbook."""

from __future__ import annotations

DOCUMENTATION = r"""
module: lone
short_description: Stands alone
requirements:
  - requests >= 2.0
  - "boto3 (optional)"
options:
  name:
    description: A name.
    required: true
"""

import os
import traceback

from ansible.module_utils.basic import *  # noqa

IMPORT_ERROR = None
try:
    import yaml
    from netaddr import IPNetwork
except ImportError:
    IMPORT_ERROR = traceback.format_exc()


class Lone(object):
    def __init__(self, module):
        self.module = module
        self.name = module.params.get("name")

    def run(self):
        if IMPORT_ERROR is not None:
            self.module.fail_json(msg=missing_required_lib("PyYAML"), exception=IMPORT_ERROR)
        return [os.path.join("/nowhere", line) for line in self.name.splitlines()]


def main():
    module = AnsibleModule(argument_spec=dict(name=dict(required=True)))
    module.exit_json(changed=False, lines=Lone(module).run())


if __name__ == "__main__":
    main()
