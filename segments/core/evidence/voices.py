"""Evidence stage: which stretches of speech sound like one voice. Tells clearly different voices apart, no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.arrays import unpack
from segments.core.evidence.model import SoundSpan, Voice
from segments.core.timeline import Span

Floats = NDArray[np.float64]
#: Speech is looked at in pieces of about this length; shorter ones have too little voice in them.
PIECE_SECONDS, LEAST_VOICED = 2.5, 5
#: Distance is octaves of pitch and so much times the distance of timbre; voices further apart than `APART` are two.
TIMBRE_WEIGHT, APART = 1.5, 0.62
SCALE = 500
#: A voice that speaks for less altogether is an accident.
LEAST_SECONDS = 1.5
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    start: float
    end: float
    mark: Floats
    voice: int = -1


def decide(payloads: Sequence[bytes], window: Span, sounds: Iterable[SoundSpan]) -> tuple[Voice, ...] | None:
    """Stretches of speech by voice, numbered from 1 in the order of their first words; None without sound.

    Pieces of speech are grouped around mean voices, as in k-means with as many means as distances ask for.
    """
    parts = [unpack(payload) for payload in payloads]
    if not parts or not parts[0][0]["sound"]:
        return None
    step, origin = float(parts[0][0]["step"]), float(parts[0][0]["start"])
    marks = _marks(np.concatenate([arrays["voice"] for _, arrays in parts]))
    spoken = [s for s in sounds if s.kind == "speech"]
    pieces = [piece for s in spoken for piece in _pieces(s, marks, origin, step)]
    if not pieces:
        return ()
    means = _means(pieces)
    named = [replace(p, voice=_nearest(p.mark, means)) for p in pieces]
    return tuple(_sharpened(_joined(named, _order(named), means), marks, origin, step))


def _marks(voice: NDArray[np.int16]) -> Floats:
    """Per step: pitch in octaves (nan without one), then timbre."""
    pitch = voice[:, :1].astype(np.float64)
    octaves = np.where(pitch > 0, np.log2(np.maximum(pitch, 1.0)), np.nan)
    return np.hstack([octaves, voice[:, 1:].astype(np.float64) / SCALE])


def _pieces(span: SoundSpan, marks: Floats, origin: float, step: float) -> list[_Piece]:
    count = max(1, round((span.end - span.start) / PIECE_SECONDS))
    edges = np.linspace(span.start, span.end, count + 1)
    found: list[_Piece] = []
    for start, end in pairwise(edges):
        rows = marks[round((start - origin) / step) : round((end - origin) / step)]
        rows = rows[~np.isnan(rows[:, 0])] if len(rows) else rows
        if len(rows) >= LEAST_VOICED:
            mark = np.concatenate([[np.median(rows[:, 0])], rows[:, 1:].mean(axis=0)])
            found.append(_Piece(float(start), float(end), mark))
        elif found:
            found[-1] = replace(found[-1], end=float(end))
    if found:
        found[0] = replace(found[0], start=span.start)
    return found


def _distance(one: Floats, other: Floats) -> float:
    return float(np.hypot(one[0] - other[0], np.sqrt(np.mean((one[1:] - other[1:]) ** 2)) * TIMBRE_WEIGHT))


def _means(pieces: Sequence[_Piece]) -> list[Floats]:
    means: list[Floats] = []
    for piece in pieces:
        if not means or min(_distance(piece.mark, mean) for mean in means) > APART:
            means.append(piece.mark)
    for _ in range(ROUNDS):
        homes = [_nearest(piece.mark, means) for piece in pieces]
        means = [
            np.mean([p.mark for p, home in zip(pieces, homes, strict=True) if home == n], axis=0)
            for n in range(len(means))
            if sum(p.end - p.start for p, home in zip(pieces, homes, strict=True) if home == n) >= LEAST_SECONDS
        ] or means[:1]
        means = _merged(means)
    return means


def _merged(means: list[Floats]) -> list[Floats]:
    kept: list[Floats] = []
    for mean in means:
        if all(_distance(mean, other) > 0.8 * APART for other in kept):
            kept.append(mean)
    return kept


def _nearest(mark: Floats, means: Sequence[Floats]) -> int:
    return min(range(len(means)), key=lambda n: (_distance(mark, means[n]), n))


def _order(pieces: Sequence[_Piece]) -> dict[int, int]:
    """Numbers from 1 by first words."""
    return {voice: n for n, voice in enumerate(dict.fromkeys(piece.voice for piece in pieces), start=1)}


def _joined(pieces: Sequence[_Piece], order: dict[int, int], means: Sequence[Floats]) -> list[Voice]:
    found: list[Voice] = []
    for piece in pieces:
        others = [_distance(piece.mark, mean) for n, mean in enumerate(means) if n != piece.voice]
        away = min(others, default=APART) - _distance(piece.mark, means[piece.voice])
        sure = round(float(np.clip(0.5 + 0.5 * away / APART, 0.3, 0.9)), 3)
        voice = Voice(round(piece.start, 3), round(piece.end, 3), order[piece.voice], sure)
        if found and found[-1].number == voice.number and voice.start - found[-1].end < 0.05:
            found[-1] = replace(found[-1], end=voice.end, confidence=min(found[-1].confidence, sure))
        else:
            found.append(voice)
    return found


def _sharpened(voices: Sequence[Voice], marks: Floats, origin: float, step: float) -> list[Voice]:
    """Where one voice takes over from another without a pause, the change is put where the pitch changes."""
    found = list(voices)
    for n, (left, right) in enumerate(pairwise(voices)):
        if right.start - left.end > 0.05:
            continue
        at = _change(marks, origin, step, found[n], right)
        found[n], found[n + 1] = replace(found[n], end=at), replace(right, start=at)
    return found


def _change(marks: Floats, origin: float, step: float, left: Voice, right: Voice) -> float:
    low, high = max(left.start + step, right.start - PIECE_SECONDS), min(right.end - step, left.end + PIECE_SECONDS)
    rows = [round((time - origin) / step) for time in (left.start, left.end, right.end, low, high)]
    sides = [np.nanmedian(marks[a:b, 0]) for a, b in ((rows[0], rows[1]), (rows[1], rows[2]))]
    around = marks[rows[3] : rows[4], 0]
    if len(around) < 2 or np.isnan(sides).any():
        return left.end
    costs = [np.nan_to_num(np.abs(around - side)) for side in sides]
    total = np.concatenate([[0.0], np.cumsum(costs[0])]) + np.concatenate([np.cumsum(costs[1][::-1])[::-1], [0.0]])
    return round(origin + (rows[3] + int(total.argmin())) * step, 3)
