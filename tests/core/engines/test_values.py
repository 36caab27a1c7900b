from __future__ import annotations

import pytest

from segments.core.definition import FieldSpec, ItemSpec
from segments.core.engines.values import conform
from segments.core.timeline import Span

SPAN = Span(10.0, 20.0)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("string", " text ", "text"),
        ("string", "  ", None),
        ("string", 3, None),
        ("boolean", False, False),
        ("boolean", 0, None),
        ("boolean", "true", None),
        ("integer", 3.0, 3),
        ("integer", 3.5, None),
        ("integer", True, None),
        ("number", 3, 3),
        ("number", float("nan"), None),
        ("number", "3", None),
        ("timestamp", 12.34567, 12.346),
        ("timestamp", 10.0, 10.0),
        ("timestamp", 20.0, 20.0),
        ("timestamp", 9.999, None),
        ("timestamp", True, None),
        ("timestamp", "00:00:12", None),
    ],
)
def test_only_the_declared_type_passes(kind: str, value: object, kept: object) -> None:
    found = conform(FieldSpec("x", kind, "d"), value, SPAN)
    assert found == kept
    assert type(found) is type(kept)


def test_only_listed_choices_pass() -> None:
    spec = FieldSpec("x", "string", "d", enum=("calm", "tense"))
    assert conform(spec, "calm", SPAN) == "calm"
    assert conform(spec, "Calm", SPAN) is None


def test_lists_keep_only_what_fits() -> None:
    spec = FieldSpec("x", "array", "d", enum=("a", "b"), items=ItemSpec("string"))
    assert conform(spec, ["a", "c", 3, "b", None], SPAN) == ["a", "b"]
    assert conform(spec, "a", SPAN) is None
    assert conform(FieldSpec("x", "array", "d", items=ItemSpec("integer")), [1, 2.0, "3", True], SPAN) == [1, 2]


def test_events_are_cut_to_the_segment_and_sorted() -> None:
    spec = FieldSpec("x", "time_array", "d", items=ItemSpec("object", (FieldSpec("who", "string", "d"),)))
    events = [
        {"start_time": 18, "end_time": 25, "who": 3, "extra": 1},
        {"start_time": 5, "end_time": 12, "who": "Ada"},
        {"start_time": 21, "end_time": 25},
        {"start_time": "x", "end_time": 25},
        "event",
    ]
    assert conform(spec, events, SPAN) == [
        {"start_time": 10.0, "end_time": 12, "who": "Ada"},
        {"start_time": 18, "end_time": 20.0, "who": None},
    ]
