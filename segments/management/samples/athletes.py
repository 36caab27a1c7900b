"""The figures on the pitch: players from the side or from above, and the ball."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from segments.management.samples.colour import Colour, Picture, mix, rgb
from segments.management.samples.play import TEAM, Moment
from segments.management.samples.shapes import Point, oval, polygon, stroke
from segments.management.samples.stadium import Camera

_SKINS = ("#e8b98f", "#8d5a3b", "#f0cba9", "#b57b52", "#6d432b")
_HAIRS = ("#2b1d14", "#5b3a1e", "#1c1714", "#c9a05a", "#3c2a20")


@dataclass(frozen=True, slots=True)
class Kit:
    shirt: str
    trim: str
    shorts: str
    socks: str


LAKESIDE = Kit("#e2443a", "#ffffff", "#ffffff", "#e2443a")
NORTHFIELD = Kit("#2b4fc4", "#ffd84d", "#1d3690", "#ffd84d")
KEEPERS = (Kit("#f2c53d", "#30343c", "#30343c", "#f2c53d"), Kit("#37b6a5", "#16323a", "#16323a", "#37b6a5"))


def kit_of(who: int) -> Kit:
    if who % TEAM == 0:
        return KEEPERS[who // TEAM]
    return LAKESIDE if who < TEAM else NORTHFIELD


def people(picture: Picture, camera: Camera, now: Moment, joy: int | None, t: float) -> None:
    """All players and the ball, far ones first; the team `joy` jumps."""
    high = camera.place[2] > 45
    feet = np.column_stack([now.players, np.zeros(len(now.players))])
    seen = camera.project(feet)
    ball = camera.project(np.array([now.ball * (1, 1, 0), np.add(now.ball, (0, 0, 0.11))]))
    _shadows(picture, seen, ball, high)
    order = sorted([(row[2], who) for who, row in enumerate(seen)] + [(ball[0, 2], -1)])
    for size, who in order:
        if size <= 0:
            continue
        if who < 0:
            _ball(picture, *ball[1], high)
        elif -80 < seen[who, 0] < 1360 and -40 < seen[who, 1] < 1200:
            _player(picture, camera, who, seen[who], now, high, _jump(who, joy, t))


def _jump(who: int, joy: int | None, t: float) -> float:
    """Height above the grass in metres; below 0: on the ground, arms down."""
    if joy is None or who // TEAM != joy or who % TEAM == 0:
        return -1.0
    return 0.55 * abs(math.sin(t * 4.2 + who * 1.9))


def _shadows(picture: Picture, seen: np.ndarray, ball: np.ndarray, high: bool) -> None:
    shaded = picture.copy()
    for x, y, size in seen:
        if 0 < size < 400:
            flat = 0.3 if high else 0.13
            oval(shaded, x + 0.34 * size, y - (0.1 if high else 0.03) * size, 0.62 * size, flat * size, (14, 34, 16))
    x, y, size = ball[0]
    if size > 0:
        oval(shaded, x, y, max(2, 0.16 * size), max(1.2, 0.07 * size), (14, 34, 16))
    np.copyto(picture, (shaded.astype(np.uint16) * 105 + picture.astype(np.uint16) * 151 >> 8).astype(np.uint8))


def _ball(picture: Picture, x: float, y: float, size: float, high: bool) -> None:
    radius = max(4.2 if high else 3.4, 0.15 * size)
    oval(picture, x, y, radius + 0.8, radius + 0.8, (60, 66, 72))
    oval(picture, x, y, radius, radius, (250, 250, 248))
    oval(picture, x - radius * 0.2, y - radius * 0.1, radius * 0.34, radius * 0.34, (54, 58, 66))


def _player(picture: Picture, camera: Camera, who: int, foot: np.ndarray, now: Moment, high: bool, jump: float) -> None:
    x, y, size = (float(v) for v in foot)
    if high:
        _from_above(picture, who, x, y, size, now.speeds[who])
        return
    velocity = now.speeds[who]
    pace = float(np.hypot(*velocity))
    facing = float(np.dot(camera.axes()[0][:2], velocity))
    lift = max(0.0, jump)
    _from_the_side(
        picture, who, x, y - lift * size, size, pace, now.steps[who], 1.0 if facing >= 0 else -1.0, jump >= 0
    )


def _from_above(picture: Picture, who: int, x: float, y: float, size: float, velocity: np.ndarray) -> None:
    kit, angle = kit_of(who), math.degrees(math.atan2(-velocity[1], velocity[0]))
    wide = max(8.0, 0.62 * size)
    oval(picture, x, y, wide * 0.55, wide + 0.8, mix(kit.shirt, "#000000", 0.4), angle)
    oval(picture, x, y, wide * 0.46, wide * 0.92, rgb(kit.shirt), angle)
    oval(picture, x, y, wide * 0.2, wide * 0.88, rgb(kit.trim), angle)
    oval(picture, x, y, wide * 0.42, wide * 0.42, rgb(_HAIRS[who % 5]), angle)


def _from_the_side(
    picture: Picture, who: int, x: float, y: float, s: float, pace: float, step: float, way: float, joy: bool
) -> None:
    """`s`: pixels per metre; a figure is 1.8 m high."""
    kit, skin = kit_of(who), rgb(_SKINS[who % 5])
    stride = min(1.0, pace / 5.5)
    lean = 0.14 * stride * way
    hip: Point = (x, y - 0.92 * s)
    neck: Point = (x + lean * s, y - 1.5 * s)
    for phase, shade in ((math.pi, 0.22), (0.0, 0.0)):
        _arm(picture, neck, s, step + phase + math.pi, stride, way, mix(kit.shirt, "#000000", shade), skin, joy)
        _leg(picture, hip, s, step + phase, stride, way, kit, skin, shade)
        if phase:
            _torso(picture, kit, hip, neck, s)
    _head(picture, neck, s, way, skin, rgb(_HAIRS[who % 5]))


def _thick(s: float, metres: float) -> int:
    return max(1, round(s * metres))


def _leg(
    picture: Picture, hip: Point, s: float, step: float, stride: float, way: float, kit: Kit, skin: Colour, shade: float
) -> None:
    swing = math.sin(step) * 0.85 * stride
    bend = (0.15 + 0.75 * max(0.0, math.cos(step))) * stride
    knee = (hip[0] + way * math.sin(swing) * 0.46 * s, hip[1] + math.cos(swing) * 0.44 * s)
    low = swing - bend
    foot = (knee[0] + way * math.sin(low) * 0.44 * s, knee[1] + math.cos(low) * 0.44 * s)
    middle = ((hip[0] + knee[0] * 2) / 3, (hip[1] + knee[1] * 2) / 3)
    stroke(picture, [hip, knee], mix(skin, "#000000", shade), _thick(s, 0.13))
    stroke(picture, [hip, middle], mix(kit.shorts, "#000000", shade), _thick(s, 0.2))
    stroke(picture, [knee, foot], mix(kit.socks, "#000000", shade), _thick(s, 0.12))
    stroke(picture, [foot, (foot[0] + way * 0.16 * s, foot[1] + 0.01 * s)], (30, 30, 34), _thick(s, 0.1))


def _torso(picture: Picture, kit: Kit, hip: Point, neck: Point, s: float) -> None:
    wide, slim = 0.21 * s, 0.16 * s
    points = [
        (neck[0] - wide, neck[1] + 0.03 * s),
        (neck[0] - wide * 0.4, neck[1] - 0.03 * s),
        (neck[0] + wide * 0.4, neck[1] - 0.03 * s),
        (neck[0] + wide, neck[1] + 0.03 * s),
        (hip[0] + slim, hip[1]),
        (hip[0] - slim, hip[1]),
    ]
    polygon(picture, points, rgb(kit.shirt))
    band = [(neck[0] - wide * 0.95, neck[1] + 0.2 * s), (neck[0] + wide * 0.95, neck[1] + 0.2 * s)]
    stroke(picture, band, rgb(kit.trim), _thick(s, 0.07))


def _arm(
    picture: Picture,
    neck: Point,
    s: float,
    step: float,
    stride: float,
    way: float,
    sleeve: Colour,
    skin: Colour,
    joy: bool,
) -> None:
    swing = math.pi * 0.9 if joy else math.sin(step) * 0.9 * stride
    spread = 0.45 * math.sin(step) if joy else 0.0
    shoulder = (neck[0] + (0.17 * s if joy and math.sin(step) > 0 else 0.0), neck[1] + 0.07 * s)
    elbow = (shoulder[0] + (way * math.sin(swing) + spread) * 0.28 * s, shoulder[1] + math.cos(swing) * 0.28 * s)
    more = swing if joy else swing + 0.9 * stride + 0.15
    hand = (elbow[0] + (way * math.sin(more) + spread) * 0.27 * s, elbow[1] + math.cos(more) * 0.27 * s)
    stroke(picture, [shoulder, elbow], sleeve, _thick(s, 0.12))
    stroke(picture, [elbow, hand], skin, _thick(s, 0.085))


def _head(picture: Picture, neck: Point, s: float, way: float, skin: Colour, hair: Colour) -> None:
    x, y = neck[0] + way * 0.02 * s, neck[1] - 0.17 * s
    stroke(picture, [neck, (x, y)], mix(skin, "#000000", 0.12), _thick(s, 0.09))
    oval(picture, x, y, 0.115 * s, 0.14 * s, skin)
    oval(picture, x - way * 0.03 * s, y - 0.06 * s, 0.118 * s, 0.095 * s, hair)
