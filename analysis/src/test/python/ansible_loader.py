"""What Ansible's own loader makes of YAML documents, in the product's canonical text.

Reads one base64 document a line from stdin, answers each with one line of JSON:
{"text": ...} or, where Ansible refuses the document, {"error": ...}.
"""

import base64
import datetime
import decimal
import json
import math
import os
import re
import sys
import tempfile
import warnings

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
TEMPLATE = re.compile(r"\{\{|\{%|\{#")
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)
ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text):
    text = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + HIDDEN.sub(lambda c: ESCAPES.get(c[0], "\\u%04x" % ord(c[0])), text) + '"'


def real(number):
    if math.isnan(number):
        return ".nan"
    if math.isinf(number):
        return ".inf" if number > 0 else "-.inf"
    sign, digits, exponent = decimal.Decimal(repr(float(number))).as_tuple()
    digits = "".join(map(str, digits)).lstrip("0")
    stripped = digits.rstrip("0")
    exponent += len(digits) - len(stripped)
    if not stripped:
        return "-0.0" if sign else "0.0"
    point = len(stripped) + exponent
    if -2 <= point <= 7:
        padded = stripped if point > 0 else "0" * (1 - point) + stripped
        place = max(point, 1)
        padded = padded.ljust(place, "0")
        text = padded[:place] + "." + (padded[place:] or "0")
    else:
        text = stripped[0] + "." + (stripped[1:] or "0") + "E" + str(point - 1)
    return "-" * sign + text


class Canonical:
    def __init__(self, encrypted_string, vault_helper, trusted):
        self.encrypted_string = encrypted_string
        self.vault_helper = vault_helper
        self.trusted = trusted

    def string(self, text, depth):
        text = str(text)
        lines = text.split("\n")
        lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
        if len(lines) < 2:
            return " " + quoted(text) + "\n"
        return " |\n" + "".join("  " * depth + quoted(line) + "\n" for line in lines)

    def scalar(self, value, depth):
        if isinstance(value, self.encrypted_string):
            return " !vault" + self.string(
                self.vault_helper.get_ciphertext(value, with_tags=False), depth
            )
        if value is None:
            return " null\n"
        if isinstance(value, bool):
            return " true\n" if value else " false\n"
        if isinstance(value, int):
            return " %d\n" % value
        if isinstance(value, float):
            return " %s\n" % real(value)
        if isinstance(value, str):
            tag = "" if self.trusted.is_tagged_on(value) else " !unsafe"
            return tag + self.string(value, depth)
        if isinstance(value, bytes):
            return " !binary " + quoted(base64.b64encode(value).decode()) + "\n"
        if isinstance(value, datetime.datetime):
            text = "%s-%02d-%02dT%02d:%02d:%02d.%06d" % (
                str(value.year).rjust(4, "0"), value.month, value.day,
                value.hour, value.minute, value.second, value.microsecond,
            )
            if value.tzinfo is not None:
                minutes = int(value.utcoffset().total_seconds()) // 60
                text += "%s%02d:%02d" % (("-" if minutes < 0 else "+",) + divmod(abs(minutes), 60))
            return " !time " + text + "\n"
        if isinstance(value, datetime.date):
            return " !date " + value.isoformat() + "\n"
        raise TypeError(type(value))

    def key(self, key):
        if isinstance(key, str) and not isinstance(key, self.encrypted_string):
            if WORD.match(key) and key not in ("null", "true", "false"):
                return str(key)
            if self.trusted.is_tagged_on(key) or not TEMPLATE.search(key):
                return quoted(key)
            return "!unsafe " + quoted(key)
        return self.scalar(key, 0)[1:-1]

    def sequence(self, tag, items, depth):
        if not items:
            return tag + " []\n"
        return tag + "\n" + "".join(
            "  " * depth + "-" + self.value(item, depth + 1) for item in items
        )

    def value(self, value, depth):
        if isinstance(value, dict):
            if not value:
                return " {}\n"
            return "\n" + "".join(
                "  " * depth + self.key(key) + ":" + self.value(item, depth + 1)
                for key, item in value.items()
            )
        if isinstance(value, tuple):
            return self.sequence(" !pair", value, depth)
        if isinstance(value, (set, frozenset)):
            return self.sequence(" !set", sorted(value, key=self.key), depth)
        if isinstance(value, list):
            return self.sequence("", value, depth)
        return self.scalar(value, depth)


def main():
    from ansible._internal._datatag._tags import TrustedAsTemplate
    from ansible.parsing.dataloader import DataLoader
    from ansible.parsing.vault import EncryptedString, VaultHelper
    from ansible.utils.display import Display

    Display.warning = Display.deprecated = Display.error_as_warning = lambda *a, **k: None
    warnings.simplefilter("ignore")
    canonical = Canonical(EncryptedString, VaultHelper, TrustedAsTemplate)
    loader = DataLoader()
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "document.yml")
        for line in sys.stdin:
            with open(path, "wb") as document:
                document.write(base64.b64decode(line))
            try:
                data = loader.load_from_file(
                    path, cache="none", unsafe=True, trusted_as_template=True
                )
                answer = {"text": canonical.value(data, 0)[1:]}
            except RecursionError:
                answer = {"error": "recursion"}
            except Exception as e:
                answer = {"error": type(e).__name__ + ": " + str(e)[:300]}
            print(json.dumps(answer), flush=True)


main()
