"""Grouped shots: neighbouring shots that look alike; every boundary of a group is one of a shot.

Scenes consist of whole groups, so a group also ends where a scene does, however alike the shots on both sides are.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from segments.core.engines.local.measures import colour_likeness, legible
from segments.core.engines.local.segmenters import scene
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.progress import Report
from segments.core.timeline import Span

#: Shared area of the colours of neighbours from which they look alike.
ALIKE = 0.72
_NEAR = 2e-3


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
        scenes = [candidate.start for candidate in scene.find(legible(evidence), "").candidates]
        apart = [value < ALIKE or _is_among(span.start, scenes) for value, span in zip(alike, spans[1:], strict=True)]
        begins = [0, *(n + 1 for n, ends in enumerate(apart) if ends)]
        ends = [*begins[1:], len(spans)]
        return [
            _group(index, range(first, end), spans, alike)
            for index, (first, end) in enumerate(zip(begins, ends, strict=True))
            if end > first
        ]


def _is_among(moment: float, others: list[float]) -> bool:
    """`others` in order; the engine rounds what it gives to milliseconds."""
    n = bisect_left(others, moment - _NEAR)
    return n < len(others) and others[n] <= moment + _NEAR


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
