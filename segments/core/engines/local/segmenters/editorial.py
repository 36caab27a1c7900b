"""Editorial units: parts of a programme parted by black pictures, fades and silence."""

from __future__ import annotations

from segments.core.engines.candidates import Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged, runs, sound_share
from segments.core.engines.local.segmenters.edges import NO_PICTURES, middle, tiled
from segments.core.engines.local.segmenters.pictures import black
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

_SHORTEST = 4.0


def find(evidence: Evidence, _description: str) -> Found:
    if evidence.transitions is None:
        return Found([], (NO_PICTURES,))
    cuts: list[tuple[float, Reason]] = []
    for time, reason in sorted([*_black(evidence), *_fades(evidence), *_silences(evidence)], key=lambda c: c[0]):
        if cuts and time - cuts[-1][0] < _SHORTEST:
            if reason.confidence > cuts[-1][1].confidence:
                cuts[-1] = (time, reason)
            continue
        cuts.append((time, reason))
    inner = [(t, r) for t, r in cuts if evidence.window.start + 1.0 < t < evidence.window.end - 1.0]
    return Found(tiled(evidence.window, inner, 0.6))


def _black(evidence: Evidence) -> list[tuple[float, Reason]]:
    looks = evidence.looks
    if looks is None or not len(looks.times):
        return []
    times = [float(time) for time in looks.times]
    stretches = bridged(runs(black(looks), times, evidence.window.end), 0.2, 0.2)
    return [((s.start + s.end) / 2, Reason("Black picture.", _sure(evidence, s))) for s in stretches]


def _sure(evidence: Evidence, span: Span) -> float:
    silent = sound_share(evidence, Span(max(0.0, span.start - 0.2), span.end + 0.2), "silence") or 0.0
    return round(0.55 + 0.3 * silent, 3)


def _fades(evidence: Evidence) -> list[tuple[float, Reason]]:
    fades = [t for t in evidence.transitions or () if t.kind == "fade" and t.end - t.start >= 0.3]
    return [(middle(t), Reason("A fade.", round(0.5 * t.strength, 3))) for t in fades]


def _silences(evidence: Evidence) -> list[tuple[float, Reason]]:
    """Silence around a cut."""
    quiet = [Span(s.start, s.end) for s in evidence.sounds or () if s.kind == "silence" and s.end - s.start >= 0.4]
    cuts = [middle(t) for t in evidence.transitions or ()]
    return [
        (cut, Reason("A cut in a moment of silence.", 0.5))
        for cut in cuts
        if any(span.start - 0.1 <= cut <= span.end + 0.1 for span in quiet)
    ]


SEGMENTER = Segmenter(
    name="editorial",
    title="units between black pictures, fades and silence",
    description="editorial units of a programme: intro, advertisement break, interview, outro",
    needs=frozenset({"pictures", "sound"}),
    cues=(
        (r"editorial(?: units?| segments?)?", 1.1),
        (r"(?:ad|ads|advertising|commercial) breaks?|commercials?|advertisements?", 0.9),
        (r"(?:units?|parts?) of the (?:programme|program|show|broadcast)|programme segments?", 0.9),
        (r"between (?:two )?(?:fades|black (?:frames|pictures|screens))", 0.9),
        (r"intro|outro|opening|closing|bumpers?", 0.6),
    ),
    find=find,
)
