"""Highlights: loud, moving, quickly cut stretches that stand out from the rest, with their build-up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged
from segments.core.engines.local.segmenters.edges import candidates, middle
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span, gaps

#: Robust deviations above the middle from which a second is loud, and that its loudest must reach.
_LOUD, _PEAK = 1.0, 1.5
#: A roar stands so many decibels above the rest; mere waves of a steady sound do not.
_LEAST_RISE = 5.0
#: Without sound: movement and cutting together, as neither says much alone.
_STANDS_OUT = 1.2
#: Before a roar something moves: how lively, how long before at most, and how near a cut ends the search.
_LIVELY, _MOVED, _BUILD_UP, _SNAP = 0.3, 0.8, 8, 2.5
_REACTION = 2.0
#: Mean change of the picture below which nothing happens, beside a roar and without one.
_STIRS, _STORMS = 0.006, 0.015
_SHORTEST_CALM = 4.0
#: What fills more of the video than this does not stand out from it.
_MOST = 0.5
Curve = NDArray[np.float64]


def find(evidence: Evidence, _description: str) -> Found:
    return Found([_candidate(span, peak) for span, peak in _moments(evidence)])


def find_calm(evidence: Evidence, _description: str) -> Found:
    """What lies between the highlights."""
    free = gaps([span for span, _ in _moments(evidence)], evidence.window)
    calm = [span for span in free if span.length >= _SHORTEST_CALM]
    return Found(candidates(calm, "The excitement is over.", "The next one builds up.", 0.6))


def _moments(evidence: Evidence) -> list[tuple[Span, float]]:
    seconds = int(evidence.window.length)
    if seconds < 10:
        return []
    moving = _moving(evidence, seconds)
    loud, move = _roar(evidence, seconds), _standard(_smooth(moving))
    curve, least = (loud, _LOUD) if len(loud) else (excitement(evidence), _STANDS_OUT)
    found: list[tuple[Span, float]] = []
    for first, last in _hot(curve, least):
        peak = float(curve[first:last].max())
        if len(loud) and (peak < _PEAK or (len(move) and move[max(0, first - 6) : last].max() < _MOVED)):
            continue
        if not len(moving) or moving[max(0, first - _BUILD_UP) : last].mean() < (_STIRS if len(loud) else _STORMS):
            continue
        span = _extent(evidence, first, last, move)
        if found and span.start < found[-1][0].end:
            before, high = found.pop()
            span, peak = Span(before.start, max(before.end, span.end)), max(peak, high)
        found.append((span, peak))
    return found if sum(span.length for span, _ in found) <= _MOST * evidence.window.length else []


def _hot(curve: Curve, least: float) -> list[tuple[int, int]]:
    """Runs of seconds above the mark, joined over gaps up to two seconds."""
    spans = bridged((Span(float(i), i + 1.0) for i in np.flatnonzero(curve >= least)), 2.0, 0.0)
    return [(int(span.start), int(span.end)) for span in spans]


def _extent(evidence: Evidence, first: int, last: int, move: Curve) -> Span:
    """From where the movement before it begins to where it calms down, both at a cut if one is near."""
    start = first
    for second in range(first - 1, max(-1, first - _BUILD_UP - 1), -1):
        if len(move) and max(move[max(0, second - 1) : second + 1]) >= _LIVELY:
            start = second
        else:
            break
    window = evidence.window
    low, high = window.start + start, window.start + last
    cuts = [middle(t) for t in evidence.transitions or ()]
    low = min((c for c in cuts if abs(c - low) <= _SNAP), key=lambda c: (abs(c - low), c), default=low)
    high = min((c for c in cuts if abs(c - high) <= _SNAP), key=lambda c: (abs(c - high), c), default=high + _REACTION)
    return Span(max(window.start, low), max(low + 1.0, min(window.end, high)))


def excitement(evidence: Evidence) -> Curve:
    """One value per second: robust deviations above the middle. Loudness leads where there is any."""
    seconds = int(evidence.window.length)
    loud, move, cut = (
        _roar(evidence, seconds),
        *(_standard(_smooth(c)) for c in (_moving(evidence, seconds), _cutting(evidence, seconds))),
    )
    if len(loud):
        return np.asarray(loud + 0.5 * move if len(move) else loud, dtype=np.float64)
    if len(move) and len(cut):
        return np.asarray((move + cut) / 2, dtype=np.float64)
    return np.zeros(0)


def _roar(evidence: Evidence, seconds: int) -> Curve:
    """Loudness in deviations; empty where there is no sound or it hardly changes."""
    levels = _smooth(_loud(evidence, seconds))
    if not len(levels) or float(levels.max() - np.median(levels)) < _LEAST_RISE:
        return np.zeros(0)
    return _standard(levels)


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
    if not len(curve):
        return curve
    return np.convolve(np.pad(curve, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")


def _standard(curve: Curve) -> Curve:
    if not len(curve):
        return curve
    centre = float(np.median(curve))
    spread = 1.4826 * float(np.median(np.abs(curve - centre))) or float(np.std(curve)) or 1.0
    return np.clip((curve - centre) / spread, -2.0, 3.0)


def _candidate(span: Span, peak: float) -> Candidate:
    confidence = round(min(0.8, 0.35 + 0.15 * peak), 4)
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
        (r"action (?:peaks?|moments?|scenes?)|scoring plays?|touchdowns?|home runs?|slam dunks?", 0.9),
        (r"^(?:(?:an?|the|all|every|each) )*goals?(?! of)", 0.7),
        (r"exciting|decisive|climax|loudest", 0.8),
    ),
    find=find,
)
CALM = Segmenter(
    name="calm",
    title="calm stretches (between the highlights)",
    description="calm, uneventful stretches in which little happens",
    needs=frozenset({"pictures", "sound"}),
    cues=((r"calm|uneventful|little happens|nothing (?:much )?happens|boring|slow (?:play|passages?)", 1.0),),
    find=find_calm,
)
