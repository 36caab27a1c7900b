"""Evidence stage: what kind of sound is heard when, and how loud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.arrays import Array, unpack
from segments.core.evidence.model import Floats, SoundKind, SoundSpan
from segments.core.timeline import Span

FLOOR = -70.0
SILENCE_LUFS = -52.0
#: Steps of 0.1 s: how long something must last, and how short a pause may be inside it.
LEAST_STEPS: Mapping[SoundKind, int] = {"speech": 3, "silence": 3, "music": 10, "noise": 10, "other": 10}
SPEECH_ON, SPEECH_OFF = 0.5, 0.3
SPEECH_PAUSE = 4
AROUND = 11
KINDS: tuple[SoundKind, ...] = ("silence", "speech", "music", "noise", "other")


@dataclass(frozen=True, slots=True)
class Heard:
    """`spans` tile the window; None for videos without sound is said by the caller through `loudness` None."""

    spans: tuple[SoundSpan, ...]
    loudness: tuple[Floats, float] | None


def decide(payloads: Sequence[bytes], window: Span) -> Heard:
    """Spans of one kind each, and momentary loudness in LUFS per step, both inside `window`."""
    parts = [unpack(payload) for payload in payloads]
    if not parts or not parts[0][0]["sound"]:
        return Heard((), None)
    step = float(parts[0][0]["step"])
    origin = float(parts[0][0]["start"])
    measures = {name: np.concatenate([arrays[name] for _, arrays in parts]) for name in parts[0][1]}
    first = round((window.start - origin) / step)
    count = min(len(measures["power"]) - first, max(1, round(window.length / step)))
    measures = {name: values[first : first + count] for name, values in measures.items()}
    loudness = momentary(measures["power"])
    kinds, sure = classify(measures, loudness)
    spans = [
        _span(kinds, sure, measures["power"], a, b, window, step)
        for a, b in _runs(kinds)
        if window.start + a * step < window.end
    ]
    return Heard(tuple(spans), (loudness.astype(np.float32), step))


def momentary(power: Array) -> Floats:
    """LUFS over 0.4 s around each step, as in ITU-R BS.1770."""
    smooth = np.convolve(np.pad(power, (1, 2), mode="edge"), np.full(4, 0.25), "valid")
    return np.maximum(FLOOR, -0.691 + 10 * np.log10(smooth + 1e-12)).astype(np.float32)


def integrated(power: Array) -> float:
    """Gated loudness of a stretch in LUFS: quiet parts do not make a loud stretch softer."""
    levels = -0.691 + 10 * np.log10(power + 1e-12)
    kept = power[levels > FLOOR]
    if not len(kept):
        return FLOOR
    gate = kept.mean() / 10
    return float(max(FLOOR, -0.691 + 10 * np.log10(kept[kept >= gate].mean() + 1e-12)))


def classify(measures: Mapping[str, Array], loudness: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """Number in `KINDS` per step, and how sure 0-1."""
    count = len(loudness)
    speech = _speech(measures["speech"])
    quiet = _mean(measures["power"], 3) < 10 ** ((SILENCE_LUFS + 0.691) / 10)
    flat, peaks, flux = (_mean(measures[name], AROUND) for name in ("flatness", "peaks", "flux"))
    noise = flat > 0.3
    other = ~noise & (peaks > 0.97) & (flux < 0.12)  # one steady tone
    kinds = np.full(count, KINDS.index("music"), np.uint8)
    kinds[noise] = KINDS.index("noise")
    kinds[other] = KINDS.index("other")
    kinds[quiet] = KINDS.index("silence")
    kinds[speech] = KINDS.index("speech")
    sure = np.where(speech, np.maximum(0.5, _mean(measures["speech"], 5)), 0.6)
    sure = np.where(quiet & ~speech, 0.95, sure)
    sure = np.where(noise & ~speech & ~quiet, np.minimum(0.95, 0.5 + flat), sure)
    return _without_crumbs(kinds), sure.astype(np.float32)


def _speech(chances: Array) -> NDArray[np.bool_]:
    """On above one chance, off below a lower one; short pauses belong to the speech around them."""
    on = np.zeros(len(chances), bool)
    state = False
    for n, chance in enumerate(chances):
        state = chance > (SPEECH_OFF if state else SPEECH_ON)
        on[n] = state
    for first, last in _runs(on.astype(np.uint8)):
        inside = first > 0 and last < len(on)
        if not on[first] and inside and last - first <= SPEECH_PAUSE:
            on[first:last] = True
    return on


def _without_crumbs(kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Runs too short to mean anything take the kind of the longer neighbour, shortest first."""
    while True:
        runs = _runs(kinds)
        short = [(last - first, first, last) for first, last in runs if last - first < LEAST_STEPS[KINDS[kinds[first]]]]
        if not short or len(runs) == 1:
            return kinds
        _, first, last = min(short)
        place = next(n for n, run in enumerate(runs) if run[0] == first)
        around = [runs[n] for n in (place - 1, place + 1) if 0 <= n < len(runs)]
        longer = max(around, key=lambda run: run[1] - run[0])
        kinds = kinds.copy()
        kinds[first:last] = kinds[longer[0]]


def _runs(values: NDArray[np.uint8]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(values)) + 1
    return list(zip([0, *map(int, edges)], [*map(int, edges), len(values)], strict=True)) if len(values) else []


def _mean(values: Array, width: int) -> Array:
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.convolve(padded, np.full(width, 1 / width), "valid")


def _span(
    kinds: NDArray[np.uint8], sure: Floats, power: Array, first: int, last: int, window: Span, step: float
) -> SoundSpan:
    end = window.end if last == len(kinds) else window.start + last * step
    return SoundSpan(
        round(window.start + first * step, 3),
        round(min(end, window.end), 3),
        KINDS[kinds[first]],
        round(integrated(power[first:last]), 1),
        round(float(sure[first:last].mean()), 3),
    )
