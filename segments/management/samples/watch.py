"""The wristwatch of the product film: case, dial, strap, hands and the wheels inside."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from segments.management.samples.colour import Picture, rgb
from segments.management.samples.fonts import line
from segments.management.samples.shapes import Layer, Point
from segments.management.samples.sprites import Sprite, lay

SIZE = 1200  # the drawing of case and dial is square
CENTRE = SIZE / 2
DIAL = 440.0  # radius


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one variant; `dial` from the middle to the rim."""

    dial: tuple[str, str]
    marks: str
    hand: str
    accent: str
    strap: tuple[str, str, str]
    stitch: str


SAND = Look(("#f4ead6", "#d8c39b"), "#4a3826", "#3a2c1e", "#c8552d", ("#8a5a34", "#a8713f", "#8a5a34"), "#e8cfa6")
SEA = Look(("#1f8a8a", "#0b4650"), "#eafaf5", "#f4fffb", "#ffb547", ("#0e4f58", "#17707a", "#0e4f58"), "#66c5c0")
NIGHT = Look(("#33405f", "#0f1629"), "#eef1fa", "#f7f9ff", "#ff6f5e", ("#191d2b", "#2b3146", "#191d2b"), "#6b7596")


def _around(angle: float, radius: float) -> Point:
    """Degrees clockwise from twelve."""
    turn = math.radians(angle)
    return CENTRE + radius * math.sin(turn), CENTRE - radius * math.cos(turn)


def _bar(angle: float, inner: float, outer: float, width: float) -> list[Point]:
    turn = math.radians(angle)
    ox, oy = math.cos(turn) * width / 2, math.sin(turn) * width / 2
    (ax, ay), (bx, by) = _around(angle, inner), _around(angle, outer)
    return [(ax - ox, ay - oy), (bx - ox, by - oy), (bx + ox, by + oy), (ax + ox, ay + oy)]


@cache
def body(look: Look) -> Sprite:
    """Case and dial without hands."""
    layer = Layer(SIZE, SIZE)
    for radius, fill in (
        (520, ["#f3f4f6", "#8e95a1", "#555c69"]),
        (508, ["#aeb4bf", "#e9ebef", "#9aa1ad"]),
        (468, ["#4a505c", "#c3c8d1", "#6b7280"]),
        (452, ["#20242c", "#3a404b"]),
    ):
        layer.oval(CENTRE, CENTRE, radius, radius, fill)
    sprite = layer.sprite()
    pixels = sprite.pixels.copy()
    _sunburst(pixels, look)
    picture = Sprite(pixels)
    _marks(picture, look)
    return picture


def _sunburst(pixels: Picture, look: Look) -> None:
    """Brushed metal: brightness follows the angle, fine rays on top."""
    rows, columns = np.ogrid[:SIZE, :SIZE]
    far = np.hypot(columns - CENTRE, rows - CENTRE) / DIAL
    angle = np.arctan2(rows - CENTRE, columns - CENTRE)
    rays = np.random.default_rng(4).normal(0, 0.012, 720)
    light = 1 + 0.13 * np.cos(2 * (angle - 0.7)) + rays[((angle / math.pi + 1) * 359.9).astype(int)]
    light = light * np.where(np.abs(far - 0.66) < 0.006, 0.9, 1)
    inner, outer = (np.array(rgb(code), np.float64) for code in look.dial)
    face = (inner + (outer - inner) * np.clip(far, 0, 1)[..., None] ** 1.6) * light[..., None]
    share = np.clip((1 - far) * DIAL + 0.5, 0, 1)[..., None]
    pixels[..., :3] = np.clip(pixels[..., :3] * (1 - share) + face * share, 0, 255).astype(np.uint8)


