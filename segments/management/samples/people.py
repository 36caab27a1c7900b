"""Drawn people who speak to the camera: a body that breathes, a head that moves, eyes and a mouth."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from segments.management.samples.colour import Picture, mix
from segments.management.samples.motion import sway
from segments.management.samples.shapes import Layer, Point
from segments.management.samples.sprites import Sprite, lay

R = 100.0  # half the height of a head in the drawings
_WIDE, _HIGH = 760, 900  # the sheet of a body; its neck is at the middle of the top
_HEAD = 420  # the sheet of a head, square
_MOUTHS = 5


@dataclass(frozen=True, slots=True)
class Person:
    skin: str
    hair: str
    coat: str
    shirt: str
    accent: str
    long_hair: bool = False
    glasses: bool = False
    microphone: bool = False
    beard: bool = False


MARA = Person("#f0c3a0", "#4a2a1c", "#1f6f78", "#fdf6ee", "#ff6b4a", long_hair=True)
JONAS = Person("#8f5c3d", "#1d1512", "#34415f", "#e9edf5", "#f2b33d", microphone=True)
EMIL = Person("#eebf9a", "#a9a7a6", "#5a4a78", "#f4efe6", "#d9a441", glasses=True, beard=True)


def _shade(code: str, share: float) -> str:
    red, green, blue = mix(code, "#1a0d12", share)
    return f"#{red:02x}{green:02x}{blue:02x}"


def smooth_outline(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """A closed curve through the points (Catmull-Rom)."""
    nodes = np.array(points, np.float64)
    before, after, later = (np.roll(nodes, shift, axis=0) for shift in (1, -1, -2))
    found = []
    for a, b, c, d in zip(before, nodes, after, later, strict=True):
        for u in np.arange(steps) / steps:
            place = 2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3
            found.append((float(place[0]) / 2, float(place[1]) / 2))
    return found


def _mirrored(points: Sequence[Point], middle: float) -> list[Point]:
    """The right side given from top to bottom; the left side is added."""
    return [*points, *[(2 * middle - x, y) for x, y in reversed(points)]]


@cache
def _body(person: Person) -> Sprite:
    layer, x = Layer(_WIDE, _HIGH), _WIDE / 2
    coat = [person.coat, person.coat, _shade(person.coat, 0.45)]
    right = [(x + 52, 66), (x + 150, 100), (x + 236, 150), (x + 272, 260), (x + 300, 520), (x + 310, 899)]
    layer.polygon(smooth_outline(_mirrored(right, x)), coat)
    layer.polygon([(x - 46, -20), (x + 46, -20), (x + 60, 96), (x, 150), (x - 60, 96)], _shade(person.skin, 0.2))
    layer.polygon([(x - 66, 70), (x, 160), (x + 66, 70), (x + 78, 120), (x, 420), (x - 78, 120)], person.shirt)
    for side in (-1, 1):
        collar = [(x + side * 62, 62), (x + side * 6, 150), (x + side * 40, 196), (x + side * 88, 104)]
        layer.polygon(collar, "#ffffff")
        lapel = [(x + side * 84, 84), (x + side * 150, 190), (x + side * 112, 232), (x + side * 4, 470), (x, 430)]
        layer.polygon(lapel, _shade(person.coat, 0.28))
        layer.line(
            [(x + side * 205, 330), (x + side * 196, 600), (x + side * 206, 899)], _shade(person.coat, 0.5), 3, 0.7
        )
    if not person.long_hair:
        tie = [(x - 15, 152), (x + 15, 152), (x + 25, 360), (x, 408), (x - 25, 360)]
        layer.polygon(tie, [person.accent, _shade(person.accent, 0.35)])
        layer.polygon([(x - 17, 140), (x + 17, 140), (x + 12, 176), (x - 12, 176)], _shade(person.accent, 0.12))
    else:
        layer.oval(x + 120, 236, 9, 9, person.accent)
    if person.microphone:
        _microphone(layer, person)
    return layer.sprite()


def _microphone(layer: Layer, person: Person) -> None:
    x = _WIDE / 2
    layer.line([(x + 285, 640), (x + 200, 470), (x + 120, 330)], _shade(person.coat, 0.12), 92)
    layer.line([(x + 92, 420), (x + 60, 205)], ["#5a6070", "#14161c"], 26)
    layer.oval(x + 57, 190, 31, 36, ["#6b7280", "#1d2027"])
    layer.box(x + 38, 226, x + 96, 266, person.accent, radius=5)
    layer.oval(x + 98, 322, 46, 42, [person.skin, _shade(person.skin, 0.18)])
    for k in range(4):
        layer.line([(x + 64, 300 + 17 * k), (x + 102, 296 + 17 * k)], _shade(person.skin, 0.08 + 0.04 * k), 15)


def _face_outline(x: float, y: float) -> list[Point]:
    right = [(x, y - 108), (x + 56, y - 94), (x + 84, y - 44), (x + 85, y + 14), (x + 68, y + 66), (x + 34, y + 103)]
    return smooth_outline([*right, (x, y + 112), *[(2 * x - a, b) for a, b in reversed(right[1:])]])


@cache
def _hair_behind(person: Person) -> Sprite:
    layer, x, y = Layer(_HEAD, _HEAD), _HEAD / 2, 190.0
    right = [
        (x, y - 134),
        (x + 76, y - 116),
        (x + 112, y - 46),
        (x + 116, y + 40),
        (x + 122, y + 120),
        (x + 84, y + 152),
    ]
    outline = smooth_outline([*right, (x, y + 130), *[(2 * x - a, b) for a, b in reversed(right[1:])]])
    layer.polygon(outline, [person.hair, _shade(person.hair, 0.45)])
    return layer.sprite()


@cache
def _head(person: Person, blink: bool, opening: int) -> Sprite:
    layer, x, y = Layer(_HEAD, _HEAD), _HEAD / 2, 190.0
    skin = person.skin
    for side in (-1, 1):
        layer.oval(x + side * 87, y + 10, 14, 24, _shade(skin, 0.12))
    layer.polygon(_face_outline(x, y), [skin, skin, _shade(skin, 0.1)])
    _features(layer, person, x, y, blink)
    _mouth(layer, person, x, y + 66, opening / (_MOUTHS - 1))
    _hair(layer, person, x, y)
    if person.glasses:
        _glasses(layer, x, y)
    return layer.sprite()


def _features(layer: Layer, person: Person, x: float, y: float, blink: bool) -> None:
    dark = _shade(person.hair, 0.35)
    for side in (-1, 1):
        eye = x + side * 36
        layer.line([(eye - 20, y - 33), (eye, y - 40), (eye + 20, y - 34)], dark, 6.5, 0.9)
        if blink:
            layer.line([(eye - 15, y - 6), (eye, y - 2), (eye + 15, y - 6)], _shade(person.skin, 0.6), 4)
            continue
        layer.oval(eye, y - 8, 17, 11, "#fbfaf8")
        layer.oval(eye, y - 8, 9.2, 9.8, ["#5a3b24", "#2a1a10"])
        layer.oval(eye, y - 8, 4.4, 4.6, "#120b08")
        layer.oval(eye + 3, y - 12, 2.6, 2.6, "#ffffff")
        layer.line([(eye - 18, y - 11), (eye, y - 20), (eye + 18, y - 11)], _shade(person.skin, 0.62), 3.6)
    nose = [(x - 3, y - 8), (x - 10, y + 30), (x - 4, y + 36), (x + 9, y + 35)]
    layer.line(nose, _shade(person.skin, 0.28), 3.4, 0.8)


def _mouth(layer: Layer, person: Person, x: float, y: float, opening: float) -> None:
    lip = mix(person.skin, "#b0303c", 0.5 if person.long_hair else 0.3)
    code = f"#{lip[0]:02x}{lip[1]:02x}{lip[2]:02x}"
    if person.beard:
        beard = [(x - 62, y - 26), (x, y - 20), (x + 62, y - 26), (x + 58, y + 20), (x, y + 52), (x - 58, y + 20)]
        layer.polygon(smooth_outline(beard), [_shade(person.hair, 0.02), _shade(person.hair, 0.25)])
    wide, high = 26 - 5 * opening, 3 + 10 * opening
    if opening > 0.1:
        layer.oval(x, y, wide + 4, high + 4, code)
        layer.oval(x, y, wide, high, "#3c1013")
        layer.box(x - wide * 0.6, y - high * 0.78, x + wide * 0.6, y - high * 0.2, "#ffffff", radius=3, opacity=0.92)
    else:
        layer.line([(x - 26, y - 3), (x - 10, y + 3), (x + 10, y + 3), (x + 26, y - 3)], code, 6)


def _hair(layer: Layer, person: Person, x: float, y: float) -> None:
    fill = [person.hair, _shade(person.hair, 0.25)]
    if person.long_hair:
        left = [
            (x + 10, y - 112),
            (x - 40, y - 92),
            (x - 78, y - 30),
            (x - 88, y + 60),
            (x - 106, y + 40),
            (x - 104, y - 50),
        ]
        layer.polygon(smooth_outline([*left, (x - 66, y - 120), (x, y - 136)]), fill)
        right = [
            (x + 2, y - 112),
            (x + 46, y - 92),
            (x + 80, y - 34),
            (x + 90, y + 60),
            (x + 106, y + 40),
            (x + 104, y - 50),
        ]
        layer.polygon(smooth_outline([*right, (x + 66, y - 120), (x, y - 136)]), fill)
        return
    cap = [
        (x - 92, y - 6), (x - 98, y - 66), (x - 62, y - 122), (x, y - 136), (x + 64, y - 120), (x + 98, y - 62),
        (x + 92, y - 4), (x + 82, y - 42), (x + 58, y - 78), (x, y - 82), (x - 54, y - 78), (x - 82, y - 44),
    ]  # fmt: skip
    layer.polygon(smooth_outline(cap), fill)


def _glasses(layer: Layer, x: float, y: float) -> None:
    for side in (-1, 1):
        eye = x + side * 37
        ring = [(eye + 29 * np.cos(a), y - 8 + 24 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)]
        layer.line(ring, "#2c2a33", 4.5)
        layer.line([(eye + side * 29, y - 12), (x + side * 88, y - 6)], "#2c2a33", 4)
    layer.line([(x - 9, y - 11), (x, y - 15), (x + 9, y - 11)], "#2c2a33", 4.5)


def lay_person(picture: Picture, person: Person, x: float, y: float, scale: float, t: float, opening: float) -> None:
    """Chin at about x, y; `opening` 0…1 is how far the mouth is open."""
    breath = 1.5 * sway(t, 4.2) * scale
    nod = 1.6 * sway(t, 3.1, 0.2) + 0.9 * sway(t, 1.7)
    shift = (3.5 * sway(t, 5.3, 0.4) + 2.2 * sway(t, 2.3)) * scale
    blink = (t % 3.7) < 0.13 or ((t + 1.1) % 6.1) < 0.12
    mouth = min(_MOUTHS - 1, round(opening * _MOUTHS))
    top = y - 40 * scale + breath
    pose = {"scale": scale, "angle": nod, "anchor": (0.5, 300 / _HEAD)}
    neck = y - 6 * scale
    if person.long_hair:
        lay(picture, _hair_behind(person), x + shift, neck, **pose)
    lay(picture, _body(person), x, top, scale=scale, anchor=(0.5, 0))
    lay(picture, _head(person, blink, mouth), x + shift, neck + breath * 0.6, **pose)
