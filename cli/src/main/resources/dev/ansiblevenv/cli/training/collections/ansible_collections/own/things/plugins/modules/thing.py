DOCUMENTATION = """
module: thing
extends_documentation_fragment: [own.things.shared]
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.own.things.plugins.module_utils import shared