def _marks(picture: Sprite, look: Look) -> None:
    layer = Layer(SIZE, SIZE)
    for minute in range(60):
        long = minute % 5 == 0
        layer.polygon(_bar(minute * 6, 408 if long else 418, 430, 6 if long else 2.6), look.marks, 0.9)
    for hour in range(1, 13):
        if hour not in (12, 3):
            shade = [(x + 3, y + 5) for x, y in _bar(hour * 30, 318, 388, 20)]
            layer.polygon(shade, "#000000", 0.22)
            layer.polygon(_bar(hour * 30, 318, 388, 20), [look.marks, "#ffffff", look.marks])
    layer.box(CENTRE + 300, CENTRE - 38, CENTRE + 392, CENTRE + 38, ["#ffffff", "#dfe3ea"], radius=8)
    _lay_on(picture, layer.sprite())
    _write(picture, "12", CENTRE, CENTRE - 345, 104, look.marks, "serif")
    _write(picture, "18", CENTRE + 346, CENTRE, 56, "#1b2130", "bold")
    _write(picture, "MERIDIAN", CENTRE, CENTRE - 178, 46, look.marks, "serif", 10)
    _write(picture, "AUTOMATIC", CENTRE, CENTRE + 168, 26, look.marks, "sans", 7)
    _write(picture, "100 m", CENTRE, CENTRE + 206, 26, look.accent, "sans", 3)


def _lay_on(under: Sprite, over: Sprite) -> None:
    alpha = over.pixels[..., 3:].astype(np.float32) / 255
    colours = under.pixels[..., :3] * (1 - alpha) + over.pixels[..., :3]
    under.pixels[..., :3] = colours.clip(0, 255).astype(np.uint8)


def _write(
    under: Sprite, words: str, x: float, y: float, size: float, colour: str, name: str, space: float = 0
) -> None:
    board = np.ascontiguousarray(under.pixels[..., :3])
    lay(board, line(words, size, colour, name, space), x, y, anchor=(0.5, 0.52))
    under.pixels[..., :3] = board


@cache
def strap(look: Look) -> Sprite:
    """Both halves, to be laid below the case; twice as high as it."""
    layer = Layer(SIZE, SIZE * 2)
    for up in (True, False):

        def flip(y: float, up: bool = up) -> float:
            return y if up else 2 * SIZE - y

        edge = [(370, 760), (400, -20), (800, -20), (830, 760)]
        points = [(x, flip(y)) for x, y in edge]
        layer.polygon(points, look.strap[1])
        for side in (-1, 1):
            rim = [(600 + side * 230, 760), (600 + side * 200, -20), (600 + side * 172, -20), (600 + side * 198, 760)]
            layer.polygon([(x, flip(y)) for x, y in rim], look.strap[0])
            for y in range(0, 740, 34):
                x = 600 + side * (186 + 28 * y / 760)
                layer.line([(x, flip(y)), (x + side * 0.7, flip(y + 18))], look.stitch, 4, 0.85)
        lug = [(385, 640), (440, 760), (760, 760), (815, 640), (815, 700), (385, 700)]
        layer.polygon([(x, flip(y)) for x, y in lug], ["#c9ced7", "#7c8491"], 0.9)
    layer.box(1108, 1160, 1150, 1240, ["#e9ebef", "#8e95a1", "#555c69"], radius=8)
    return layer.sprite()


@cache
def shadow() -> Sprite:
    layer = Layer(SIZE, SIZE * 2)
    layer.shadow(400, 0, 800, 2400, radius=40, blur=44, opacity=0.38)
    layer.shadow(90, 690, 1110, 1710, radius=510, blur=40, opacity=0.5)
    return layer.sprite()


@cache
def hands(look: Look) -> tuple[Sprite, Sprite, Sprite]:
    """Hour, minute and second hand pointing to twelve."""
    return _hand(look.hand, 250, 26, look.accent), _hand(look.hand, 375, 20, look.accent), _second(look.accent)


@cache
def _shades() -> tuple[Sprite, Sprite]:
    """What the hour and the minute hand cast on the dial."""
    return _hand("#000000", 250, 26, "#000000"), _hand("#000000", 375, 20, "#000000")


