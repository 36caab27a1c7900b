"""Grouped shots: neighbouring shots that look alike; every boundary of a group is one of a shot."""

from __future__ import annotations

from itertools import pairwise

from segments.core.engines.local.measures import colour_likeness
from segments.core.engines.local.segmenters.scene import ALIKE
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.progress import Report
from segments.core.timeline import Span


class GroupedShots:
    name = "grouped_shots"
    title = "Grouped shots"
    description = "Neighbouring shots that look alike"
    group: Group = "scene"
    depends_on = ("shots",)

    def problems(self) -> list[str]:
        return []

    def needs(self) -> frozenset[str]:
        return frozenset({"pictures"})

    def find(self, evidence: Evidence, earlier: Earlier, _report: Report) -> list[ModuleSegment]:
        likeness = colour_likeness(evidence)
        spans = [Span(shot.start, shot.end) for shot in earlier["shots"]]
        alike = [likeness(one, other) for one, other in pairwise(spans)]
        begins = [0, *(n + 1 for n, value in enumerate(alike) if value < ALIKE)]
        ends = [*begins[1:], len(spans)]
        return [
            _group(index, range(first, end), spans, alike)
            for index, (first, end) in enumerate(zip(begins, ends, strict=True))
            if end > first
        ]


def _group(index: int, shots: range, spans: list[Span], alike: list[float]) -> ModuleSegment:
    inside = alike[shots[0] : shots[-1]]
    metadata = {
        "index": index,
        "shot_indexes": list(shots),
        "shot_count": len(shots),
        "similarity": round(sum(inside) / len(inside), 3) if inside else 1.0,
    }
    content = f"Group {index + 1}: shots {shots[0] + 1}-{shots[-1] + 1}"
    return ModuleSegment(spans[shots[0]].start, spans[shots[-1]].end, content, metadata)
