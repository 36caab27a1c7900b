"""Easing: how far a movement has come, 0…1."""

from __future__ import annotations

import math


def ramp(t: float, start: float, end: float) -> float:
    """Straight from 0 at `start` to 1 at `end`."""
    return min(1.0, max(0.0, (t - start) / (end - start)))


def smooth(t: float, start: float = 0.0, end: float = 1.0) -> float:
    """Slow, fast, slow."""
    x = ramp(t, start, end)
    return x * x * x * (x * (6 * x - 15) + 10)


def settle(t: float, start: float = 0.0, end: float = 1.0) -> float:
    """Fast at first, then coming to rest."""
    return 1 - (1 - ramp(t, start, end)) ** 4


def spring(t: float, start: float = 0.0, end: float = 1.0) -> float:
    """Comes to rest after passing the goal a little."""
    x = ramp(t, start, end)
    return 1 + 2.2 * (x - 1) ** 3 + 1.2 * (x - 1) ** 2


def between(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def in_and_out(t: float, start: float, end: float, edge: float = 0.5) -> float:
    """Rises from `start`, stays, and is gone at `end`."""
    return smooth(t, start, start + edge) * (1 - smooth(t, end - edge, end))


def sway(t: float, period: float, phase: float = 0.0) -> float:
    return math.sin(2 * math.pi * (t / period + phase))
