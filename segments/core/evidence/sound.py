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
#: Power is told in parts of 0.02 s. Silence lasts so many of them; a click of so few does not end it.
PARTS, LEAST_SILENCE, CLICK = 5, 18, 3
#: Steps of 0.1 s: how long something must last, and how short a pause may be inside it.
LEAST_STEPS: Mapping[SoundKind, int] = {"speech": 3, "silence": 1, "music": 10, "noise": 10, "other": 10}
SPEECH_ON, SPEECH_OFF = 0.5, 0.3
SPEECH_PAUSE = 3
#: Flatness of the spectrum of hiss, and of the calm rest that is called noise too.
NOISE_FLATNESS, ROUGH_FLATNESS, CALM_DECIBELS = 0.3, 0.08, 1.5
#: A sound that changes less than this in a second is one tone or hum, no music.
STEADY_DECIBELS, STEADY_FLUX = 0.6, 0.03
#: Share of the strongest dozen of 690 bands: music has few strong ones.
MUSIC_PEAKS = 0.45
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
    kinds, sure = classify(measures)
    spans = [
        _span(window, step / PARTS, (a, b), kinds, (sure, measures["power"]))
        for a, b in _runs(kinds)
        if window.start + a * step / PARTS < window.end
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


def classify(measures: Mapping[str, Array]) -> tuple[NDArray[np.uint8], Floats]:
    """Number in `KINDS` per part of a step, and how sure 0-1 per step."""
    silent = _silent(measures["parts"].reshape(-1))
    quiet = np.asarray(silent.reshape(-1, PARTS).all(axis=1), bool)
    speech = _speech(measures["speech"], quiet)
    # silence has a texture of its own that must not rub off on what is next to it
    flat, peaks, flux = (_typical(measures[name], ~quiet) for name in ("flatness", "peaks", "flux"))
    steady = _spread(10 * np.log10(measures["power"] + 1e-10), ~quiet)
    noise = (flat > NOISE_FLATNESS) | ((flat > ROUGH_FLATNESS) & (steady < CALM_DECIBELS))
    one_tone = (steady < STEADY_DECIBELS) & (flux < STEADY_FLUX)
    music = (peaks > MUSIC_PEAKS) & ~noise & ~one_tone
    kinds = np.full(len(quiet), KINDS.index("other"), np.uint8)
    for name, where in (("noise", noise), ("music", music), ("silence", quiet), ("speech", speech)):
        kinds[where] = KINDS.index(name)
    sure = np.full(len(quiet), 0.5)
    sure = np.where(music, 0.6, sure)
    sure = np.where(noise, np.minimum(0.95, 0.5 + flat), sure)
    sure = np.where(quiet, 0.95, sure)
    sure = np.where(speech, np.maximum(0.5, _mean(measures["speech"], 5)), sure)
    exact = np.repeat(_without_crumbs(kinds), PARTS)
    exact[silent] = KINDS.index("silence")
    return exact, sure.astype(np.float32)


def _silent(power: Array) -> NDArray[np.bool_]:
    """Parts that belong to a silence long enough to be noticed."""
    loud = power >= 10 ** ((SILENCE_LUFS + 0.691) / 10)
    for first, last in _runs(loud.astype(np.uint8)):
        if loud[first] and last - first <= CLICK and first > 0 and last < len(loud):
            loud[first:last] = False
    silent = ~loud
    for first, last in _runs(silent.astype(np.uint8)):
        if silent[first] and last - first < LEAST_SILENCE and last - first < len(silent):
            silent[first:last] = False
    return silent


def _speech(chances: Array, quiet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """On above one chance, off below a lower one or in silence; short pauses belong to the speech around them."""
    on = np.zeros(len(chances), bool)
    state = False
    for n, chance in enumerate(chances):
        state = chance > (SPEECH_OFF if state else SPEECH_ON) and not quiet[n]
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
        heard = [run for run in around if (KINDS[kinds[run[0]]] == "silence") == (KINDS[kinds[first]] == "silence")]
        longer = max(heard or around, key=lambda run: run[1] - run[0])
        kinds = kinds.copy()
        kinds[first:last] = kinds[longer[0]]


def _runs(values: NDArray[np.uint8]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(values)) + 1
    return list(zip([0, *map(int, edges)], [*map(int, edges), len(values)], strict=True)) if len(values) else []


def _mean(values: Array, width: int) -> Array:
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.convolve(padded, np.full(width, 1 / width), "valid")


def _typical(values: Array, heard: NDArray[np.bool_]) -> Array:
    """Median over about a second around each step; medians keep edges where they are."""
    return np.asarray(np.median(_around(values, heard), axis=1))


def _spread(values: Array, heard: NDArray[np.bool_]) -> Array:
    """Half the range of the middle four fifths over about a second: one edge does not count."""
    windows = np.sort(_around(values, heard), axis=1)
    return np.asarray((windows[:, -2] - windows[:, 1]) / 2)


def _around(values: Array, heard: NDArray[np.bool_]) -> Array:
    """The steps around each step; what is not heard is replaced by the next heard step."""
    places = np.flatnonzero(heard)
    if len(places):
        values = values[places[np.clip(np.searchsorted(places, np.arange(len(values))), 0, len(places) - 1)]]
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, AROUND // 2, mode="edge"), AROUND)


def _span(
    window: Span, part: float, run: tuple[int, int], kinds: NDArray[np.uint8], measured: tuple[Floats, Array]
) -> SoundSpan:
    first, last = run
    sure, power = (values[first // PARTS : -(-last // PARTS)] for values in measured)
    end = window.end if last == len(kinds) else min(window.end, window.start + last * part)
    kind = KINDS[kinds[first]]
    # the gate that keeps pauses out of loud stretches would keep only the edges of silence
    loudness = integrated(power) if kind != "silence" else integrated(np.full(1, np.median(power)))
    start = window.start + first * part
    return SoundSpan(round(start, 3), round(end, 3), kind, round(loudness, 1), round(float(sure.mean()), 3))
