"""Highlights: loud, moving, quickly cut stretches that stand out from the rest, with their build-up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

_BUILD_UP, _REACTION = 3.0, 2.0
#: No single one of three measures (at most 3 each) gets there alone.
_STANDS_OUT = 1.2
#: One measure alone says little: a light change moves, a cut cuts.
_LEAST_MEASURES = 2
Curve = NDArray[np.float64]


def find(evidence: Evidence, _description: str) -> Found:
    curve = excitement(evidence)
    if len(curve) < 10:
        return Found([])
    hot = np.flatnonzero(curve >= _STANDS_OUT)
    peaks = bridged((_second(evidence, int(i)) for i in hot), 2.0, 0.0)
    window = evidence.window
    wide = [Span(max(window.start, p.start - _BUILD_UP), min(window.end, p.end + _REACTION)) for p in peaks]
    return Found([_candidate(span, curve, window.start) for span in bridged(wide, 0.0, 1.0)])


def _second(evidence: Evidence, index: int) -> Span:
    start = evidence.window.start + index
    return Span(start, min(start + 1.0, evidence.window.end))


def excitement(evidence: Evidence) -> Curve:
    """One value per second: how far loudness, movement and cutting lie above their middle, in robust deviations."""
    seconds = int(evidence.window.length)
    curves = [c for c in (_loud(evidence, seconds), _moving(evidence, seconds), _cutting(evidence, seconds)) if len(c)]
    if len(curves) < _LEAST_MEASURES or not seconds:
        return np.zeros(0)
    total = np.mean([_standard(_smooth(curve)) for curve in curves], axis=0)
    return np.asarray(total, dtype=np.float64)


def _loud(evidence: Evidence, seconds: int) -> Curve:
    if evidence.loudness is None or not len(evidence.loudness[0]):
        return np.zeros(0)
    levels, step = evidence.loudness
    index = np.minimum((np.arange(len(levels)) * step).astype(int), max(0, seconds - 1))
    return _mean_by(index, np.maximum(levels.astype(np.float64), -50.0), seconds)


def _moving(evidence: Evidence, seconds: int) -> Curve:
    looks = evidence.looks
    if looks is None or not len(looks.times):
        return np.zeros(0)
    within = _within_shots(evidence, looks.times)
    if not within.any():
        return np.zeros(0)
    index = np.clip((looks.times[within] - evidence.window.start).astype(int), 0, max(0, seconds - 1))
    return _mean_by(index, looks.motion[within].astype(np.float64), seconds)


def _within_shots(evidence: Evidence, times: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Pictures that are no first picture of a shot, whose change is the cut and not movement."""
    within = np.ones(len(times), dtype=bool)
    for transition in evidence.transitions or ():
        first, last = np.searchsorted(times, [transition.start - 0.02, transition.end + 0.02])
        within[first : last + 1] = False
    return within


def _cutting(evidence: Evidence, seconds: int) -> Curve:
    counts = np.zeros(seconds)
    for transition in evidence.transitions or ():
        index = int(transition.start - evidence.window.start)
        if 0 <= index < seconds:
            counts[index] += 1
    return np.convolve(np.pad(counts, 3, mode="edge"), np.full(7, 1 / 7), mode="valid") if counts.any() else np.zeros(0)


def _mean_by(index: NDArray[np.int_], values: Curve, seconds: int) -> Curve:
    totals = np.bincount(index, weights=values, minlength=seconds)[:seconds]
    counts = np.bincount(index, minlength=seconds)[:seconds]
    return np.where(counts > 0, totals / np.maximum(counts, 1), float(np.median(values)))


def _smooth(curve: Curve) -> Curve:
    return np.convolve(np.pad(curve, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")


def _standard(curve: Curve) -> Curve:
    middle = float(np.median(curve))
    spread = 1.4826 * float(np.median(np.abs(curve - middle))) or float(np.std(curve)) or 1.0
    return np.clip((curve - middle) / spread, -2.0, 3.0)


def _candidate(span: Span, curve: Curve, origin: float) -> Candidate:
    part = curve[int(span.start - origin) : max(int(span.start - origin) + 1, int(span.end - origin))]
    peak = float(part.max()) if len(part) else _STANDS_OUT
    confidence = round(min(0.7, 0.2 + 0.15 * peak), 4)
    numbers = {"peak": round(peak, 2)}
    return Candidate(
        span.start,
        span.end,
        Reason("Sound and movement rise after this.", confidence, numbers),
        Reason("Sound and movement have calmed down.", confidence, numbers),
        confidence,
    )


SEGMENTER = Segmenter(
    name="highlight",
    title="highlights (loud, moving, quickly cut)",
    description="exciting decisive moments, highlights, climax, action",
    needs=frozenset({"pictures", "sound"}),
    cues=(
        (r"highlights?", 1.0),
        (r"(?:exciting|decisive|thrilling|dramatic|key|best) (?:moments?|parts?|plays?|scenes?)", 1.1),
        (r"exciting|decisive|climax|action (?:peaks?|moments?|scenes?)|loudest", 0.8),
    ),
    find=find,
)
