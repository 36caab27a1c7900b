"""Is what comes out of the right shape, and the same every time?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from statistics import fmean

from segments.core.engines.registry import load
from segments.core.evidence.model import Evidence
from segments.core.progress import silent
from segments.core.request import RunRequest, result_json
from segments.core.timeline import Segment
from tests.bench.quality.asking import Written
from tests.bench.quality.measured import Measured
from tests.core.engines.contract import check_value


def valid(films: Mapping[str, list[Measured]], written: Sequence[Written]) -> float:
    """Share of segments whose times and values are as declared."""
    return fmean(
        _valid(request, segment)
        for evidence, request in _runs(films, written)
        for segment in load("local").segment(request, evidence, silent).segments
    )


def _valid(request: RunRequest, segment: Segment) -> bool:
    fields = request.definitions[0].fields
    try:
        for spec in fields:
            check_value(spec, segment.fields[spec.name], segment)
    except (AssertionError, KeyError):
        return False
    whole = round(segment.start, 3) == segment.start < segment.end == round(segment.end, 3)
    return whole and list(segment.fields) == [spec.name for spec in fields]


def identical(films: Mapping[str, list[Measured]], written: Sequence[Written]) -> float:
    """Share of results whose JSON and reasons are the same bytes twice."""
    return fmean(_bytes(evidence, request) == _bytes(evidence, request) for evidence, request in _runs(films, written))


def _bytes(evidence: Evidence, request: RunRequest) -> bytes:
    found = load("local").segment(request, evidence, silent).segments
    return json.dumps([result_json(request, found), [dict(s.reasons) for s in found]]).encode()


def _runs(films: Mapping[str, list[Measured]], written: Sequence[Written]) -> list[tuple[Evidence, RunRequest]]:
    return [
        (measured.evidence, RunRequest((asked.definition(),)))
        for asked in written
        for name in asked.films
        for measured in films.get(name, [])
    ]
