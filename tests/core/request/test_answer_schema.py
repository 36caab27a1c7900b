"""`json_schema` of general analysis: what is taken, what is refused, and where the refusal points."""

from __future__ import annotations

from typing import Any

import pytest

from segments.core.answer_schema import Node, read_schema
from segments.core.errors import Problem
from segments.core.untrusted import Checker

STAMP = {"type": "timestamp", "format": "seconds"}
AT = "response_format.json_schema"


def read(**properties: Any) -> tuple[Node, list[Problem]]:
    check = Checker()
    return read_schema({"type": "object", "properties": properties}, check), check.problems


@pytest.mark.parametrize("keyword", ["minLength", "maxLength", "additionalProperties", "uniqueItems", "maxItems"])
def test_keywords_that_are_not_kept_have_a_code_of_their_own(keyword: str) -> None:
    _, (problem,) = read(a={"type": "string", keyword: 1})
    assert (problem.code, problem.path) == ("unsupported_schema_keyword", f"{AT}.properties.a.{keyword}")


@pytest.mark.parametrize(("kind", "fine"), [("integer", True), ("number", False), ("string", False)])
def test_bounds_go_with_integers_only(kind: str, fine: bool) -> None:
    node, problems = read(a={"type": kind, "minimum": 1, "maximum": 9})
    assert [each.code for each in problems] == ([] if fine else ["unsupported_schema_keyword"] * 2)
    assert dict(node.properties["a"].bounds) == ({"minimum": 1, "maximum": 9} if fine else {})


@pytest.mark.parametrize(("value", "fine"), [(0, True), (1, True), (2, False), (True, False)])
def test_min_items_is_nothing_or_one(value: object, fine: bool) -> None:
    assert (read(a={"type": "array", "items": {"type": "string"}, "minItems": value})[1] == []) is fine


@pytest.mark.parametrize(
    ("schema", "fine"),
    [
        ({"type": "timestamp", "format": "seconds"}, True),
        ({"type": "timestamp"}, False),
        ({"type": "timestamp", "format": "minutes"}, False),
        ({"type": "object", "properties": {"b": {"type": "timestamp", "format": "seconds"}}}, False),
        (
            {
                "type": "array",
                "items": {"type": "object", "properties": {"b": {"type": "timestamp", "format": "seconds"}}},
            },
            True,
        ),
        ({"type": "array", "items": {"type": "timestamp", "format": "seconds"}}, False),
    ],
)
def test_timestamps_stand_at_two_places_and_have_a_format(schema: dict[str, Any], fine: bool) -> None:
    problems = read(a=schema)[1]
    assert (problems == []) is fine
    assert all(each.path.endswith(".format") for each in problems)


@pytest.mark.parametrize(
    ("schema", "fine"),
    [
        ({"type": "number"}, True),
        ({"type": "integer"}, True),
        ({"type": "string"}, True),
        ({"type": "string", "format": "time"}, False),
        ({"type": "boolean"}, False),
        ({"type": "null"}, False),
    ],
)
def test_start_time_and_end_time_are_times(schema: dict[str, Any], fine: bool) -> None:
    for name in ("start_time", "end_time"):
        assert (read(**{name: schema})[1] == []) is fine


def test_references_and_alternatives_are_followed() -> None:
    check = Checker()
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "#/$defs/Count"}, "b": {"anyOf": [{"type": "null"}, {"type": "boolean"}]}},
        "$defs": {"Count": {"type": "integer", "description": "Number of shots"}},
    }
    node = read_schema(schema, check)
    assert check.problems == []
    assert [(each.kind, each.description) for each in node.properties.values()] == [
        ("integer", "Number of shots"),
        ("boolean", ""),
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/Missing"},
        {"$ref": "#/$defs/Self", "$defs": {"Self": {"$ref": "#/$defs/Self"}}},
        {"type": "colour"},
        {"type": "object", "properties": []},
        {"type": "string", "pattern": "("},
        {"type": "string", "enum": []},
        {"anyOf": []},
        [],
    ],
)
def test_broken_schemas_are_refused(schema: Any) -> None:
    check = Checker()
    read_schema(schema, check)
    assert check.problems
