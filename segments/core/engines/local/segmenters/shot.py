"""Shots: from one cut, fade, dissolve or wipe to the next."""

from __future__ import annotations

from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.segmenters.edges import NO_PICTURES, middle, tiled, transition_reason
from segments.core.evidence.model import Evidence


def find(evidence: Evidence, _description: str) -> Found:
    if evidence.transitions is None:
        return Found([], (NO_PICTURES,))
    cuts = [(middle(t), transition_reason(t)) for t in evidence.transitions]
    return Found(tiled(evidence.window, cuts, 0.95))


SEGMENTER = Segmenter(
    name="shot",
    title="shots",
    description="uninterrupted camera takes between cuts and transitions",
    needs=frozenset({"pictures"}),
    cues=(
        (r"^(?:(?:all|every|each|the|any|an?|one|single) )*(?:shots?|takes?)", 1.5),
        (r"shots?", 1.0),
        (r"camera takes?|takes?", 1.0),
        (r"between (?:two )?(?:cuts|transitions)|(?:each|every) (?:cut|edit)", 0.9),
        (r"cuts?|edits?", 0.5),
        (r"camera angles?", 0.8),
    ),
    find=find,
)
