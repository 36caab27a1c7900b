"""The slides of the lecture, each a picture at a time since it came up."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

import math
from functools import cache

import numpy as np

from segments.management.samples.colour import HEIGHT, WIDTH, Picture, developed, glow, rgb, vertical
from segments.management.samples.film import Text
from segments.management.samples.fonts import line
from segments.management.samples.motion import settle, smooth, sway
from segments.management.samples.shapes import Layer, oval, polygon, stroke
from segments.management.samples.sprites import Sprite, lay

INK, SEA, SUN, CLAY = "#1b2a41", "#1f7a8c", "#e0a030", "#c8553d"


@cache
def _paper() -> Picture:
    art = developed(glow(vertical([(0, "#fbf7ef"), (1, "#efe6d6")]), 420, 240, 800, "#fffdf8", 0.6), 51, 1.0)
    art[:, :14] = rgb(SEA)
    layer = Layer(WIDTH, HEIGHT)
    for k, opacity in enumerate((0.10, 0.14, 0.2)):
        x = np.linspace(0, WIDTH, 90)
        y = 652 + 18 * k + 9 * np.sin(x / 88 + 1.9 * k)
        layer.polygon([(0, 740), *zip(x.tolist(), y.tolist(), strict=True), (WIDTH, 740)], SEA, opacity)
    lay(art, layer.sprite(), 0, 0)
    return art


@cache
def _deep() -> Picture:
    ground = glow(vertical([(0, "#0e2236"), (0.6, "#14506a"), (1, "#0b2b40")]), 1000, 160, 560, "#3f8fa6", 0.5)
    art = developed(ground, 52, 1.0)
    oval(art, 1090, 160, 82, 82, rgb("#f3ecd6"))
    for x, y, size in ((1065, 142, 16), (1116, 186, 11), (1110, 130, 8), (1070, 196, 7)):
        oval(art, x, y, size, size, rgb("#e0d6b8"))
    return art


def _waves(picture: Picture, t: float) -> None:
    x = np.linspace(-10, WIDTH + 10, 70)
    for k, code in enumerate(("#2b7f97", "#1f6a82", "#12495f")):
        y = 520 + 56 * k + (16 - 3 * k) * np.sin(x / (150 - 22 * k) + t * (0.5 + 0.14 * k) + 2 * k)
        polygon(picture, [(-10, 730), *zip(x.tolist(), y.tolist(), strict=True), (WIDTH + 10, 730)], rgb(code))


def _heading(picture: Picture, words: str, t: float) -> None:
    come = settle(t, 0.0, 0.5)
    lay(picture, line(words, 60, INK, "serif-bold"), 84, 56, opacity=come)
    end = 86 + round(120 * settle(t, 0.1, 0.9))
    picture[140:145, 86:end] = rgb(CLAY)


def _label(picture: Picture, words: str, x: float, y: float, size: float, colour: str, shown: float = 1.0) -> None:
    lay(picture, line(words, size, colour, "bold"), x, y, opacity=shown, anchor=(0.5, 0.5))


def title(t: float) -> Picture:
    picture = _deep().copy()
    _waves(picture, t)
    lay(picture, line("How Tides Work", 108, "#fffaf0", "serif-bold"), 96, 220, opacity=settle(t, 0.2, 1.0))
    lay(picture, line("Dr. Emil Sand", 42, "#f0c66b", "sans"), 100, 366, opacity=settle(t, 0.5, 1.3))
    return picture


def _bullets(picture: Picture, rows: tuple[tuple[float, str], ...], t: float, top: int = 206) -> None:
    """Each row comes up at its own time."""
    for k, (start, words) in enumerate(rows):
        come = settle(t, start, start + 0.6)
        y, x = top + 92 * k, 132 - 24 * (1 - come)
        if come > 0:
            oval(picture, 104, y + 27, 9 * come, 9 * come, rgb(CLAY))
            lay(picture, line(words, 42, INK, "text"), x, y, opacity=come)


_PULLS = (
    (1.0, "The Moon pulls most"),
    (5.0, "The Sun adds almost half of that"),
    (8.2, "The Earth turns through the pull"),
)
_SUMMARY = ((1.8, "The Moon leads"), (4.2, "Two high tides a day"), (7.0, "The coast decides how high"))


def pulls(t: float) -> Picture:
    picture = _paper().copy()
    _heading(picture, "What pulls the water?", t)
    _bullets(picture, _PULLS, t)
    return picture


def summary(t: float) -> Picture:
    picture = _paper().copy()
    _heading(picture, "What to remember", t)
    _bullets(picture, _SUMMARY, t)
    return picture


@cache
def _earth(radius: int) -> Sprite:
    size = 2 * radius + 8
    layer = Layer(size, size)
    middle = size / 2
    layer.oval(middle, middle, radius, radius, ["#5fa86f", "#2f7d5b", "#1d5a4c"])
    for x, y, across, down in ((-0.35, -0.3, 0.34, 0.26), (0.3, 0.1, 0.3, 0.36), (-0.2, 0.5, 0.26, 0.16)):
        layer.oval(middle + x * radius, middle + y * radius, across * radius, down * radius, "#d8c68a", 0.8)
    return layer.sprite()


@cache
def _ball(radius: int, fill: tuple[str, str, str]) -> Sprite:
    size = 2 * radius + 30
    layer = Layer(size, size)
    layer.shadow(15, 18, size - 15, size - 12, radius=radius, blur=6, opacity=0.3)
    layer.oval(size / 2, size / 2, radius, radius, fill)
    return layer.sprite()


MOON = ("#f3efe4", "#cfc8b6", "#9d9785")
STAR = ("#ffe48a", "#f5b840", "#e08a22")


def _bulge(picture: Picture, x: float, y: float, across: float, down: float, angle: float) -> None:
    water = picture.copy()
    oval(water, x, y, across, down, rgb("#4fa9bd"), angle)
    oval(water, x, y, across * 0.93, down * 0.93, rgb("#7cc6d4"), angle)
    picture[...] = (water.astype(np.uint16) * 200 + picture.astype(np.uint16) * 56 >> 8).astype(np.uint8)


def _arrow(picture: Picture, x: float, y: float, long: float, code: str, width: int = 6) -> None:
    """Pointing right for positive `long`."""
    way = 1 if long > 0 else -1
    stroke(picture, [(x, y), (x + long - 12 * way, y)], rgb(code), width)
    polygon(picture, [(x + long, y), (x + long - 20 * way, y - 12), (x + long - 20 * way, y + 12)], rgb(code))


def bulges(t: float) -> Picture:
    picture = _paper().copy()
    _heading(picture, "Two bulges, one planet", t)
    grow = settle(t, 0.8, 3.0)
    x, y = 440.0, 370.0
    _bulge(picture, x, y, 150 + 88 * grow, 158 - 6 * grow, 0)
    lay(picture, _earth(132), x, y, angle=14 * t, anchor=(0.5, 0.5))
    lay(picture, _ball(52, MOON), 936, y - 40 + 7 * sway(t, 8), anchor=(0.5, 0.5))
    _label(picture, "Moon", 936, 452, 32, INK, smooth(t, 0.8, 1.4))
    if t > 2.0:
        _arrow(picture, 710, y - 40, 130 * settle(t, 2.0, 2.8), CLAY)
        _label(picture, "pull", 770, 292, 30, CLAY, smooth(t, 2.4, 2.9))
    _label(picture, "Earth", x, y, 36, "#ffffff", smooth(t, 0.5, 1.0))
    _label(picture, "near bulge", 640, 560, 30, SEA, smooth(t, 3.0, 3.6))
    _label(picture, "far bulge", 240, 560, 30, SEA, smooth(t, 4.6, 5.2))
    return picture


def _height(hours: float) -> float:
    return math.cos(2 * math.pi * (hours - 3.1) / 12.42) * (0.82 + 0.16 * math.cos(2 * math.pi * hours / 24.8))


def curve(t: float) -> Picture:
    picture = _paper().copy()
    _heading(picture, "Two high tides a day", t)
    left, middle, wide, tall = 150.0, 385.0, 770.0, 150.0
    for hour in (0, 6, 12, 18, 24):
        x = left + wide * hour / 24
        stroke(picture, [(x, 200), (x, 580)], rgb("#ded3bf"), 1)
        _label(picture, f"{hour} h", x, 604, 28, INK)
    reach = 24 * smooth(t, 0.8, 8.0)
    hours = np.linspace(0, max(0.05, reach), 160)
    points = [(left + wide * h / 24, middle - tall * _height(h)) for h in hours]
    polygon(picture, [*points, (points[-1][0], 578), (left + 2, 578)], rgb("#cfe3e3"))
    stroke(picture, [(left, 190), (left, 580), (left + wide + 20, 580)], rgb(INK), 3)
    stroke(picture, points, rgb(SEA), 5)
    oval(picture, *points[-1], 11, 11, rgb(CLAY))
    oval(picture, *points[-1], 5, 5, rgb("#ffffff"))
    for hour, words, side, at in (
        (3.1, "high", -1, 2.6),
        (9.3, "low", 1, 4.0),
        (15.5, "high", -1, 5.3),
        (21.7, "low", 1, 6.6),
    ):
        x = left + wide * hour / 24
        _label(picture, words, x, middle - tall * _height(hour) + 30 * side, 30, INK, smooth(t, at, at + 0.5))
    return picture


def springs(t: float) -> Picture:
    picture = _paper().copy()
    _heading(picture, "Spring tide and neap tide", t)
    first, second = settle(t, 0.5, 1.4), settle(t, 7.2, 8.2)
    _group(picture, 285.0, first, t, line_up=True)
    _label(picture, "Spring tide", 820, 236, 40, CLAY, smooth(t, 3.4, 4.0))
    _label(picture, "pulls add up", 820, 288, 30, INK, smooth(t, 3.8, 4.4))
    if second > 0:
        _group(picture, 515.0, second, t, line_up=False)
        _label(picture, "Neap tide", 820, 470, 40, SEA, smooth(t, 8.4, 9.0))
        _label(picture, "pulls cancel", 820, 522, 30, INK, smooth(t, 8.8, 9.4))
    return picture


def _group(picture: Picture, y: float, come: float, t: float, line_up: bool) -> None:
    """Sun, Earth and Moon in one row, or with the Moon at a right angle."""
    lay(picture, _ball(56, STAR), 160, y, scale=come, anchor=(0.5, 0.5))
    across = 84 if line_up else 64
    _bulge(picture, 430, y, across * come + 1, 58 * come + 1, 0)
    lay(picture, _earth(50), 430, y, scale=come, angle=16 * t, anchor=(0.5, 0.5))
    place = (600.0, y) if line_up else (430.0, y - 98)
    lay(picture, _ball(20, MOON), *place, scale=come, anchor=(0.5, 0.5))
    if come > 0.95:
        _arrow(picture, 336, y, -90, SUN, 5)
        if line_up:
            _arrow(picture, 524, y, 46, CLAY, 5)


_RANGES = (
    ("Bay of Fundy", 16.0),
    ("Bristol Channel", 14.0),
    ("Mont-Saint-Michel", 13.0),
    ("Hamburg", 3.8),
    ("Venice", 1.0),
)


@cache
def _bar(wide: int, first: bool) -> Sprite:
    layer = Layer(wide + 24, 70)
    layer.shadow(8, 12, wide + 10, 58, radius=10, blur=5, opacity=0.28)
    layer.box(6, 8, wide + 8, 54, ["#e07a5f", "#b8452f"] if first else ["#3a95a8", "#1a6577"], radius=10)
    return layer.sprite()


def ranges(t: float) -> Picture:
    picture = _paper().copy()
    _heading(picture, "Where tides are largest", t)
    for k, (place, metres) in enumerate(_RANGES):
        begin, y = 0.6 + 0.4 * k, 184 + 88 * k
        wide = max(6, round(metres * 34 * settle(t, begin, begin + 1.4)))
        lay(picture, line(place, 32, INK, "text"), 86, y + 8, opacity=smooth(t, begin - 0.2, begin + 0.3))
        lay(picture, _bar(wide, k == 0), 394, y)
        value = f"{metres:g} m"
        shown = smooth(t, begin + 0.9, begin + 1.4)
        lay(picture, line(value, 32, INK, "bold"), 418 + wide, y + 8, opacity=shown)
    return picture


def thanks(t: float) -> Picture:
    picture = _deep().copy()
    _waves(picture, t + 40)
    lay(picture, line("Thank you", 108, "#fffaf0", "serif-bold"), 96, 220, opacity=settle(t, 0.1, 0.9))
    lay(picture, line("Questions?", 42, "#f0c66b", "sans"), 100, 366, opacity=settle(t, 0.5, 1.3))
    return picture


def _texts(*rows: tuple[float, str]) -> tuple[Text, ...]:
    """Readable from the given second to the end of the slide; the film knows that end."""
    return tuple(Text(start, start, words) for start, words in rows)


TITLE_TEXTS = _texts((0.8, "How Tides Work"), (1.1, "Dr. Emil Sand"))
PULL_TEXTS = _texts((0.4, "What pulls the water?"), *((at + 0.5, words) for at, words in _PULLS))
BULGE_TEXTS = _texts(
    (0.4, "Two bulges, one planet"),
    (1.0, "Earth"),
    (1.4, "Moon"),
    (2.9, "pull"),
    (3.6, "near bulge"),
    (5.2, "far bulge"),
)
CURVE_TEXTS = _texts((0.6, "Two high tides a day"), (3.1, "high"), (4.5, "low"))
SPRING_TEXTS = _texts(
    (0.4, "Spring tide and neap tide"),
    (4.0, "Spring tide"),
    (4.4, "pulls add up"),
    (9.0, "Neap tide"),
    (9.4, "pulls cancel"),
)
RANGE_TEXTS = _texts(
    (0.4, "Where tides are largest"), *((0.9 + 0.4 * k, f"{place} {m:g} m") for k, (place, m) in enumerate(_RANGES))
)
SUMMARY_TEXTS = _texts((0.6, "What to remember"), *((at + 0.5, words) for at, words in _SUMMARY))
THANKS_TEXTS = _texts((0.7, "Thank you"), (1.1, "Questions?"))
