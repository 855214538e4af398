# Runs under the Python of an environment, as a script, in the place of its ansible-playbook.
"""Starts ansible-playbook with the settings of its run.

    python entry.py SCRIPT ARGUMENT...

SCRIPT is the environment's ansible-playbook, which then sees itself as the program that was started.
"""

import os
import sys


def main():
    # The directory of this file has modules with names that others have, too.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from ansible_venv_agent import settings

    del sys.argv[0]
    script = sys.argv[0]
    sys.path[0] = os.path.dirname(script)
    if hasattr(sys, "orig_argv"):
        sys.orig_argv = [sys.orig_argv[0], *sys.argv]
    settings.take()
    settings.receive()
    settings.import_ansible()
    settings.show()
    with open(script, "rb") as file:
        code = compile(file.read(), script, "exec", dont_inherit=True)
    settings.execute(script, code)


main()
