"""The sound of the match: a crowd that swells at goals, a whistle, kicks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segments.management.samples.sound import Track, Wave, band, echo, faded, kick, noise, pluck, times

Spans = Sequence[tuple[float, float]]


def sound(seconds: float, goals: Sequence[float], replays: Spans, whistles: Sequence[tuple[float, bool]]) -> Track:
    track = Track(seconds)
    loud = _loudness(seconds, goals, replays)
    for side, seed in ((-1, 21), (1, 22)):
        track.add(_murmur(seconds, seed) * loud, 0, 1.7, side)
    for at in goals:
        _cheer(track, at)
    for at, final in whistles:
        _whistle(track, at, final)
    for at in (7.6, 9.0, 10.8, 13.2, 26.0, 28.6, 29.2, 53.3, 54.0, 71.0, 74.6):
        track.add(band(kick(), 60, 900), at, 0.35)
    for k, note in enumerate((55, 62, 67, 71, 74)):
        track.add(echo(pluck(note, 1.6, 0.8), 1.2, 0.4, 9), 0.6 + 0.14 * k, 0.35)
    return track


def _loudness(seconds: float, goals: Sequence[float], replays: Spans) -> Wave:
    """Murmur, rising in the four seconds before a goal, roaring for six after it."""
    t = times(seconds)
    level = 0.24 + 0.04 * np.sin(t * 0.9) + 0.02 * np.sin(t * 2.3)
    for at in goals:
        before = np.clip((t - at + 4.5) / 4.5, 0, 1) ** 2 * 0.5 * (t < at)
        after = np.exp(-np.clip(t - at - 2.4, 0, None) / 2.2) * np.clip((t - at) / 0.25, 0, 1) * 1.5 * (t >= at)
        level += before + after
    for start, end in replays:
        inside = np.clip(np.minimum(t - start, end - t) / 0.8, 0, 1)
        level *= 1 - 0.55 * inside
    return level * np.clip(t / 1.2, 0, 1) * np.clip((seconds - t) / 1.6, 0, 1)


def _murmur(seconds: float, seed: int) -> Wave:
    """Many voices: noise in the bands of vowels, each with a slow life of its own."""
    random = np.random.default_rng(seed)
    t = times(seconds)
    sum_of_voices = np.zeros_like(t)
    for low, high, share in ((180, 420, 0.9), (420, 900, 1.0), (900, 1700, 0.55), (1700, 3200, 0.22)):
        life = sum(np.sin(t * rate + phase) for rate, phase in random.uniform((0.7, 0), (5.0, 6.28), (4, 2)))
        sum_of_voices += band(noise(seconds, seed * 7 + low), low, high) * share * (1 + 0.16 * life)
    return sum_of_voices / 0.3 * 0.34


def _cheer(track: Track, at: float) -> None:
    """A shout of many throats gliding up and falling, and clapping hands."""
    random = np.random.default_rng(round(at * 100))
    t = times(4.5)
    shout = np.zeros_like(t)
    for _ in range(34):
        base, delay = random.uniform(170, 420), random.uniform(0, 0.4)
        glide = base * (1 + 0.35 * np.sin(np.clip((t - delay) / 2.4, 0, 1) * np.pi))
        phase = np.cumsum(glide) * 2 * np.pi / 48_000 + random.uniform(0, 6.28)
        voice = np.sin(phase) + 0.6 * np.sin(2 * phase) + 0.4 * np.sin(3 * phase) + 0.2 * np.sin(5 * phase)
        shout += voice * np.clip((t - delay) / 0.3, 0, 1) * np.exp(-t * random.uniform(0.5, 1.1))
    track.add(echo(faded(shout / 60, 0.05, 0.8), 1.4, 0.5, 4), at + 0.1, 0.5)


def _whistle(track: Track, at: float, final: bool) -> None:
    for begin, long in ((0.0, 0.28), (0.45, 0.28), (0.9, 1.1)) if final else ((0.0, 0.75),):
        t = times(long)
        trill = 1 + 0.5 * np.sin(2 * np.pi * 38 * t)
        tone = np.sin(2 * np.pi * 2870 * t) + 0.8 * np.sin(2 * np.pi * 3060 * t)
        breath = band(noise(long, 3), 2500, 5000) * 0.5
        track.add(echo(faded((tone * trill * 0.3 + breath) * 0.6, 0.02, 0.06), 0.9, 0.25, 8), at + begin, 0.42)
