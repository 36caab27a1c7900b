"""Every rule for a run; numbers are those of the contract (X1 …)."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.definition import SegmentDefinition
from segments.core.errors import InvalidRequest, Problem
from segments.core.request import RANGES, RunRequest, parse_run, run_json
from segments.core.timeline import Span

DEFINITION = {"id": "scene", "description": "One place"}
RANGED = DEFINITION | {"time_ranges": [{"start_time": 0, "end_time": 5}, {"start_time": 20, "end_time": 30}]}


def body(*definitions: object, **changes: object) -> dict[str, object]:
    found = list(definitions) or [DEFINITION]
    return {"response_format": {"type": "segment_definitions", "segment_definitions": found}} | changes


def problems(wire: object, duration: float | None = 60.0, **options: float) -> list[Problem]:
    with pytest.raises(InvalidRequest) as caught:
        parse_run(wire, duration=duration, **options)
    return caught.value.problems


def paths(wire: object, duration: float | None = 60.0, **options: float) -> list[str]:
    return [problem.path for problem in problems(wire, duration, **options)]


def test_a_bare_run_takes_the_defaults() -> None:
    assert parse_run(body(), duration=60.0) == RunRequest(
        definitions=(SegmentDefinition("scene", "One place"),),
        temperature=0.2,
        max_tokens=32768,
        time_format="seconds",
        model_name="pegasus1.5",
        engine="local",
    )


def test_a_full_run_becomes_values() -> None:
    wire = body(
        model_name="pegasus1.6",
        analysis_mode="time_based_metadata",
        start_time=1,
        end_time=59.5,
        min_segment_duration=2,
        max_segment_duration=10.5,
        temperature=0,
        max_tokens=4096.0,
        custom_id="demo-1",
        engine="fake",
    )
    wire["response_format"]["segment_time_format"] = "hh:mm:ss"  # type: ignore[index]
    assert parse_run(wire, duration=60.0) == RunRequest(
        definitions=(SegmentDefinition("scene", "One place"),),
        start=1.0,
        end=59.5,
        min_duration=2.0,
        max_duration=10.5,
        temperature=0.0,
        max_tokens=4096,
        time_format="hh:mm:ss",
        custom_id="demo-1",
        model_name="pegasus1.6",
        engine="fake",
    )


@pytest.mark.parametrize("wire", [body(), body(start_time=3, max_segment_duration=9, custom_id="a"), body(RANGED)])
def test_the_written_run_parses_to_the_same(wire: dict[str, object]) -> None:
    request = parse_run(wire, duration=60.0)
    assert parse_run(json.loads(json.dumps(run_json(request))), duration=60.0) == request


def test_x1_missing_response_format() -> None:
    assert [(p.path, p.code) for p in problems({})] == [("response_format", "parameter_not_provided")]


def test_x2_json_schema_is_refused() -> None:
    wire = {"response_format": {"type": "json_schema", "segment_definitions": [DEFINITION]}}
    assert paths(wire) == ["response_format.type"]


def test_x3_general_mode_is_refused() -> None:
    assert paths(body(analysis_mode="general")) == ["analysis_mode"]


@pytest.mark.parametrize("key", ["prompt", "prompt_v2", "image"])
def test_x4_prompts_and_images_are_refused_with_the_reason(key: str) -> None:
    found = problems(body(**{key: "Describe it"}))
    assert found == [
        Problem(key, f"{key} goes only with general analysis. Describe the segments in their definitions.")
    ]


@pytest.mark.parametrize("key", ["min_segment_duration", "max_segment_duration"])
@pytest.mark.parametrize("value", [1.99, 0, -3, True, "5", float("nan"), float("inf"), 10**400])
def test_x8_durations_are_numbers_from_two(key: str, value: object) -> None:
    assert paths(body(**{key: value})) == [key]


def test_x8_the_longest_is_not_below_the_shortest() -> None:
    found = problems(body(min_segment_duration=9, max_segment_duration=8))
    assert found == [
        Problem("max_segment_duration", "max_segment_duration (8) must not be less than min_segment_duration (9).")
    ]


@pytest.mark.parametrize("key", ["min_segment_duration", "max_segment_duration"])
def test_x9_ranges_exclude_durations(key: str) -> None:
    assert paths(body(RANGED, **{key: 5})) == [key]


@pytest.mark.parametrize("key", ["start_time", "end_time"])
def test_x10_ranges_exclude_a_window(key: str) -> None:
    assert paths(body(RANGED, **{key: 30})) == [key]


def test_x10_ranges_in_any_definition_count() -> None:
    assert paths(body(DEFINITION, RANGED | {"id": "b"}, start_time=3)) == ["start_time"]


@pytest.mark.parametrize(
    ("window", "at"),
    [
        ({"start_time": 10, "end_time": 10}, "end_time"),
        ({"start_time": 10, "end_time": 4}, "end_time"),
        ({"start_time": 10, "end_time": 10.5}, "end_time"),
        ({"start_time": 59.5}, "start_time"),
        ({"start_time": 60}, "start_time"),
        ({"end_time": 60.5}, "end_time"),
        ({"end_time": 0.5}, "end_time"),
        ({"start_time": -1}, "start_time"),
        ({"start_time": "3"}, "start_time"),
        ({"end_time": False}, "end_time"),
    ],
)
def test_x13_windows_that_make_no_sense(window: dict[str, object], at: str) -> None:
    assert paths(body(**window)) == [at]


def test_x13_a_window_longer_than_allowed() -> None:
    assert paths(body(end_time=60), max_window=59.0) == ["end_time"]
    assert paths(body(), max_window=59.0) == ["start_time"]


def test_a_window_of_one_second_is_accepted() -> None:
    assert parse_run(body(start_time=10, end_time=11), duration=60.0).window(60.0) == Span(10.0, 11.0)


def test_a_video_shorter_than_a_second_is_accepted_whole() -> None:
    assert parse_run(body(), duration=0.6).window(0.6) == Span(0.0, 0.6)


def test_without_a_known_length_only_the_order_is_checked() -> None:
    assert parse_run(body(start_time=5000, end_time=6000), duration=None).start == 5000.0
    assert paths(body(start_time=6000, end_time=5000), None) == ["end_time"]


def test_x14_the_oldest_model_cannot_segment() -> None:
    assert paths(body(model_name="pegasus1.2")) == ["model_name"]


@pytest.mark.parametrize("value", ["", "a" * 65, "with space", "ü", 3])
def test_x22_custom_ids_are_short_and_plain(value: object) -> None:
    assert paths(body(custom_id=value)) == ["custom_id"]


@pytest.mark.parametrize("value", [1.1, -0.1, True, "0.2"])
def test_x23_temperature_is_from_zero_to_one(value: object) -> None:
    assert paths(body(temperature=value)) == ["temperature"]


@pytest.mark.parametrize("value", [2047, 98305, 3000.5, True, "many", float("nan")])
def test_x23_tokens_are_whole_and_within_limits(value: object) -> None:
    assert paths(body(max_tokens=value)) == ["max_tokens"]


def test_x24_unlimited_tokens_need_the_newest_model() -> None:
    assert paths(body(max_tokens="unlimited")) == ["max_tokens"]
    assert parse_run(body(max_tokens="unlimited", model_name="pegasus1.6"), duration=9.0).max_tokens == "unlimited"


def test_x24_unlimited_tokens_exclude_ranges() -> None:
    assert paths(body(RANGED, max_tokens="unlimited", model_name="pegasus1.6")) == ["max_tokens"]


def test_x26_time_format_with_json_schema_is_refused() -> None:
    wire = {"response_format": {"type": "json_schema", "json_schema": {}, "segment_time_format": "seconds"}}
    assert "response_format.segment_time_format" in paths(wire)


def test_x30_null_everywhere_is_the_same_as_nothing() -> None:
    optional = [*RANGES, "custom_id", "model_name", "analysis_mode", "engine", "prompt", "prompt_v2", "image"]
    wire = body(DEFINITION | {"fields": None, "time_ranges": None}, **dict.fromkeys(optional))
    wire["response_format"]["segment_time_format"] = None  # type: ignore[index]
    assert parse_run(wire, duration=60.0) == parse_run(body(), duration=60.0)


def test_an_unknown_key_is_named_and_the_known_ones_offered() -> None:
    found = problems(body(foo=1))
    assert [(p.path, p.code) for p in found] == [("foo", "parameter_unknown")]
    assert '"start_time"' in found[0].message
    assert '"prompt"' not in found[0].message


@pytest.mark.parametrize("value", ["", "Local", "../x", 3])
def test_engine_names_are_plain(value: object) -> None:
    assert paths(body(engine=value)) == ["engine"]


@pytest.mark.parametrize("wire", [[], "x", 3, None, True])
def test_only_an_object_is_a_body(wire: object) -> None:
    assert paths(wire) == [""]


def test_bottomless_bodies_are_refused() -> None:
    deep: object = 1
    for _ in range(900):
        deep = [deep]
    assert paths(body(foo=deep)) == [""]


def test_problems_of_the_whole_body_are_told_at_once() -> None:
    wire = body(DEFINITION | {"id": ""}, temperature=2, start_time=50, end_time=40, foo=1)
    assert paths(wire) == [
        "foo",
        "response_format.segment_definitions[0].id",
        "temperature",
        "end_time",
    ]


def test_definition_paths_are_those_of_the_body() -> None:
    wire = body(DEFINITION | {"fields": [{"name": "a", "type": "timestamp", "description": "b"}]})
    assert paths(wire) == ["response_format.segment_definitions[0].fields[0].format"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
keys = st.sampled_from(
    ["response_format", "start_time", "end_time", "min_segment_duration", "max_tokens", "temperature", "custom_id"]
)


@given(st.dictionaries(keys, json_values))
def test_any_json_is_either_read_or_refused(changes: dict[str, object]) -> None:
    with suppress(InvalidRequest):
        parse_run(body() | changes, duration=60.0)


@given(json_values)
def test_any_definitions_are_either_read_or_refused(value: object) -> None:
    wire = {"response_format": {"type": "segment_definitions", "segment_definitions": value}}
    with suppress(InvalidRequest):
        parse_run(wire, duration=60.0)
