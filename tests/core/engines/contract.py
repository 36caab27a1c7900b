"""What every engine promises. Each check takes an engine; `test_contract.py` runs all of them against all engines."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import pytest

from segments.core.definition import FieldSpec, SegmentDefinition, parse_definitions
from segments.core.engines.base import Engine
from segments.core.evidence.model import Evidence
from segments.core.presets import PRESETS
from segments.core.progress import Cancelled, Progress, silent
from segments.core.request import RunRequest, result_json
from segments.core.timeline import Segment, Span
from tests.core.engines import made

MODULES = frozenset({"pictures", "faces", "text", "sound", "words"})
DURATION = 60.0


def rich_evidence() -> Evidence:
    """A minute with something of everything."""
    return made.evidence(
        DURATION,
        transitions=(made.cut(10.0), made.cut(20.04), made.cut(20.5, 0.3), made.cut(45.0)),
        looks=made.looks(DURATION, colours={0: "blue", 10: "green", 20: "red", 45: "black"}),
        faces=made.faces([0.5 + i for i in range(10)], 0.3) + made.faces([10.5 + i for i in range(50)]),
        texts=(made.text(2, 6, "Jane Doe", "lower_third"), made.text(22, 27, "CHAPTER TWO", "title", 0.4)),
        sounds=made.sounds((0, 9, "speech"), (9, 12, "silence"), (12, DURATION, "music")),
        words=made.lines((1, 3, "The reactor turns fuel into heat."), (21, 24, "Now water the roses.")),
    )


def bare_evidence() -> Evidence:
    """Nothing was looked at."""
    return made.evidence(DURATION)


def empty_evidence() -> Evidence:
    """Everything was looked at, and nothing was there."""
    return made.evidence(DURATION, transitions=(), looks=made.looks(DURATION), faces=(), texts=(), sounds=(), words=())


def all_definitions() -> tuple[SegmentDefinition, ...]:
    """Every preset that is ready to use, one with a field of every type, and one that nothing fits."""
    ready = [entry for preset in PRESETS[:-1] for entry in preset.definitions]
    every_type = {
        "id": "every_type",
        "description": "Every shot",
        "fields": [
            made.field("said", "string"),
            made.field("speech", "boolean"),
            made.field("loudness", "number"),
            made.field("cuts", "integer"),
            made.field("colours", "array", items={"type": "string"}, enum=["blue", "teal"]),
            made.field("sizes", "array", items={"type": "integer"}),
            made.field("peak", "timestamp", format="hh:mm:ss"),
            made.field(
                "turns",
                "time_array",
                "Whenever somebody speaks",
                items={"type": "object", "fields": [made.field("colour", "string")]},
            ),
        ],
    }
    odd = {"id": "odd", "description": "A zebra juggling lemons", "fields": [made.field("zebra_name", "string")]}
    return parse_definitions([*ready, every_type, odd], duration=DURATION, model_name="pegasus1.6")


def _run(engine: Engine, evidence: Evidence, **options: object) -> tuple[RunRequest, list[Segment]]:
    request = made.request(*all_definitions(), **options)
    return request, list(engine.segment(request, evidence, silent).segments)


def names_itself(engine: Engine) -> None:
    assert engine.name
    assert engine.name == engine.name.lower()
    assert engine.title
    assert engine.problems() == []


def needs_only_known_evidence(engine: Engine) -> None:
    assert engine.needs(made.request(*all_definitions())) <= MODULES


def warns_in_sentences(engine: Engine) -> None:
    for sentence in engine.warnings(all_definitions()):
        assert len(sentence.split()) > 3
        assert sentence.endswith(".")


def sorts_by_definition_then_start(engine: Engine) -> None:
    request, segments = _run(engine, rich_evidence())
    order = [definition.id for definition in request.definitions]
    places = [(order.index(segment.definition_id), segment.start) for segment in segments]
    assert places == sorted(places)


def keeps_whole_milliseconds_and_direction(engine: Engine) -> None:
    for segment in _run(engine, rich_evidence())[1]:
        assert segment.start < segment.end
        assert segment.start == round(segment.start, 3)
        assert segment.end == round(segment.end, 3)


def never_overlaps_within_a_definition(engine: Engine) -> None:
    request, segments = _run(engine, rich_evidence())
    for definition in request.definitions:
        own = [segment for segment in segments if segment.definition_id == definition.id]
        assert all(first.end <= second.start for first, second in pairwise(own))


def stays_inside_the_window(engine: Engine) -> None:
    _, segments = _run(engine, rich_evidence(), start=5.5, end=44.25)
    assert all(5.5 <= segment.start < segment.end <= 44.25 for segment in segments)


def stays_inside_time_ranges(engine: Engine) -> None:
    wire = [{"id": "a", "description": "Every shot", "time_ranges": [{"start_time": 3, "end_time": 8.5},
                                                                     {"start_time": 8.5, "end_time": 30}]}]  # fmt: skip
    request = made.request(*parse_definitions(wire, duration=DURATION))
    segments = engine.segment(request, rich_evidence(), silent).segments
    ranges = (Span(3, 8.5), Span(8.5, 30))
    assert all(any(r.start <= s.start and s.end <= r.end for r in ranges) for s in segments)


def keeps_minimum_and_maximum_durations(engine: Engine) -> None:
    _, segments = _run(engine, rich_evidence(), min_duration=4.0, max_duration=7.5)
    assert segments
    assert all(4.0 <= round(segment.end - segment.start, 6) <= 7.5 for segment in segments)


def fills_every_declared_field_with_its_type(engine: Engine) -> None:
    for evidence in (rich_evidence(), bare_evidence(), empty_evidence()):
        request, segments = _run(engine, evidence)
        declared = {definition.id: definition.fields for definition in request.definitions}
        for segment in segments:
            assert list(segment.fields) == [spec.name for spec in declared[segment.definition_id]]
            for spec in declared[segment.definition_id]:
                check_value(spec, segment.fields[spec.name], segment)


def check_value(spec: FieldSpec, value: object, segment: Segment) -> None:
    if value is None:
        return
    kinds = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "timestamp": (int, float)}
    assert isinstance(value, kinds.get(spec.type, list))
    if spec.type in ("integer", "number", "timestamp"):
        assert not isinstance(value, bool)
    if spec.enum:
        assert set([value] if isinstance(value, str) else value) <= set(spec.enum)
    if spec.type == "timestamp":
        assert segment.start <= value <= segment.end
    if spec.type == "time_array":
        assert all(segment.start <= e["start_time"] < e["end_time"] <= segment.end for e in value)


def gives_a_reason_for_everything(engine: Engine) -> None:
    for segment in _run(engine, rich_evidence())[1]:
        assert 0.0 <= segment.confidence <= 1.0
        fields = segment.reasons["fields"]
        assert list(fields) == list(segment.fields)
        for reason in (segment.reasons["start"], segment.reasons["end"], *fields.values()):
            assert reason["because"]
            assert 0.0 <= reason["confidence"] <= 1.0
        json.dumps(segment.reasons, allow_nan=False)


def gives_the_same_bytes_twice(engine: Engine) -> None:
    first, second = (_run(engine, rich_evidence()) for _ in range(2))
    assert json.dumps(result_json(*first)) == json.dumps(result_json(*second))
    assert first[1] == second[1]


def tells_progress_up_to_the_end(engine: Engine) -> None:
    told: list[Progress] = []
    engine.segment(made.request(*all_definitions()), rich_evidence(), told.append)
    assert {progress.stage for progress in told} == {"resolving"}
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert told[-1].done == told[-1].total == DURATION


def lets_a_cancellation_through(engine: Engine) -> None:
    def cancel(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        engine.segment(made.request(*all_definitions()), rich_evidence(), cancel)


CHECKS: tuple[Callable[[Engine], None], ...] = (
    names_itself,
    needs_only_known_evidence,
    warns_in_sentences,
    sorts_by_definition_then_start,
    keeps_whole_milliseconds_and_direction,
    never_overlaps_within_a_definition,
    stays_inside_the_window,
    stays_inside_time_ranges,
    keeps_minimum_and_maximum_durations,
    fills_every_declared_field_with_its_type,
    gives_a_reason_for_everything,
    gives_the_same_bytes_twice,
    tells_progress_up_to_the_end,
    lets_a_cancellation_through,
)
