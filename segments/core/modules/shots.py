"""Shots: from one cut, fade, dissolve or wipe to the next; without gaps from the first picture to the last."""

from __future__ import annotations

from segments.core.engines.local.segmenters.edges import middle
from segments.core.evidence import frames
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.modules.defined import Defined
from segments.core.progress import Report
from segments.core.timeline import Segment

_NEAR = 1e-3
#: The contract has no word for a wipe; `content` says it.
_IN = {"wipe": "dissolve"}


class Shots(Defined):
    name = "shots"
    title = "Shots"
    description = "Uninterrupted camera takes between cuts and transitions"
    group: Group = "scene"
    depends_on: tuple[str, ...] = ()
    definition = {
        "id": "shots",
        "description": "One uninterrupted camera take between two cuts or transitions.",
        "fields": [],
    }

    def needs(self) -> frozenset[str]:
        return super().needs() | {"frames"}

    def find(self, evidence: Evidence, _earlier: Earlier, report: Report) -> list[ModuleSegment]:
        return [_shot(index, shot, evidence) for index, shot in enumerate(self.segments(evidence, report))]


def _shot(index: int, shot: Segment, evidence: Evidence) -> ModuleSegment:
    begun = [each for each in evidence.transitions or () if abs(middle(each) - shot.start) < _NEAR]
    metadata = {
        "index": index,
        "transition_in": _IN.get(begun[0].kind, begun[0].kind) if begun else "start",
        "score": round(begun[0].strength, 3) if begun else 0.0,
        "start_frame": frames.number_at(evidence, shot.start),
        "end_frame": frames.number_at(evidence, shot.end),
        "keyframe_time": round((shot.start + shot.end) / 2, 3),
    }
    note = f", after a {begun[0].kind}" if begun and begun[0].kind != "cut" else ""
    return ModuleSegment(shot.start, shot.end, f"Shot {index + 1}{note}", metadata, confidence=shot.confidence)
