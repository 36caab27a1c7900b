"""Reasons for boundaries, shared by the segmenters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from segments.core.engines.candidates import Boundary, Candidate, Reason
from segments.core.evidence.model import Evidence, Transition
from segments.core.timeline import Span

_KINDS = {
    "cut": "A cut: the picture changes at once.",
    "fade": "A fade.",
    "dissolve": "A dissolve: one picture blends into the next.",
    "wipe": "A wipe.",
}
NO_PICTURES = "The pictures were not looked at."
WINDOW_EDGE = Reason("The analysed part begins or ends here.", 1.0)


def middle(transition: Transition) -> float:
    return (transition.start + transition.end) / 2


def transition_reason(transition: Transition) -> Reason:
    numbers = {"kind": transition.kind, "from": round(transition.start, 3), "to": round(transition.end, 3)}
    doubts = {"doubts": list(transition.vetoes)} if transition.vetoes else {}
    return Reason(_KINDS[transition.kind], transition.strength, {**numbers, "strength": transition.strength, **doubts})


def boundaries(evidence: Evidence) -> list[Boundary]:
    """The places where the picture changes, by time."""
    found = [Boundary(middle(t), t.strength, _KINDS[t.kind]) for t in evidence.transitions or ()]
    return sorted(found, key=lambda boundary: boundary.time)


def candidates(spans: Iterable[Span], starts: str, ends: str, confidence: float) -> list[Candidate]:
    """One candidate per span, all with the same two sentences."""
    return [
        Candidate(span.start, span.end, Reason(starts, confidence), Reason(ends, confidence), confidence)
        for span in spans
    ]


def tiled(window: Span, cuts: Iterable[tuple[float, Reason]], confidence: float) -> list[Candidate]:
    """Gap-free candidates from one reason per inner boundary."""
    inner = sorted(((time, why) for time, why in cuts if window.start < time < window.end), key=lambda cut: cut[0])
    edges = [(window.start, WINDOW_EDGE), *inner, (window.end, WINDOW_EDGE)]
    return [
        Candidate(start, end, why, reason, min(confidence, why.confidence, reason.confidence))
        for (start, why), (end, reason) in pairwise(edges)
        if end > start
    ]
