"""`json_schema` of general analysis: the subset of JSON Schema that answers can be given in, read into nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from segments.core.definition import TIME_FORMATS
from segments.core.errors import Problem
from segments.core.untrusted import Checker, is_number

Kind = Literal["object", "array", "string", "number", "integer", "boolean", "null", "timestamp"]
KINDS: tuple[Kind, ...] = ("object", "array", "string", "number", "integer", "boolean", "null", "timestamp")
UNSUPPORTED = ("minLength", "maxLength", "additionalProperties", "uniqueItems", "maxItems")
STRING_FORMATS = ("uuid", "date-time", "date", "time")
#: What these names hold is a time, whatever their type.
TIMES = ("start_time", "end_time")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_ROOT = "response_format.json_schema"
_MAX_DEPTH = 16
_MAX_NODES = 500


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the answer. `format` of a timestamp, or of a text that is a time; `choices` from enum and const."""

    kind: Kind
    description: str = ""
    properties: Mapping[str, Node] = field(default_factory=dict)
    items: Node | None = None
    choices: tuple[object, ...] = ()
    format: str | None = None
    pattern: str | None = None
    bounds: Mapping[str, float] = field(default_factory=dict)
    min_items: int = 0


def read_schema(value: object, check: Checker) -> Node:
    """The schema as a node; everything wrong is filed, keywords that cannot be kept with a code of their own."""
    reader = _Reader(check, value if isinstance(value, Mapping) else {})
    return reader.node(value, _ROOT, 0)


