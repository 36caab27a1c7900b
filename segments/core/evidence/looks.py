"""Evidence stage: how pictures look and move, from their small copies."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.model import COLOUR_NAMES, Floats, Looks
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.tiny import changes
from segments.core.timeline import Span

#: Camera movement is measured over steps of at least this length: one picture's shift is less than a sample.
CAMERA_STEP = 0.2
BLOCK = 2000
#: Below this share of common structure two pictures are not the same scene moved.
LEAST_PEAK = 0.08


def measure(pictures: Pictures, window: Span) -> Looks:
    """One row per picture inside `window` that was not decoded just to place a cut."""
    inside = (pictures.times >= window.start - 1e-6) & (pictures.times < window.end) & ~pictures.extra
    luma, chroma, times = pictures.luma[inside], pictures.chroma[inside], pictures.times[inside]
    brightness, contrast, saturation, sharpness = (np.zeros(len(times), np.float32) for _ in range(4))
    colour = np.zeros((len(times), len(COLOUR_NAMES)), np.float32)
    for first in range(0, len(times), BLOCK):
        here = slice(first, first + BLOCK)
        part = luma[here].astype(np.float32) / 255
        brightness[here] = part.mean(axis=(1, 2))
        contrast[here] = np.minimum(1.0, part.std(axis=(1, 2)) * 2)
        sharpness[here] = _laplacian(part * 255).var(axis=(1, 2))
        away = chroma[here].astype(np.float32) - 128
        saturation[here] = np.minimum(1.0, np.hypot(away[:, 0], away[:, 1]).mean(axis=(1, 2)) / 100)
        colour[here] = _colour_shares(luma[here], chroma[here])
    pan, tilt, zoom = _camera(luma, times)
    motion = changes(luma) / np.float32(255)
    return Looks(times, brightness, contrast, saturation, sharpness, motion, pan, tilt, zoom, colour)


def _laplacian(pictures: NDArray[np.floating[Any]]) -> Floats:
    """Second derivative inside each picture; its variance tells focus (Pech-Pacheco et al., ICPR 2000)."""
    around = pictures[:, :-2, 1:-1] + pictures[:, 2:, 1:-1] + pictures[:, 1:-1, :-2] + pictures[:, 1:-1, 2:]
    return np.asarray(around - 4 * pictures[:, 1:-1, 1:-1], np.float32)


def _colour_shares(luma: NDArray[np.uint8], chroma: NDArray[np.uint8]) -> Floats:
    rows, columns = chroma.shape[2:]
    grey = np.stack([cv2.resize(each, (columns, rows), interpolation=cv2.INTER_AREA) for each in luma])
    names = _name_table()[grey >> 3, chroma[:, 0] >> 3, chroma[:, 1] >> 3].reshape(len(luma), -1)
    shares = np.stack([(names == n).mean(axis=1) for n in range(len(COLOUR_NAMES))], axis=1)
    return shares.astype(np.float32)


@cache
def _name_table() -> NDArray[np.uint8]:
    """Number of the colour name for every (brightness, blue, red difference), each in steps of 8."""
    levels = (np.arange(32) * 8 + 4).astype(np.uint8)
    y, u, v = np.meshgrid(levels, levels, levels, indexing="ij")
    yuv = np.stack([y, v, u], axis=-1).reshape(-1, 1, 3)  # OpenCV's order is Y, red, blue
    rgb = cv2.cvtColor(yuv, cv2.COLOR_YCrCb2RGB)
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV).reshape(-1, 3).astype(int)
    names = [_name(int(h) * 2, s / 255, v / 255) for h, s, v in hsv]
    return np.asarray([COLOUR_NAMES.index(name) for name in names], np.uint8).reshape(32, 32, 32)


#: Upper ends of hue ranges in degrees.
HUES = ((14, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (255, "blue"), (295, "purple"), (340, "pink"))


def _name(hue: int, saturation: float, value: float) -> str:
    if value < 0.16:
        return "black"
    if saturation < 0.16 or (saturation < 0.28 and value < 0.4):
        return "white" if value > 0.82 else "grey"
    name = next((name for end, name in HUES if hue <= end), "red")
    if name in ("orange", "red") and 8 < hue < 45 and value < 0.62:
        return "brown"
    if name == "red" and saturation < 0.5 and value > 0.7:
        return "pink"
    if value < 0.6:
        return "purple" if name == "pink" else "brown" if name == "red" and saturation < 0.5 else name
    return name


def _camera(luma: NDArray[np.uint8], times: NDArray[np.float64]) -> tuple[Floats, Floats, Floats]:
    """Pan and tilt in picture sizes per second, zoom as relative scale per second; 0 where pictures do not match."""
    pan, tilt, zoom = (np.zeros(len(times), np.float32) for _ in range(3))
    picked = _spaced(times)
    if len(picked) < 2:
        return pan, tilt, zoom
    rows, columns = luma.shape[1:]
    top, left = rows // 2, columns // 2
    halves = [(slice(0, top), slice(0, left)), (slice(0, top), slice(left, None))]
    halves += [(slice(top, None), slice(0, left)), (slice(top, None), slice(left, None))]
    for first in range(0, len(picked) - 1, BLOCK):
        some = picked[first : first + BLOCK + 1]
        span = np.diff(times[some])
        whole = _shifts(luma[some])
        parts = [_shifts(luma[some][:, ys, xs]) for ys, xs in halves]
        spread = (parts[1][:, 0] + parts[3][:, 0] - parts[0][:, 0] - parts[2][:, 0]) / (2 * left)
        spread = spread + (parts[2][:, 1] + parts[3][:, 1] - parts[0][:, 1] - parts[1][:, 1]) / (2 * top)
        for target, values in ((pan, -whole[:, 0] / columns), (tilt, -whole[:, 1] / rows), (zoom, spread / 2)):
            for n, value in enumerate(values / span):
                target[some[n] + 1 : some[n + 1] + 1] = value
    return pan, tilt, zoom


def _spaced(times: NDArray[np.float64]) -> list[int]:
    picked: list[int] = []
    for n, moment in enumerate(times):
        if not picked or moment - times[picked[-1]] >= CAMERA_STEP - 1e-6:
            picked.append(n)
    return picked


def _shifts(luma: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How far the content moved (x, y in samples) between neighbours, by phase correlation; 0 where unsure."""
    rows, columns = luma.shape[1:]
    window = np.outer(np.hanning(rows), np.hanning(columns)).astype(np.float32)
    part = luma.astype(np.float32)
    part = (part - part.mean(axis=(1, 2), keepdims=True)) * window
    spectrum = np.fft.rfft2(part)
    cross = spectrum[1:] * np.conj(spectrum[:-1])
    surface = np.fft.irfft2(cross / (np.abs(cross) + 1e-3), s=(rows, columns))
    flat = surface.reshape(len(surface), -1)
    best = flat.argmax(axis=1)
    peak = flat[np.arange(len(flat)), best]
    y, x = np.divmod(best, columns)
    dx = _refined(surface, y, x, axis=2) + np.where(x > columns // 2, x - columns, x)
    dy = _refined(surface, y, x, axis=1) + np.where(y > rows // 2, y - rows, y)
    # far shifts of so small pictures are more often chance than movement
    sure = (peak > LEAST_PEAK) & (np.abs(dx) < columns / 3) & (np.abs(dy) < rows / 3)
    return np.where(sure[:, None], np.stack([dx, dy], axis=1), 0.0)


def _refined(
    surface: NDArray[np.float64], y: NDArray[np.int64], x: NDArray[np.int64], axis: int
) -> NDArray[np.float64]:
    """Sub-sample place of the peak along one axis, from its two neighbours."""
    n = np.arange(len(surface))
    size = surface.shape[axis]

    def at(step: int) -> NDArray[np.float64]:
        return np.asarray(surface[n, y, (x + step) % size] if axis == 2 else surface[n, (y + step) % size, x])

    low, middle, high = at(-1), at(0), at(1)
    positive = np.maximum(0, low), np.maximum(1e-6, middle), np.maximum(0, high)
    return np.asarray((positive[2] - positive[0]) / (positive[0] + positive[1] + positive[2]))
