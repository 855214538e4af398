"""Has Ansible read encrypted content as empty, in every Python of a lint run.

No password is needed then, no file or program is asked for one, and the verdict is the same for everybody. A file that
is encrypted as a whole is empty; an encrypted value is the text `x`. Python imports this module when it starts, as it
lies on PYTHONPATH.
"""

import importlib.abc
import importlib.machinery
import sys


def _data_loader(module):
    decrypt = module.DataLoader._decrypt_if_vault_data
    module.DataLoader._decrypt_if_vault_data = lambda self, data, *rest: decrypt(
        self, b"" if module.is_encrypted(data) else data, *rest
    )


def _vault(module):
    module.VaultLib.decrypt_and_get_vault_id = lambda self, *_args, **_kwargs: (b"x", None, None)


def _cli(module):
    module.CLI.setup_vault_secrets = staticmethod(lambda *_args, **_kwargs: [])


PATCHES = {"ansible.parsing.dataloader": _data_loader, "ansible.parsing.vault": _vault, "ansible.cli": _cli}


class Patching(importlib.abc.MetaPathFinder):
    """Finds these modules as Python does, and changes them when they have been loaded."""

    def find_spec(self, name, path=None, target=None):
        if name not in PATCHES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def exec_module(module):
                load(module)
                PATCHES[name](module)

            spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Patching())
