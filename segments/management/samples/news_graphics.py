"""Graphics of the news film: globe, title cards, lower thirds, chart and weather map."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from segments.management.samples.colour import Picture, developed, glow, mix, rgb, vertical, vignette
from segments.management.samples.film import Draw, Overlay, Text
from segments.management.samples.fonts import line
from segments.management.samples.motion import in_and_out, settle, smooth, spring, sway
from segments.management.samples.people import smooth_outline
from segments.management.samples.shapes import Layer, oval, stroke
from segments.management.samples.sprites import Sprite, lay

NAVY, TEAL, CORAL = "#0b1d3a", "#18b3a8", "#ff6b4a"


@cache
def backdrop() -> Picture:
    ground = glow(vertical([(0, "#0e2a52"), (1, "#050f24")]), 640, 380, 560, "#1c5c8f", 0.7, 0.8)
    return developed(vignette(ground, 0.5), 30, 1.2)


@cache
def _streak() -> Sprite:
    layer = Layer(300, 1300)
    layer.box(96, -20, 204, 1320, ["#18b3a8", "#2a7fd0", "#18b3a8"], opacity=0.26)
    layer.blurred(7)
    return layer.sprite()


def moving_bands(t: float) -> Picture:
    """The ground of opener, title cards and end card."""
    picture = backdrop().copy()
    for k, (speed, size, opacity) in enumerate(((70, 1.0, 0.8), (-46, 1.7, 0.6), (110, 0.5, 0.9), (-90, 0.7, 0.7))):
        x = (k * 410 + speed * t) % 1700 - 200
        lay(picture, _streak(), x, 360, scale=size, angle=24, opacity=opacity, anchor=(0.5, 0.5))
    return picture


def globe(picture: Picture, x: float, y: float, radius: float, t: float) -> None:
    """Meridians and parallels of a turning ball, the near side brighter."""
    turn, tilt = 0.5 * t, 0.38
    for near in (False, True):
        colour = mix(NAVY, "#7fe3e0", 0.75 if near else 0.22)
        for k in range(12):
            _ring(picture, x, y, radius, tilt, colour, near, longitude=turn + k * math.pi / 6)
        for k in range(-3, 4):
            _ring(picture, x, y, radius, tilt, colour, near, latitude=k * math.pi / 8)


def _ring(
    picture: Picture, x: float, y: float, radius: float, tilt: float, colour: tuple[int, int, int], near: bool,
    longitude: float | None = None, latitude: float = 0.0,
) -> None:  # fmt: skip
    if longitude is None:
        around = np.linspace(0, 2 * math.pi, 81)
        lat, lon = np.full_like(around, latitude), around
    else:
        lat = np.linspace(-math.pi / 2, math.pi / 2, 41)
        lon = np.full_like(lat, longitude)
    px, py, pz = np.cos(lat) * np.sin(lon), np.sin(lat), np.cos(lat) * np.cos(lon)
    up, deep = py * math.cos(tilt) - pz * math.sin(tilt), py * math.sin(tilt) + pz * math.cos(tilt)
    run: list[tuple[float, float]] = []
    for a, b, c in zip(px, up, deep, strict=True):
        if (c >= -0.02) == near:
            run.append((x + radius * float(a), y - radius * float(b)))
        elif run:
            stroke(picture, run, colour, 2 if near else 1)
            run = []
    if len(run) > 1:
        stroke(picture, run, colour, 2 if near else 1)


def opener(t: float) -> Picture:
    picture = moving_bands(t)
    grown = spring(t, 0.1, 1.5)
    globe(picture, 640, 270, 168 * grown, t + 2)
    orbit = [
        (640 + 250 * grown * math.cos(a), 270 + 74 * grown * math.sin(a) - 40 * grown * math.cos(a))
        for a in np.linspace(0.4, 0.4 + 5.4 * smooth(t, 0.3, 2.2), 90)
    ]
    stroke(picture, orbit, rgb(CORAL), 5)
    oval(picture, *orbit[-1], 9, 9, rgb("#ffffff"))
    wordmark(picture, t - 1.2, 548)
    tag = line("THE EVENING EDITION", 30, "#8fe8e2", "sans", 9)
    lay(picture, tag, 640, 640, opacity=smooth(t, 2.4, 3.2), anchor=(0.5, 0.5))
    return picture


def wordmark(picture: Picture, t: float, y: float) -> None:
    """Letters rise one after another."""
    words, size, space = "HARBOUR NEWS", 92, 12.0
    whole = line(words, size, "#ffffff", "bold", space)
    x = 640 - whole.width / 2
    for k, letter in enumerate(words):
        left = line(words[:k], size, "#ffffff", "bold", space).width - 4 if k else 0
        come = settle(t, 0.06 * k, 0.06 * k + 0.8)
        lay(
            picture,
            line(letter, size, "#ffffff", "bold"),
            x + left,
            y - whole.height / 2 + 46 * (1 - come),
            opacity=come,
        )
    half = 300 * settle(t, 0.7, 1.6)
    picture[round(y + 52) : round(y + 57), round(640 - half) : round(640 + half)] = rgb(CORAL)


def title_card(number: str, title: str, under: str) -> Draw:
    def draw(t: float) -> Picture:
        picture = moving_bands(t + 5)
        come = settle(t, 0.05, 0.8)
        lay(picture, line(number, 300, "#1a4a78", "bold"), 1160 + 40 * (1 - come), 360, opacity=0.8, anchor=(0.5, 0.5))
        picture[286:436, 104:112] = rgb(CORAL)
        lay(picture, line(title, 78, "#ffffff", "bold"), 140 - 80 * (1 - come), 270, opacity=come)
        lay(picture, line(under, 36, "#9fe9e4", "sans"), 142 - 80 * (1 - come), 386, opacity=smooth(t, 0.3, 0.9))
        return picture

    return draw


@cache
def _strip(width: int) -> Sprite:
    layer = Layer(width + 60, 140)
    layer.shadow(30, 22, width + 30, 116, radius=8, blur=10, opacity=0.45)
    layer.box(30, 18, width + 30, 112, ["#143262", "#0a1c3c"], radius=8)
    layer.box(30, 18, 44, 112, ["#ff8a5c", "#f0512f"], radius=4)
    layer.box(44, 108, width + 30, 112, TEAL)
    return layer.sprite()


def lower_third(start: float, end: float, upper: str, lower: str) -> Overlay:
    """Two lines on a strip that opens from the left."""
    top, bottom = line(upper, 42, "#ffffff", "bold"), line(lower, 28, "#a9ece7", "sans", 0.5)
    strip = _strip(max(top.width, bottom.width) + 90)

    def draw(picture: Picture, t: float) -> None:
        come = settle(t, 0, 0.6) * (1 - smooth(t, end - start - 0.4, end - start))
        width = max(1, round(strip.width * come))
        lay(picture, Sprite(strip.pixels[:, :width]), 64, 556)
        shown = in_and_out(t, 0.25, end - start - 0.25, 0.3)
        x = 136 - 24 * (1 - settle(t, 0.25, 0.9))
        lay(picture, top, x, 572, opacity=shown)
        lay(picture, bottom, x, 626, opacity=shown)

    readable = (0.55, end - start - 0.55)
    return Overlay(start, end, draw, (Text(*readable, upper), Text(*readable, lower)))


@cache
def _mark() -> Sprite:
    """The channel's sign: waves in a ring; no letters."""
    layer = Layer(84, 84)
    layer.oval(42, 42, 36, 36, "#ffffff", 0.92)
    layer.oval(42, 42, 32, 32, ["#1c4f8c", "#0b1d3a"])
    for k, colour in enumerate(("#ffffff", TEAL, CORAL)):
        points = [(18 + 4 * j, 34 + 11 * k + 4 * math.sin(j * 0.9)) for j in range(13)]
        layer.line(points, colour, 4)
    return layer.sprite()


