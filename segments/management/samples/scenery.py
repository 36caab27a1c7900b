"""Landscapes of the news film: a harbour bridge at sunset, a river by day, a train at night."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np

from segments.management.samples.colour import Picture, developed, glow, rgb, vertical
from segments.management.samples.motion import sway
from segments.management.samples.people import smooth_outline
from segments.management.samples.shapes import Layer, oval, polygon, stroke
from segments.management.samples.sprites import Sprite, lay, view

_WIDE, _HIGH = 1600, 900  # the drawings are larger than the picture: the camera moves


def _ridge(layer: Layer, base: float, rise: float, seed: int, fill: Sequence[str], width: int = _WIDE) -> None:
    """Rolling hills: a few waves of different length."""
    random = np.random.default_rng(seed)
    x = np.linspace(-20, width + 20, 160)
    y = base - rise * sum(
        np.sin(x / length + random.uniform(0, 6)) / (k + 1.5) for k, length in enumerate((230, 120, 61, 33))
    )
    layer.polygon([(-20, _HIGH + 20), *zip(x.tolist(), y.tolist(), strict=True), (width + 20, _HIGH + 20)], list(fill))


def _skyline(layer: Layer, base: float, seed: int, body: str, light: str, tall: float) -> None:
    random, x = np.random.default_rng(seed), -10.0
    while x < _WIDE + 10:
        wide, high = random.uniform(34, 86), random.uniform(0.3, 1) * tall
        layer.box(x, base - high, x + wide, base, body)
        for wy in np.arange(base - high + 10, base - 8, 15):
            for wx in np.arange(x + 7, x + wide - 8, 12):
                if random.random() < 0.42:
                    layer.box(wx, wy, wx + 5, wy + 7, light, opacity=float(random.uniform(0.5, 1)))
        x += wide + random.choice([0, 3, 14])


def _glints(art: Picture, t: float, top: int, bottom: int, light: str, middle: float, spread: float, seed: int) -> None:
    """Short bright dashes on the water that come and go."""
    random = np.random.default_rng(seed)
    for _ in range(130):
        depth, phase, period = random.random() ** 1.4, random.random(), random.uniform(1.6, 3.4)
        x = middle + random.normal(0, spread) * (0.6 + depth)
        y = top + depth * (bottom - top)
        long = (8 + 34 * depth) * (0.55 + 0.45 * sway(t, period, phase))
        shine = np.array(rgb(light)) * 0.55 + art[min(_HIGH - 1, int(y)), int(np.clip(x, 0, _WIDE - 1))] * 0.45
        oval(art, x, y, max(2.0, long), 1.0 + 1.3 * depth, tuple(int(v) for v in shine))


@cache
def _sunset() -> Picture:
    sky = vertical(
        [(0, "#2b2358"), (0.3, "#7d3f74"), (0.5, "#e2735a"), (0.62, "#ffc27a"), (1, "#ffc27a")], _WIDE, _HIGH
    )
    sky = glow(glow(sky, 1010, 520, 420, "#ffd98c", 0.9), 1010, 520, 120, "#fff6d8", 1.0)
    art = developed(sky, 12, 1.0)
    oval(art, 1010, 505, 62, 62, rgb("#fff4cf"))
    layer = Layer(_WIDE, _HIGH)
    _ridge(layer, 540, 38, 5, ["#8c4a78", "#a85d77"])
    _skyline(layer, 575, 3, "#4a2c5c", "#ffd28a", 120)
    lay(art, layer.sprite(), 0, 0)
    water = vertical([(0, "#e88f68"), (0.25, "#a0547a"), (1, "#241f4d")], _WIDE, 330)
    art[570:] = developed(glow(water, 1010, 0, 330, "#ffd08a", 0.75, 1.6), 13, 1.0)
    return art


@cache
def _bridge() -> Sprite:
    layer, deck = Layer(_WIDE, _HIGH), 520
    for x in (460, 1180):
        for k in range(1, 11):
            for side in (-1, 1):
                layer.line([(x, 190 + 13 * k), (x + side * 33 * k, deck)], "#f3c9a4", 2.2, 0.8)
        layer.polygon([(x - 17, 720), (x - 8, 170), (x + 8, 170), (x + 17, 720)], ["#5a3660", "#2a1c40"])
        layer.box(x - 30, 690, x + 30, 726, "#22183a", radius=6)
    layer.box(-10, deck, _WIDE + 10, deck + 20, ["#4b2d58", "#251a3f"])
    layer.box(-10, deck - 3, _WIDE + 10, deck + 2, "#ffcf9a")
    for x in range(20, _WIDE, 80):
        layer.line([(x, deck), (x, deck - 26)], "#3b2549", 3)
        layer.oval(x, deck - 29, 5, 5, "#ffe9b8")
    return layer.sprite()


@cache
def _tram() -> Sprite:
    layer = Layer(430, 90)
    for left in (6, 146, 286):
        layer.box(left, 14, left + 136, 70, ["#fff4e4", "#f0d9c0"], radius=12)
        layer.box(left, 52, left + 136, 62, "#e2573f")
        for k in range(4):
            layer.box(left + 9 + 31 * k, 24, left + 34 + 31 * k, 46, ["#30405e", "#5b6f90"], radius=4)
    for left in (140, 280):
        layer.box(left - 2, 20, left + 10, 66, "#39405a")
    layer.oval(418, 60, 5, 5, "#fff9d8")
    layer.line([(200, 14), (214, 0), (232, 0)], "#3a2a44", 3)
    return layer.sprite()


def bridge(t: float) -> Picture:
    art = _sunset().copy()
    _glints(art, t, 580, 890, "#ffe2a8", 1010, 120, 6)
    lay(art, _tram(), -420 + 150 * t, 446)
    lay(art, _tram(), 1500 - 120 * t, 446, opacity=1.0)
    lay(art, _bridge(), 0, 0)
    return view(art, 730 + 17 * t, 480, 1.0 + 0.008 * t)


@cache
def _quay() -> Picture:
    """The harbour behind the reporter, out of focus."""
    art = _sunset().copy()
    lay(art, _bridge(), 0, 0)
    soft = cv2.GaussianBlur(view(art, 800, 470, 1.15), (0, 0), 7)
    return developed(soft.astype(np.float32) * 0.88, 17, 1.0)


def quay(t: float) -> Picture:
    return view(_quay(), 640 + 3 * sway(t, 7), 360 + 2 * sway(t, 5, 0.3), 1.03)


@cache
def _day() -> Picture:
    art = developed(vertical([(0, "#3f9bd8"), (0.5, "#b7e0f2"), (1, "#dff3f5")], _WIDE, _HIGH), 14, 0.8)
    layer = Layer(_WIDE, _HIGH)
    _ridge(layer, 410, 42, 8, ["#8fc0b4", "#7fb39e"])
    _ridge(layer, 452, 30, 9, ["#5fa57a", "#4b8f62"])
    random = np.random.default_rng(4)
    for x in np.sort(random.uniform(0, _WIDE, 58)):
        y, size = 474 + random.uniform(-8, 12), random.uniform(14, 32)
        layer.box(x - 2, y - 4, x + 2, y + 14, "#5c4630")
        layer.oval(x, y - size * 0.7, size * 0.62, size, ["#6fbf5e", "#2f7d46"])
    layer.box(-10, 484, _WIDE + 10, 506, ["#d9c893", "#b79c63"])
    lay(art, layer.sprite(), 0, 0)
    art[500:] = developed(vertical([(0, "#6cc5d4"), (0.3, "#2f9fbe"), (1, "#0d5f86")], _WIDE, 400), 15, 0.8)
    return art


@cache
def _cloud() -> Sprite:
    layer = Layer(360, 150)
    for x, y, size in ((90, 95, 44), (150, 72, 58), (215, 82, 52), (270, 98, 38)):
        layer.oval(x, y, size, size * 0.8, ["#ffffff", "#e4f0f6"], 0.95)
    layer.box(60, 96, 300, 132, ["#f3f9fb", "#dbe9f1"], radius=18)
    layer.blurred(1.5)
    return layer.sprite()


@cache
def _boat(sail: str) -> Sprite:
    layer = Layer(220, 260)
    layer.line([(112, 20), (112, 205)], "#6b4a30", 5)
    layer.polygon(smooth_outline([(118, 22), (160, 100), (182, 186), (118, 186)], 6), ["#ffffff", sail])
    layer.polygon([(106, 40), (50, 186), (106, 186)], [sail, sail])
    layer.polygon([(22, 200), (202, 200), (172, 240), (48, 240)], ["#fffaf0", "#c9b79a"])
    layer.box(24, 200, 200, 208, "#c24a3a")
    return layer.sprite()


def river(t: float) -> Picture:
    art = _day().copy()
    for x, y, size, speed in ((120, 110, 1.0, 9), (700, 150, 0.7, 6), (1010, 170, 1.1, 10)):
        lay(art, _cloud(), x + speed * t, y, scale=size)
    _glints(art, t, 512, 890, "#e8fbff", 800, 460, 16)
    for x, y, size, speed, sail in ((1080, 560, 0.55, -14, "#f3b23c"), (330, 610, 0.9, 20, "#e8604c")):
        lay(
            art, _boat(sail), x + speed * t, y + 4 * sway(t, 3.1, x / 700), scale=size, angle=2.5 * sway(t, 3.7, size),
            anchor=(0.5, 0.92),
        )  # fmt: skip
    for k, cap in enumerate(("#e8483f", "#f6d04a", "#ffffff", "#2f5fc4")):
        _swimmer(art, 700 + 130 * k + (24 + 5 * k) * t, 690 + 34 * (k % 3) + 3 * sway(t, 1.8, k * 0.3), cap, t + k)
    return view(art, 700 + 18 * t, 470, 1.02 + 0.006 * t)


def _swimmer(art: Picture, x: float, y: float, cap: str, t: float) -> None:
    oval(art, x - 4, y + 13, 40, 5, rgb("#bfeaf2"))
    reach = sway(t, 1.3)
    stroke(art, [(x - 8, y + 9), (x + 14 + 12 * reach, y - 10 - 9 * abs(reach)), (x + 34, y + 6)], rgb("#d99a72"), 8)
    oval(art, x, y, 13, 13, rgb("#e2a980"))
    polygon(art, [(x - 14, y - 1), (x - 11, y - 12), (x, y - 16), (x + 11, y - 12), (x + 14, y - 1)], rgb(cap))


@cache
def _night() -> Picture:
    sky = vertical([(0, "#070b24"), (0.5, "#1b2a5c"), (0.75, "#41518f"), (1, "#0a1026")], _WIDE, _HIGH)
    art = developed(glow(sky, 1180, 260, 300, "#9fb4ee", 0.5), 18, 1.0)
    random = np.random.default_rng(19)
    for _ in range(170):
        shine = int(random.uniform(110, 250))
        oval(art, random.uniform(0, _WIDE), random.uniform(0, 460), random.uniform(0.7, 1.7), 1.2, (shine, shine, 255))
    oval(art, 1180, 260, 54, 54, rgb("#f6f1dc"))
    for x, y, size in ((1165, 245, 11), (1200, 275, 8), (1190, 238, 6)):
        oval(art, x, y, size, size, rgb("#dfd8bd"))
    layer = Layer(_WIDE, _HIGH)
    peaks = [
        (-20, 900),
        (-20, 430),
        (120, 320),
        (260, 430),
        (430, 270),
        (640, 450),
        (800, 350),
        (980, 460),
        (1170, 300),
    ]
    layer.polygon([*peaks, (1390, 450), (1500, 370), (1640, 460), (1640, 900)], ["#3a4a86", "#1c2756"])
    for x, y in ((120, 320), (430, 270), (800, 350), (1170, 300)):
        layer.polygon(
            [(x, y), (x + 58, y + 52), (x + 22, y + 44), (x, y + 62), (x - 24, y + 42), (x - 54, y + 50)],
            "#dfe6fb",
            0.85,
        )
    lay(art, layer.sprite(), 0, 0)
    return art


@cache
def _dark_hills(seed: int, base: float, top: str, bottom: str) -> Sprite:
    layer = Layer(2600, _HIGH)
    _ridge(layer, base, 36, seed, [top, bottom], 2600)
    random = np.random.default_rng(seed)
    for x in random.uniform(0, 2600, 70):
        high = random.uniform(26, 62)
        y = base + random.uniform(14, 46)
        layer.polygon([(x - high * 0.3, y), (x, y - high), (x + high * 0.3, y)], bottom)
    return layer.sprite()


@cache
def _train() -> Sprite:
    layer = Layer(1500, 130)
    for k in range(4):
        left = 8 + 372 * k
        layer.box(left, 18, left + 360, 98, ["#40538f", "#1d2850"], radius=14)
        layer.box(left, 76, left + 360, 82, "#f2b33d")
        for w in range(9):
            layer.box(left + 16 + 37 * w, 32, left + 42 + 37 * w, 62, ["#fff1c2", "#ffd27a"], radius=5)
        for w in (60, 100, 260, 300):
            layer.oval(left + w, 102, 13, 13, ["#39415f", "#0f1326"])
    layer.oval(1484, 74, 8, 8, "#fffbe6")
    return layer.sprite()


@cache
def _beam() -> Sprite:
    layer = Layer(520, 260)
    layer.polygon([(10, 128), (510, 60), (510, 230)], "#fff3c4", 0.4)
    layer.blurred(16)
    return layer.sprite()


def night_train(t: float) -> Picture:
    art = _night().copy()
    lay(art, _dark_hills(21, 520, "#27356b", "#131c40"), -20 * t, 0)
    lay(art, _dark_hills(22, 610, "#1a2450", "#0b1129"), -60 * t, 0)
    x = -1250 + 290 * min(t, 20)
    art[706:714] = rgb("#39436b")
    lay(art, _train(), x, 604)
    lay(art, _beam(), x + 1478, 548)
    lay(art, _dark_hills(23, 770, "#0d1430", "#050817"), -260 * t + 120, 0)
    return view(art, 800, 470, 1.05 + 0.01 * t)
