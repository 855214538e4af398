"""Checks messages against protocol.json, the same file that the controller checks against.

Understands the part of JSON Schema that the file uses, and refuses a schema that uses more.
"""

import json
import os
import re

_KEYWORDS = {
    "$ref", "type", "const", "enum", "properties", "required", "additionalProperties", "items",
    "pattern", "minimum", "maximum", "maxLength", "description",
}  # fmt: skip
_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


class Mismatch(Exception):
    pass


class Schema:
    def __init__(self, document):
        self._definitions = document["$defs"]

    @classmethod
    def load(cls):
        with open(os.path.join(os.path.dirname(__file__), "protocol.json"), encoding="utf-8") as file:
            return cls(json.load(file))

    def check(self, direction, message):
        """`direction` is `request` or `response`. Raises Mismatch naming the place that does not conform."""
        kind = message.get("type") if isinstance(message, dict) else None
        definition = self._definitions.get("%s.%s" % (direction, kind))
        if definition is None:
            raise Mismatch("unknown %s %r" % (direction, kind))
        self._check(definition, message, str(kind))

    def _check(self, schema, value, place):
        unknown = set(schema) - _KEYWORDS
        if unknown:
            raise ValueError("the schema uses %s" % ", ".join(sorted(unknown)))
        if "$ref" in schema:
            self._check(self._definitions[schema["$ref"][len("#/$defs/") :]], value, place)
            return
        if "type" in schema and not _is(schema["type"], value):
            raise Mismatch("%s: must be of type %s" % (place, schema["type"]))
        if "const" in schema and (value != schema["const"] or isinstance(value, bool)):
            raise Mismatch("%s: must be %r" % (place, schema["const"]))
        if "enum" in schema and value not in schema["enum"]:
            raise Mismatch("%s: must be one of %s" % (place, ", ".join(map(str, schema["enum"]))))
        if isinstance(value, str):
            self._check_text(schema, value, place)
        elif isinstance(value, dict):
            self._check_object(schema, value, place)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._check(schema.get("items", {}), item, "%s[%d]" % (place, index))
        elif isinstance(value, (int, float)):
            if value < schema.get("minimum", value) or value > schema.get("maximum", value):
                raise Mismatch("%s: out of range" % place)

    @staticmethod
    def _check_text(schema, value, place):
        if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
            raise Mismatch("%s: must match %s" % (place, schema["pattern"]))
        if len(value) > schema.get("maxLength", len(value)):
            raise Mismatch("%s: too long" % place)

    def _check_object(self, schema, value, place):
        properties = schema.get("properties", {})
        rest = schema.get("additionalProperties", True)
        for name in schema.get("required", ()):
            if name not in value:
                raise Mismatch("%s: lacks %s" % (place, name))
        for name, item in value.items():
            if name in properties:
                self._check(properties[name], item, "%s.%s" % (place, name))
            elif rest is False:
                raise Mismatch("%s: has the unknown field %s" % (place, name))
            elif isinstance(rest, dict):
                self._check(rest, item, "%s.%s" % (place, name))


def _is(name, value):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, _TYPES[name])