def _hand(colour: str, length: float, width: float, lume: str) -> Sprite:
    layer = Layer(SIZE, SIZE)
    tip, half, back = CENTRE - length, width / 2, CENTRE + 60
    sides = [(half, tip + 40), (half * 0.7, back), (-half * 0.7, back), (-half, tip + 40)]
    layer.polygon([(CENTRE, tip), *((CENTRE + x, y) for x, y in sides)], colour)
    layer.box(CENTRE - 3, tip + 50, CENTRE + 3, tip + length * 0.55, lume, radius=3, opacity=0.8)
    layer.oval(CENTRE, CENTRE, 24, 24, colour)
    return layer.sprite()


def _second(colour: str) -> Sprite:
    layer = Layer(SIZE, SIZE)
    layer.box(CENTRE - 2.5, CENTRE - 400, CENTRE + 2.5, CENTRE + 110, colour, radius=2)
    layer.oval(CENTRE, CENTRE + 78, 14, 14, colour)
    layer.oval(CENTRE, CENTRE, 15, 15, colour)
    layer.oval(CENTRE, CENTRE, 5, 5, "#ffffff")
    return layer.sprite()


def lay_watch(
    picture: Picture,
    look: Look,
    x: float,
    y: float,
    scale: float,
    t: float,
    *,
    angle: float = 0.0,
    strapped: bool = True,
) -> None:
    """The whole watch with its middle at x, y, showing ten past ten and `t` seconds."""
    place = {"scale": scale, "anchor": (0.5, 0.5)}
    if strapped:
        lay(picture, shadow(), x + 26 * scale * 2, y + 30 * scale * 2, angle=angle, **place)
        lay(picture, strap(look), x, y, angle=angle, **place)
    lay(picture, body(look), x, y, angle=angle, **place)
    lay_hands(picture, look, x, y, scale, t, angle)


def lay_hands(picture: Picture, look: Look, x: float, y: float, scale: float, t: float, angle: float = 0.0) -> None:
    place = {"scale": scale, "anchor": (0.5, 0.5)}
    turns = (305.0 + t / 120, 48.0 + t / 10, (204 + math.floor(t * 6)) % 360)
    for sprite, turn in zip(_shades(), turns, strict=False):
        lay(picture, sprite, x + 7 * scale, y + 10 * scale, angle=angle + turn, opacity=0.22, **place)
    for sprite, turn in zip(hands(look), turns, strict=True):
        lay(picture, sprite, x, y, angle=angle + turn, **place)


@cache
def wheel(teeth: int, radius: int, spokes: int, metal: tuple[str, str, str]) -> Sprite:
    """A toothed wheel with cut-outs."""
    edge = radius + 22
    layer = Layer(2 * edge, 2 * edge)
    outline = []
    for k in range(teeth):
        for share, reach in ((-0.28, radius - 16), (-0.14, radius + 4), (0.14, radius + 4), (0.28, radius - 16)):
            turn = 2 * math.pi * (k + share) / teeth
            outline.append((edge + reach * math.cos(turn), edge + reach * math.sin(turn)))
    layer.polygon(outline, metal)
    layer.oval(edge, edge, radius * 0.8, radius * 0.8, metal[::-1])
    layer.oval(edge, edge, radius * 0.74, radius * 0.74, ["#20170f", "#3a2a1a"])
    for k in range(spokes):
        turn = 2 * math.pi * k / spokes
        tip = (edge + radius * 0.78 * math.cos(turn), edge + radius * 0.78 * math.sin(turn))
        layer.line([(edge, edge), tip], metal, radius * 0.13)
    layer.oval(edge, edge, radius * 0.26, radius * 0.26, metal)
    layer.oval(edge, edge, radius * 0.14, radius * 0.14, ["#ff7d8c", "#b3123a"])
    layer.oval(edge - radius * 0.04, edge - radius * 0.05, radius * 0.05, radius * 0.04, "#ffd9de", 0.9)
    return layer.sprite()
