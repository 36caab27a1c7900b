from __future__ import annotations

import pytest

from segments.core.definition import FieldSpec, ItemSpec, SegmentDefinition
from segments.core.request import RunRequest, format_time, result_json
from segments.core.timeline import Segment, Span

PLAIN = SegmentDefinition("plain", "Anything")
RANGED = SegmentDefinition("ranged", "Anything", time_ranges=(Span(5.0, 10.0), Span(20.0, 30.0)))


def test_without_a_window_everything_is_analysed() -> None:
    assert RunRequest((PLAIN,)).analysed(PLAIN, 60.0) == [Span(0.0, 60.0)]


def test_a_window_ends_with_the_video() -> None:
    assert RunRequest((PLAIN,), start=5.0, end=60.0005).analysed(PLAIN, 60.0) == [Span(5.0, 60.0)]


def test_ranges_are_analysed_one_by_one() -> None:
    assert RunRequest((RANGED,)).analysed(RANGED, 25.0) == [Span(5.0, 10.0), Span(20.0, 25.0)]


def test_evidence_is_wanted_for_the_extent_of_all_definitions() -> None:
    assert RunRequest((RANGED,)).window(60.0) == Span(5.0, 30.0)
    assert RunRequest((RANGED, PLAIN)).window(60.0) == Span(0.0, 60.0)
    assert RunRequest((PLAIN,), start=3.0, end=9.0).window(60.0) == Span(3.0, 9.0)


@pytest.mark.parametrize(
    ("seconds", "shape", "shown"),
    [
        (12.34567, "seconds", 12.346),
        (7.5, "hh:mm:ss", "00:00:08"),
        (3599.6, "hh:mm:ss", "01:00:00"),
        (-2.0, "hh:mm:ss", "00:00:00"),
        (3725.0456, "hh:mm:ss.fff", "01:02:05.046"),
        (0.9996, "hh:mm:ss.fff", "00:00:01.000"),
        (360000.0, "hh:mm:ss", "100:00:00"),
    ],
)
def test_times_are_written_as_asked(seconds: float, shape: str, shown: object) -> None:
    assert format_time(seconds, shape) == shown


FIELDS = (
    FieldSpec("mood", "string", "d", enum=("calm",)),
    FieldSpec("peak", "timestamp", "d", format="hh:mm:ss"),
    FieldSpec("turns", "time_array", "d", items=ItemSpec("object", (FieldSpec("who", "string", "d"),))),
)
SCENE = SegmentDefinition("scene", "One place", FIELDS)


def test_result_has_every_id_in_request_order_and_every_field() -> None:
    segments = [
        Segment("scene", 12.48, 40.2, {"mood": "calm"}),
        Segment(
            "scene",
            0.0,
            12.4804,
            {"peak": 7.4, "turns": [{"start_time": 1.00049, "end_time": 2, "who": "Ada"}]},
        ),
    ]
    assert result_json(RunRequest((PLAIN, SCENE)), segments) == {
        "plain": [],
        "scene": [
            {
                "start_time": 0.0,
                "end_time": 12.48,
                "metadata": {
                    "mood": None,
                    "peak": "00:00:07",
                    "turns": [{"start_time": 1.0, "end_time": 2.0, "who": "Ada"}],
                },
            },
            {"start_time": 12.48, "end_time": 40.2, "metadata": {"mood": "calm", "peak": None, "turns": None}},
        ],
    }


def test_time_format_changes_segments_and_events_but_not_fields() -> None:
    values = {"peak": 7.4, "turns": [{"start_time": 1.0, "end_time": 2.0, "who": None}]}
    found = result_json(RunRequest((SCENE,), time_format="hh:mm:ss.fff"), [Segment("scene", 0.5, 9.0, values)])
    assert found["scene"][0] == {
        "start_time": "00:00:00.500",
        "end_time": "00:00:09.000",
        "metadata": {
            "mood": None,
            "peak": "00:00:07",
            "turns": [{"start_time": "00:00:01.000", "end_time": "00:00:02.000", "who": None}],
        },
    }


def test_values_that_were_not_declared_are_left_out() -> None:
    found = result_json(RunRequest((PLAIN,)), [Segment("plain", 0.0, 1.0, {"secret": 1})])
    assert found["plain"][0]["metadata"] == {}
