"""A real engine that needs no evidence: equal parts, and values that only depend on the field."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.definition import FieldSpec, SegmentDefinition
from segments.core.engines.base import EngineResult
from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.constraints import Durations, constrain
from segments.core.engines.values import conform
from segments.core.evidence.model import Evidence
from segments.core.progress import Progress, Report
from segments.core.request import RunRequest
from segments.core.timeline import Segment, Span, clip

_WHY = Reason("Equal parts.", 1.0)


class FakeEngine:
    name = "fake"
    title = "Fake (equal parts)"

    def __init__(self, parts: int = 3) -> None:
        self.parts = parts

    def problems(self) -> list[str]:
        return []

    def needs(self, request: RunRequest) -> frozenset[str]:
        return frozenset()

    def warnings(self, definitions: Sequence[SegmentDefinition]) -> list[str]:
        return []

    def segment(self, request: RunRequest, evidence: Evidence, report: Report) -> EngineResult:
        total = evidence.window.length
        found: list[Segment] = []
        for definition in request.definitions:
            report(Progress("resolving", total * len(found) / (1 + len(found)), total))
            found += self._segments(definition, request, evidence)
        report(Progress("resolving", total, total))
        return EngineResult(tuple(found))

    def _segments(self, definition: SegmentDefinition, request: RunRequest, evidence: Evidence) -> list[Segment]:
        analysed = clip(request.analysed(definition, evidence.facts.duration_seconds), evidence.window)
        parts = [part for span in analysed for part in _equal(span, self.parts)]
        durations = Durations.of(request.min_duration, request.max_duration)
        return [_segment(definition, part) for part in constrain(parts, analysed, durations)]


def _equal(span: Span, parts: int) -> list[Candidate]:
    step = span.length / parts
    return [Candidate(span.start + i * step, span.start + (i + 1) * step, _WHY, _WHY, 1.0) for i in range(parts)]


def _segment(definition: SegmentDefinition, part: Candidate) -> Segment:
    why = _WHY.as_json()
    values = {spec.name: conform(spec, _value(spec, part.span), part.span) for spec in definition.fields}
    reasons = {"start": why, "end": why, "fields": dict.fromkeys(values, why)}
    return Segment(definition.id, part.start, part.end, values, part.confidence, reasons)


def _value(spec: FieldSpec, span: Span) -> object:
    if spec.type == "array":
        return list(spec.enum[:1])
    if spec.type == "time_array":
        return [{"start_time": span.start, "end_time": span.end}]
    plain: dict[str, object] = {
        "string": spec.enum[0] if spec.enum else f"{spec.name} of {span.start:g}",
        "boolean": True,
        "number": 0.5,
        "integer": 1,
        "timestamp": span.start,
    }
    return plain[spec.type]