def channel_mark(start: float, end: float) -> Overlay:
    def draw(picture: Picture, t: float) -> None:
        lay(picture, _mark(), 1164, 30, opacity=0.9)

    return Overlay(start, end, draw)


_POLLUTION = ((2019, 96), (2020, 88), (2021, 79), (2022, 66), (2023, 52), (2024, 40), (2025, 32))


@cache
def _bar(high: int, low: bool) -> Sprite:
    layer = Layer(96, high + 30)
    layer.shadow(14, 14, 86, high + 20, radius=8, blur=6, opacity=0.4)
    layer.box(10, 8, 82, high + 8, ["#5ff0dc", "#149a93"] if low else ["#5f8fd6", "#2a4f94"], radius=8)
    return layer.sprite()


def chart(t: float) -> Picture:
    picture = backdrop().copy()
    lay(picture, line("Pollution of the river", 58, "#ffffff", "bold"), 110, 64, opacity=smooth(t, 0, 0.5))
    lay(picture, line("Index, year 2000 is 100", 30, "#9fe9e4", "sans"), 112, 140, opacity=smooth(t, 0.2, 0.7))
    for k in range(4):
        picture[608 - 120 * k : 610 - 120 * k, 110:1170] = rgb("#24487a")
    for k, (year, value) in enumerate(_POLLUTION):
        high = max(4, round(value * 3.7 * settle(t, 0.3 + 0.14 * k, 1.3 + 0.14 * k)))
        x = 150 + 148 * k
        lay(picture, _bar(high, k == 6), x, 600 - high)
        lay(picture, line(str(year), 30, "#cfe0f5", "sans"), x + 46, 640, anchor=(0.5, 0.5))
        shown = smooth(t, 1.2 + 0.14 * k, 1.6 + 0.14 * k)
        lay(picture, line(str(value), 34, "#ffffff", "bold"), x + 46, 572 - high, opacity=shown, anchor=(0.5, 0.5))
    return picture


