"""Keeps the candidates that meet what the description demands of them."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.engines.candidates import Candidate
from segments.core.engines.local.limits import Limits, Subject
from segments.core.engines.local.measures import covered_share, faces, sound_share, texts
from segments.core.evidence.model import Evidence, SoundKind
from segments.core.timeline import Span

#: Shares of a stretch from which something is there, and up to which it is not.
_THERE, _NOT_THERE = 0.3, 0.1
_SOUNDS: dict[Subject, SoundKind] = {"speech": "speech", "music": "music", "silence": "silence"}


def meeting(candidates: Sequence[Candidate], limits: Limits, evidence: Evidence) -> list[Candidate]:
    return [candidate for candidate in candidates if _meets(candidate.span, limits, evidence)]


def _meets(span: Span, limits: Limits, evidence: Evidence) -> bool:
    if limits.shortest is not None and span.length < limits.shortest - 1e-6:
        return False
    if limits.longest is not None and span.length > limits.longest + 1e-6:
        return False
    if limits.people is not None and not _holds_people(evidence, span, limits.people):
        return False
    absent = all((_share(evidence, span, subject) or 0.0) <= _NOT_THERE for subject in limits.without)
    return absent and all((_share(evidence, span, subject) or 0.0) >= _THERE for subject in limits.required)


def _share(evidence: Evidence, span: Span, subject: Subject) -> float | None:
    """None when it was not looked at: then it is taken as not there, since nothing shows that it is."""
    if subject in _SOUNDS:
        return sound_share(evidence, span, _SOUNDS[subject])
    if subject == "text":
        return covered_share((Span(t.start, t.end) for t in texts(evidence, span)), span)
    seen = faces(evidence, span)
    return sum(bool(face.boxes) for face in seen) / len(seen) if seen else None


def _holds_people(evidence: Evidence, span: Span, least: int) -> bool:
    seen = faces(evidence, span)
    return bool(seen) and sum(len(face.boxes) >= least for face in seen) >= _THERE * len(seen)
