"""What `packaging` says: on standard input a JSON list of [specifier, version], printed a JSON list of true, false, or
null where it is no specifier. The version's release numbers alone count, as Ansible holds it."""
import json, sys

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version


def accepts(specifier, version):
    try:
        return SpecifierSet(specifier).contains(Version(version).base_version)
    except InvalidSpecifier:
        return None


json.dump([accepts(*pair) for pair in json.load(sys.stdin)], sys.stdout)