_COAST: Sequence[tuple[float, float]] = (
    (470, 92), (640, 70), (800, 118), (985, 100), (1120, 180), (1180, 320), (1130, 450), (1175, 560), (1050, 650),
    (880, 625), (770, 672), (640, 610), (560, 640), (470, 560), (520, 470), (430, 400), (480, 310), (400, 220),
)  # fmt: skip
_PLACES = (
    ("Harbour", 560, 250, 21, "sun"), ("Old Quay", 600, 500, 20, "sun"), ("Elmford", 800, 360, 18, "cloud"),
    ("Northfield", 880, 190, 16, "cloud"), ("High Hills", 1050, 320, 12, "rain"), ("Lakeside", 960, 530, 17, "sun"),
)  # fmt: skip


@cache
def _map() -> Picture:
    art = developed(glow(vertical([(0, "#1d6ea8"), (1, "#0a3560")]), 700, 360, 620, "#3aa0d0", 0.5), 31, 1.0)
    layer = Layer(1280, 720)
    outline = smooth_outline(_COAST)
    layer.polygon([(x + 8, y + 14) for x, y in outline], "#04152c", 0.6)
    layer.blurred(9)
    layer.polygon([(640 + (x - 790) * 1.03 + 150, 366 + (y - 366) * 1.04) for x, y in outline], "#8fd3e8", 0.4)
    layer.polygon(outline, ["#9ccf7a", "#6fb36a", "#4f9464"])
    hills = [(930, 250), (1020, 200), (1110, 260), (1120, 360), (1050, 410), (960, 360)]
    layer.polygon(smooth_outline(hills), ["#c9b884", "#a3925f"], 0.75)
    layer.line(
        smooth_outline([(1040, 330), (930, 370), (820, 430), (700, 430), (600, 470), (520, 480)])[:-12], "#4fb3dc", 6
    )
    lay(art, layer.sprite(), 0, 0)
    return art


@cache
def _sun() -> Sprite:
    layer = Layer(96, 96)
    for k in range(10):
        a = k * math.pi / 5
        ray = [(48 + 27 * math.cos(a), 48 + 27 * math.sin(a)), (48 + 40 * math.cos(a), 48 + 40 * math.sin(a))]
        layer.line(ray, "#ffd24a", 5)
    layer.oval(48, 48, 21, 21, ["#ffe680", "#ffb52e"])
    return layer.sprite()


@cache
def _cloud(dark: bool) -> Sprite:
    layer = Layer(110, 74)
    fill = ["#c9d3e0", "#8796ab"] if dark else ["#ffffff", "#d5e1ec"]
    for x, y, size in ((34, 44, 20), (56, 32, 25), (78, 42, 20)):
        layer.oval(x, y, size, size, fill)
    layer.box(18, 40, 96, 64, fill[1], radius=12)
    return layer.sprite()


@cache
def _chip() -> Sprite:
    layer = Layer(110, 74)
    layer.shadow(14, 14, 96, 62, radius=20, blur=6, opacity=0.5)
    layer.box(12, 10, 98, 60, ["#143262", "#0a1c3c"], radius=20)
    return layer.sprite()


def _sky_sign(picture: Picture, kind: str, x: float, y: float, size: float, t: float) -> None:
    if kind == "sun":
        lay(picture, _sun(), x, y, scale=size, angle=24 * t, anchor=(0.5, 0.5))
        return
    if kind == "rain":
        for k in range(4):
            fall = (t * 1.6 + k * 0.37) % 1.0
            start = (x - 26 + 17 * k, y + 16 + 34 * fall)
            stroke(picture, [start, (start[0] - 4, start[1] + 11)], rgb("#d5efff"), 3)
    lay(picture, _cloud(kind == "rain"), x + 5 * sway(t, 4), y, scale=size, anchor=(0.5, 0.5))


def weather(t: float) -> Picture:
    picture = _map().copy()
    come = settle(t, 0.1, 0.9)
    lay(picture, line("Tomorrow", 60, "#ffffff", "bold"), 64 - 50 * (1 - come), 70, opacity=come)
    lay(picture, line("Wednesday 18 March", 30, "#c8e9f8", "sans"), 66, 150, opacity=smooth(t, 0.4, 0.9))
    for k, (name, x, y, degrees, sky) in enumerate(_PLACES):
        begin = 0.7 + 0.35 * k
        size = spring(t, begin, begin + 0.5)
        if t > begin:
            _sky_sign(picture, sky, x - 46, y, size, t)
            lay(picture, _chip(), x + 36, y, scale=size, anchor=(0.5, 0.5))
            lay(picture, line(f"{degrees}°", 34, "#ffffff", "bold"), x + 37, y, scale=size, anchor=(0.5, 0.52))
            label = line(name, 26, "#0b2440", "bold")
            lay(picture, label, x, y + 52, opacity=smooth(t, begin, begin + 0.4), anchor=(0.5, 0.5))
    return picture


WEATHER_TEXTS = ("Tomorrow", "Wednesday 18 March", *(f"{name} {degrees}°" for name, _, _, degrees, _ in _PLACES))
