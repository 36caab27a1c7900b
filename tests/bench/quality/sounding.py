"""Sounds for composed films: spoken lines of the sample films, music, hiss, a crowd. Mono, 16 kHz."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from segments.management.samples.product_music import music as product_music

RATE = 16_000
SAMPLES = Path(__file__).resolve().parents[3] / "static" / "samples"
Wave = NDArray[np.float32]
#: Lines with music under them: good to hear, not to measure with.
_UNCLEAN = {("news-opener", 0), ("news-opener", 7)}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of one voice."""

    voice: str
    wave: Wave

    @property
    def seconds(self) -> float:
        return len(self.wave) / RATE


@cache
def library() -> dict[str, tuple[Spoken, ...]]:
    """Lines by voice, cut out of the sample films at the places their truth names."""
    found: dict[str, list[Spoken]] = {}
    for name in ("lecture", "news-opener"):
        truth = json.loads((SAMPLES / f"{name}.json").read_text())["truth"]
        voices = truth.get("speakers") or ["lecturer"] * len(truth["speech"])
        sound = heard(SAMPLES / f"{name}.mp4")
        for n, ((start, end), voice) in enumerate(zip(truth["speech"], voices, strict=True)):
            if (name, n) not in _UNCLEAN:
                piece = sound[round(start * RATE) : round(end * RATE)]
                found.setdefault(voice, []).append(Spoken(voice, piece))
    return {voice: tuple(lines) for voice, lines in found.items()}


def heard(film: Path) -> Wave:
    """The whole sound of a film."""
    with av.open(str(film)) as container:
        resampler = av.AudioResampler("flt", "mono", RATE)
        parts = [out.to_ndarray()[0] for frame in container.decode(audio=0) for out in resampler.resample(frame)]
    return np.concatenate(parts)


@cache
def _piece() -> Wave:
    track = product_music(43.2)
    return np.asarray(track.channels.mean(axis=0)[::3], np.float32)


def music(seconds: float, at: float = 9.6, level: float = 0.12) -> Wave:
    """Pads, plucks and a beat, from `at` of the piece on, again from there if it is too short."""
    piece = _piece()[round(at * RATE) : round(40.0 * RATE)]
    count = round(seconds * RATE)
    wave = np.tile(piece, -(-count // len(piece)))[:count]
    return _soft_ends(wave / max(1e-6, float(np.sqrt(np.mean(wave**2)))) * level)


def hiss(seconds: float, seed: int, level: float = 0.05) -> Wave:
    wave = np.random.default_rng(seed).normal(0, level, round(seconds * RATE))
    return _soft_ends(wave.astype(np.float32))


def crowd(seconds: float, seed: int, level: float = 0.04) -> Wave:
    """Murmur of many: coloured noise that swells."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(random.normal(0, 1, count))
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    wave = np.fft.irfft(spectrum * np.exp(-(((frequency - 700) / 700) ** 2)), count)
    swell = 1 + 0.15 * np.sin(np.arange(count) / RATE * 2.3)
    return _soft_ends((wave * swell / np.std(wave) * level).astype(np.float32))


def _soft_ends(wave: Wave) -> Wave:
    edge = min(len(wave) // 2, RATE // 50)
    shape = np.ones(len(wave), np.float32)
    if edge:
        shape[:edge] = np.linspace(0, 1, edge)
        shape[-edge:] = np.linspace(1, 0, edge)
    return np.asarray(wave * shape, np.float32)
