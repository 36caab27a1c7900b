"""Colours, gradients and grain. Pictures are RGB, eight bits, height × width × 3."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, FPS = 1280, 720, 25
Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]


@cache
def rgb(code: str) -> Colour:
    """`#0b1d3a` as three numbers."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(a: str | Colour, b: str | Colour, share: float) -> Colour:
    """`share` of `b` in `a`."""
    left, right = (rgb(c) if isinstance(c, str) else c for c in (a, b))
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(left, right, strict=True))
    return red, green, blue


def vertical(stops: list[tuple[float, str]], width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.float32]:
    """A gradient from top to bottom through `stops` of (place 0…1, colour), not yet rounded to eight bits."""
    places = [place for place, _ in stops]
    line = np.linspace(0, 1, height)
    channels = [np.interp(line, places, [rgb(colour)[k] for _, colour in stops]) for k in range(3)]
    column = np.stack(channels, axis=1).astype(np.float32)
    return np.repeat(column[:, None, :], width, axis=1)


def glow(
    ground: NDArray[np.float32], x: float, y: float, radius: float, colour: str, strength: float, squash: float = 1.0
) -> NDArray[np.float32]:
    """Soft light of that colour around a point; `squash` < 1 flattens it."""
    rows, columns = np.ogrid[: ground.shape[0], : ground.shape[1]]
    far = np.hypot(columns - x, (rows - y) / squash) / radius
    weight = (strength * np.exp(-2.2 * far**2)).astype(np.float32)[..., None]
    return ground + (np.array(rgb(colour), np.float32) - ground) * weight


def vignette(ground: NDArray[np.float32], strength: float = 0.35) -> NDArray[np.float32]:
    rows, columns = np.ogrid[: ground.shape[0], : ground.shape[1]]
    far = np.hypot(columns / ground.shape[1] - 0.5, rows / ground.shape[0] - 0.5)
    return ground * (1 - strength * np.clip(far - 0.25, 0, 1) * 1.6)[..., None].astype(np.float32)


def developed(ground: NDArray[np.float32], seed: int = 1, grain: float = 1.4) -> Picture:
    """Eight bits with a little fixed grain: without it, wide gradients show bands."""
    noise = np.random.default_rng(seed).normal(0, grain, ground.shape[:2])[..., None]
    return np.clip(ground + noise, 0, 255).astype(np.uint8)
