"""Where something is not: no speech, no music, no text, nobody in the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.limits import Subject
from segments.core.engines.local.measures import bridged, runs
from segments.core.engines.local.segmenters.edges import candidates
from segments.core.engines.local.segmenters.sounds import NO_SOUND
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span, gaps

#: What is there for less than this does not interrupt, and gaps shorter than that are none.
_CRUMB, _SHORTEST = 0.3, 0.8


def _without(
    subject: str, there: Callable[[Evidence], Iterable[Span] | None], note: str
) -> Callable[[Evidence, str], Found]:
    def find(evidence: Evidence, _description: str) -> Found:
        spans = there(evidence)
        if spans is None:
            return Found([], (note,))
        free = gaps(bridged(spans, _CRUMB, _CRUMB), evidence.window)
        kept = [span for span in free if span.length >= _SHORTEST]
        return Found(candidates(kept, f"The {subject} ends.", f"The {subject} begins.", 0.8))

    return find


def _sound(kind: str) -> Callable[[Evidence], Iterable[Span] | None]:
    return lambda e: [Span(s.start, s.end) for s in e.sounds if s.kind == kind] if e.sounds else None


def _texts(evidence: Evidence) -> Iterable[Span] | None:
    return None if evidence.texts is None else [Span(t.start, t.end) for t in evidence.texts]


def _faces(evidence: Evidence) -> Iterable[Span] | None:
    seen = evidence.faces
    if not seen:
        return None
    return runs([bool(face.boxes) for face in seen], [face.time for face in seen], evidence.window.end)


def _entry(subject: Subject, what: str, needs: str, find: Callable[[Evidence, str], Found]) -> Segmenter:
    return Segmenter(f"no_{subject}", f"stretches without {what}", "", frozenset({needs}), (), find)


#: Chosen only where a description is nothing but this condition.
ABSENCE: dict[Subject, Segmenter] = {
    "speech": _entry("speech", "speech", "sound", _without("speech", _sound("speech"), NO_SOUND)),
    "music": _entry("music", "music", "sound", _without("music", _sound("music"), NO_SOUND)),
    "silence": _entry("silence", "silence", "sound", _without("silence", _sound("silence"), NO_SOUND)),
    "text": _entry("text", "text", "text", _without("text", _texts, "The pictures were not read.")),
    "people": _entry("people", "faces", "faces", _without("face", _faces, "No faces were looked for.")),
}