class _Reader:
    def __init__(self, check: Checker, root: Mapping[str, Any]) -> None:
        self.check, self.root, self.count = check, root, 0

    def node(self, value: object, path: str, depth: int, name: str = "") -> Node:
        self.count += 1
        if depth > _MAX_DEPTH or self.count > _MAX_NODES:
            self.check.refuse(_ROOT, f"The schema is deeper than {_MAX_DEPTH} levels or has over {_MAX_NODES} parts.")
            return Node("string")
        if not isinstance(value, Mapping):
            self.check.refuse(path, "A schema must be a JSON object.")
            return Node("string")
        for keyword in UNSUPPORTED:
            if keyword in value:
                text = f"The keyword {keyword} is not supported. Remove it."
                self.check.problems.append(Problem(f"{path}.{keyword}", text, "unsupported_schema_keyword"))
        if "$ref" in value:
            return self._reference(value, path, depth, name)
        if "anyOf" in value:
            return self._first(value, path, depth, name)
        return self._typed(value, path, depth, name)

    def _reference(self, value: Mapping[str, Any], path: str, depth: int, name: str) -> Node:
        target, found = str(value["$ref"]), None
        if match := re.fullmatch(r"#/(?:\$defs|definitions)/([^/]+)", target):
            group = self.root.get(target.split("/")[1])
            found = group.get(match[1]) if isinstance(group, Mapping) else None
        if found is None:
            self.check.refuse(f"{path}.$ref", f"There is no {target[:80]!r} in this schema. Refer to #/$defs/NAME.")
            return Node("string")
        node = self.node(found, path, depth + 1, name)
        return replace(node, description=str(value.get("description") or node.description))

    def _first(self, value: Mapping[str, Any], path: str, depth: int, name: str) -> Node:
        """Of several shapes the first that is not null."""
        branches = value["anyOf"]
        if not isinstance(branches, list) or not branches:
            self.check.refuse(f"{path}.anyOf", "anyOf must be a list of schemas.")
            return Node("string")
        nodes = [self.node(each, f"{path}.anyOf[{n}]", depth + 1, name) for n, each in enumerate(branches)]
        node = next((each for each in nodes if each.kind != "null"), nodes[0])
        return replace(node, description=str(value.get("description") or node.description))

    def _typed(self, value: Mapping[str, Any], path: str, depth: int, name: str) -> Node:
        given = value.get("type", "object" if "properties" in value else "array" if "items" in value else "string")
        kinds = [each for each in given if each != "null"] if isinstance(given, list) else [given]
        kind = cast(Kind, self.check.choice((kinds or ["null"])[0], f"{path}.type", KINDS, "string"))
        node = Node(kind, str(value.get("description") or value.get("title") or ""))
        if kind == "object":
            return replace(node, properties=self._properties(value, path, depth))
        if kind == "array":
            inner = self.node(value.get("items", {"type": "string"}), f"{path}.items", depth + 1)
            return replace(node, items=inner, min_items=self._min_items(value, path))
        node = replace(node, choices=self._choices(value, path), bounds=self._bounds(value, path, kind))
        return self._text_rules(node, value, path, name)

    def _properties(self, value: Mapping[str, Any], path: str, depth: int) -> dict[str, Node]:
        given = value.get("properties", {})
        if not isinstance(given, Mapping):
            self.check.refuse(f"{path}.properties", "properties must be a JSON object.")
            return {}
        return {key: self.node(each, f"{path}.properties.{key}", depth + 1, key) for key, each in given.items()}

    def _min_items(self, value: Mapping[str, Any], path: str) -> int:
        least = value.get("minItems", 0)
        if least not in (0, 1) or isinstance(least, bool):
            self.check.refuse(f"{path}.minItems", "minItems can be 0 or 1.")
            return 0
        return int(least)

    def _choices(self, value: Mapping[str, Any], path: str) -> tuple[object, ...]:
        if "const" in value:
            return (value["const"],)
        given = value.get("enum")
        if given is None:
            return ()
        if not isinstance(given, list) or not given:
            self.check.refuse(f"{path}.enum", "enum must be a list that is not empty.")
            return ()
        return tuple(given)

    def _bounds(self, value: Mapping[str, Any], path: str, kind: Kind) -> dict[str, float]:
        found = {}
        for keyword in BOUNDS:
            if keyword not in value:
                continue
            if kind != "integer":
                text = f"The keyword {keyword} goes only with integers. Remove it."
                self.check.problems.append(Problem(f"{path}.{keyword}", text, "unsupported_schema_keyword"))
            elif not is_number(value[keyword]):
                self.check.refuse(f"{path}.{keyword}", f"{keyword} must be a number.")
            else:
                found[keyword] = float(value[keyword])
        return found

    def _text_rules(self, node: Node, value: Mapping[str, Any], path: str, name: str) -> Node:
        given = value.get("format")
        if node.kind == "timestamp":
            return self._timestamp(node, given, path)
        if name in TIMES:
            return self._time(node, given, path, name)
        if node.kind == "string" and given is not None:
            self.check.choice(given, f"{path}.format", STRING_FORMATS, "")
        return replace(node, format=given if isinstance(given, str) else None, pattern=self._pattern(value, path))

    def _timestamp(self, node: Node, given: object, path: str) -> Node:
        at = f"{path}.format"
        if not re.fullmatch(r"(?:\.properties\.[^.]+)(?:\.items\.properties\.[^.]+)?", path.removeprefix(_ROOT)):
            self.check.refuse(
                at, "A timestamp stands only in properties of the answer, or of the items of a list there."
            )
        return replace(node, format=self.check.choice(given, at, TIME_FORMATS, "seconds"))

    def _time(self, node: Node, given: object, path: str, name: str) -> Node:
        if node.kind not in ("number", "integer", "string") or (node.kind == "string" and given is not None):
            text = f"{name} must be a number, an integer, a timestamp, or a string without format."
            self.check.refuse(f"{path}.format" if given is not None else f"{path}.type", text)
        return replace(node, format="hh:mm:ss.fff" if node.kind == "string" else "seconds")

    def _pattern(self, value: Mapping[str, Any], path: str) -> str | None:
        given = value.get("pattern")
        if given is None:
            return None
        try:
            re.compile(str(given))
        except re.error:
            self.check.refuse(f"{path}.pattern", "pattern is no regular expression.")
            return None
        return str(given)
