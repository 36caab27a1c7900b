"""Transitions themselves: fades, dissolves and wipes, from their first to their last picture."""

from __future__ import annotations

import re

from segments.core.engines.candidates import Candidate
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.segmenters.edges import NO_PICTURES, transition_reason
from segments.core.evidence.model import Evidence, TransitionKind

_NAMED: tuple[tuple[str, TransitionKind], ...] = (
    (r"cross ?-?(?:fade|dissolve)s?|dissolv(?:es?|ing)|blends?", "dissolve"),
    (r"fad(?:es?|ing)", "fade"),
    (r"wip(?:es?|ing)", "wipe"),
)


def find(evidence: Evidence, description: str) -> Found:
    """Those of the kind that the description names, else all that take time; a cut takes none."""
    if evidence.transitions is None:
        return Found([], (NO_PICTURES,))
    kind = next((k for pattern, k in _NAMED if re.search(rf"\b(?:{pattern})\b", description.lower())), None)
    wanted = [t for t in evidence.transitions if t.end > t.start and kind in (None, t.kind)]
    found = [Candidate(t.start, t.end, transition_reason(t), transition_reason(t), t.strength) for t in wanted]
    return Found(found, said=(f"only {kind}s",) if kind else ())


SEGMENTER = Segmenter(
    name="transition",
    title="transitions that take time (fades, dissolves, wipes)",
    description="dissolve, cross fade, fade or wipe between two shots",
    needs=frozenset({"pictures"}),
    cues=(
        (r"cross ?fades?|cross ?dissolves?|dissolves?|wipes?", 1.0),
        (
            r"^(?:(?:an?|the|all|every|each) )*(?:slow |gradual )?(?:(?:cross ?)?fade|transition|dissolve|wipe)s?",
            1.4,
        ),
    ),
    find=find,
)
