"""The product film: a wristwatch, ten shots cut to music, no speech."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

from functools import cache

import numpy as np

from segments.core.presets import preset
from segments.management.samples import watch
from segments.management.samples.colour import HEIGHT, WIDTH, Picture, developed, glow, rgb, vertical, vignette
from segments.management.samples.film import Draw, Film, Overlay, Scene, Text
from segments.management.samples.fonts import line
from segments.management.samples.motion import between, in_and_out, settle, smooth, sway
from segments.management.samples.product_music import BAR, music
from segments.management.samples.shapes import Layer
from segments.management.samples.sprites import Sprite, lay, tint, view
from segments.management.samples.watch import NIGHT, SAND, SEA, Look

END = round(18 * BAR, 3)
BRASS = ("#fbe6a8", "#c9963f", "#8a5d1f")
STEEL = ("#f2f5f9", "#a9b1be", "#6b7482")


@cache
def _ground(top: str, middle: str, bottom: str, light: str) -> Picture:
    ground = glow(vertical([(0, top), (0.6, middle), (1, bottom)]), 640, 300, 620, light, 0.75, 0.8)
    return developed(vignette(ground, 0.5), 3)


@cache
def _dial(look: Look, ground: str) -> Picture:
    """The case as a large opaque drawing, for close shots."""
    picture = np.full((watch.SIZE, watch.SIZE, 3), rgb(ground), np.uint8)
    lay(picture, watch.body(look), 0, 0)
    return picture


def _close(look: Look, ground: str, x: float, y: float, zoom: float, t: float) -> Picture:
    """A camera close to the dial; x, y in the drawing of the watch."""
    picture = view(_dial(look, ground), x, y, zoom)
    middle = (WIDTH / 2 + (watch.CENTRE - x) * zoom, HEIGHT / 2 + (watch.CENTRE - y) * zoom)
    watch.lay_hands(picture, look, *middle, zoom, t)
    return picture


@cache
def _gleam() -> Sprite:
    layer = Layer(420, 1400)
    layer.polygon([(150, -40), (270, -40), (270, 1440), (150, 1440)], "#ffffff", 0.55)
    layer.blurred(42)
    return layer.sprite()


@cache
def _darkness() -> Picture:
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    far = np.hypot((columns - 960) / 820, (rows - 340) / 480)
    return np.repeat((255 * np.clip(1.15 - far, 0.05, 1))[..., None], 3, axis=2).astype(np.uint8)


def _lit(picture: Picture) -> Picture:
    return (picture.astype(np.uint16) * _darkness() // 255).astype(np.uint8)


def light_sweep(t: float) -> Picture:
    picture = _close(NIGHT, "#05070d", 300 - 20 * t, 470 + 8 * t, 1.2 + 0.02 * t, 8 + t)
    lay(picture, _gleam(), -400 + 560 * t, 360, angle=24, opacity=0.8, anchor=(0.5, 0.5))
    return _lit(picture)


def hands_close(t: float) -> Picture:
    zoom = between(0.95, 1.5, smooth(t, 0, 5.6))
    x, y = between(520, 480, smooth(t, 0, 5.6)), between(560, 470, smooth(t, 0, 5.6))
    return _close(SAND, "#8f6a43", x, y, zoom, 14 + t)


def hero(t: float) -> Picture:
    picture = _ground("#e8b98a", "#f6e3c8", "#c98d5c", "#fff6e6").copy()
    watch.lay_watch(picture, SAND, 950, 372, 0.46 + 0.012 * t, 20 + t, angle=-10 + 1.2 * t)
    return picture


def _variant(look: Look, ground: tuple[str, str, str, str], side: int) -> Draw:
    def draw(t: float) -> Picture:
        picture = _ground(*ground).copy()
        x = between(640 + side * 560, 640 - side * 190, settle(t, 0, 1.3)) - side * 10 * t
        watch.lay_watch(picture, look, x, 360, 0.52, 30 + t, angle=side * between(22, 7, settle(t, 0, 1.5)))
        return picture

    return draw


@cache
def _water() -> Picture:
    ground = vertical([(0, "#4fc3d9"), (0.45, "#11789b"), (1, "#052f4f")])
    return developed(vignette(glow(ground, 500, -60, 760, "#d8fbff", 0.8), 0.45), 5)


@cache
def _ray(width: int) -> Sprite:
    layer = Layer(460, 900)
    layer.polygon(
        [(230 - width / 4, -30), (230 + width / 4, -30), (230 + width, 930), (230 - width, 930)], "#e9fdff", 0.5
    )
    layer.blurred(20)
    return layer.sprite()


@cache
def _bubble(radius: int) -> Sprite:
    size = 2 * radius + 4
    layer = Layer(size, size)
    layer.oval(size / 2, size / 2, radius, radius, ["#ffffff", "#bff2ff"], 0.32)
    layer.oval(size / 2, size / 2, radius * 0.82, radius * 0.82, "#3aa7c4", 0.3)
    layer.oval(size / 2 - radius * 0.35, size / 2 - radius * 0.35, radius * 0.22, radius * 0.2, "#ffffff", 0.9)
    return layer.sprite()


def water(t: float) -> Picture:
    picture = _water().copy()
    for k, x in enumerate((120, 330, 560, 820, 1040)):
        light = 0.3 + 0.22 * sway(t, 4.5, k * 0.27)
        lay(
            picture,
            _ray(40 + 12 * (k % 3)),
            x + 26 * sway(t, 9, k * 0.2),
            -30,
            opacity=light,
            angle=14,
            anchor=(0.5, 0),
        )
    watch.lay_watch(picture, SEA, 960, 372 + 9 * sway(t, 5), 0.5, 40 + t, angle=14 + 3 * sway(t, 6.5, 0.2))
    picture = tint(picture, rgb("#0b6f96"), 0.16)
    for k in range(26):
        speed = 60 + 37 * (k * 7 % 11) / 2
        y = 760 - (t * speed + k * 173) % 860
        lay(picture, _bubble(4 + k * 5 % 13), (k * 211) % 1280 + 14 * sway(t, 2.2, k * 0.13), y, opacity=0.85)
    return picture


_WHEELS = (
    (300, 250, 36, 215, 5, BRASS, 1.0, 0.0),
    (1010, 520, 44, 262, 6, BRASS, -1.0, 0.11),
    (628, 466, 26, 155, 4, STEEL, -1.4, 0.05),
    (700, 148, 22, 130, 3, STEEL, 1.6, 0.3),
    (60, 590, 30, 180, 5, STEEL, 0.9, 0.2),
    (1200, 130, 28, 170, 5, BRASS, 1.3, 0.4),
)


@cache
def _plate() -> Picture:
    ground = vertical([(0, "#4a3a2c"), (1, "#1a120c")])
    ground += 6 * np.sin(np.linspace(0, 260, WIDTH) + np.linspace(0, 26, HEIGHT)[:, None])[..., None].astype(np.float32)
    return developed(vignette(glow(ground, 560, 260, 560, "#b98a55", 0.6), 0.5), 6)


def wheels(t: float) -> Picture:
    art = _plate().copy()
    for x, y, teeth, radius, spokes, metal, speed, phase in _WHEELS:
        sprite = watch.wheel(teeth, radius, spokes, metal)
        turn = speed * 24 * t + phase * 360
        lay(art, _disc_shade(radius), x + 14, y + 20, anchor=(0.5, 0.5))
        lay(art, sprite, x, y, angle=turn, anchor=(0.5, 0.5))
    return view(art, 640 + 6 * t, 360 - 4 * t, 1.06 + 0.025 * t)


@cache
def _disc_shade(radius: int) -> Sprite:
    size = 2 * radius + 120
    layer = Layer(size, size)
    layer.shadow(60, 60, size - 60, size - 60, radius=radius, blur=16, opacity=0.6)
    return layer.sprite()


def family(t: float) -> Picture:
    """Three watches; the light turns from a warm to a cool evening."""
    picture = _ground("#d9a678", "#f3dcbc", "#b5794b", "#fff3e0").copy()
    cool = smooth(t, 1.4, 4.4)
    picture = tint(picture, rgb("#26335c"), 0.72 * cool)
    scale = between(0.4, 0.35, smooth(t, 0, 5))
    gap = between(436, 388, smooth(t, 0, 5))
    for k, look in ((-1, SAND), (1, NIGHT), (0, SEA)):
        watch.lay_watch(picture, look, 640 + k * gap, 330, scale, 50 + t, angle=k * 5)
    return tint(picture, rgb("#1c2850"), 0.2 * cool)


def price(t: float) -> Picture:
    picture = _ground("#131a30", "#1d2744", "#0b1020", "#3b4a7a").copy()
    watch.lay_watch(picture, NIGHT, 945, 360, 0.45 + 0.004 * t, 60 + t, angle=8)
    rise = 24 * (1 - settle(t, 0.5, 1.6))
    for words, y, size, colour, name, start in (
        ("Meridian 38", 218, 84, "#f7f9ff", "serif", 0.4),
        ("€ 249", 352, 104, "#ffb547", "bold", 1.0),
        ("In shops from 1 December", 482, 34, "#c3cbe4", "sans", 1.6),
    ):
        shown = smooth(t, start, start + 0.8)
        lay(picture, line(words, size, colour, name), 110, y + rise, opacity=shown)
    width = 150 * smooth(t, 0.8, 1.8)
    picture[336:339, 112 : 112 + round(width)] = rgb("#ff6f5e")
    return picture


@cache
def _scrim() -> Sprite:
    """Soft dusk below words that cross a busy picture."""
    layer = Layer(1000, 420)
    layer.oval(500, 210, 330, 80, "#120c06", 0.8)
    layer.blurred(56)
    return layer.sprite()


def _caption(
    start: float, end: float, words: str, x: float, y: float, colour: str, size: float = 64, *, scrim: bool = False
) -> Overlay:
    """Serif words that drift in, stay and go."""

    def draw(picture: Picture, t: float) -> None:
        shown = in_and_out(t, 0, end - start, 0.6)
        sprite = line(words, size, colour, "serif", 1.0)
        if scrim:
            middle = (x + sprite.width / 2, y + sprite.height / 2)
            lay(picture, _scrim(), *middle, opacity=shown, scale=sprite.width / 480, anchor=(0.5, 0.5))
        lay(picture, sprite, x + 16 * (1 - settle(t, 0, 1.2)), y, opacity=shown)

    return Overlay(start, end, draw, (Text(0.5, end - start - 0.5, words),))


_SEA_GROUND = ("#0c5a63", "#3fb3ad", "#083c46", "#b9f2e6")
_SAND_GROUND = ("#b98a58", "#ecd3a7", "#8c6238", "#fff2d8")
_NIGHT_GROUND = ("#141a2e", "#3b4773", "#0a0e1c", "#8391c7")


def _scenes() -> tuple[Scene, ...]:
    ending = (Text(1.2, 7.2, "Meridian 38"), Text(1.8, 7.2, "€ 249"), Text(2.4, 7.2, "In shops from 1 December"))
    return (
        Scene("Light runs over the dial", 0.0, light_sweep),
        Scene("The hands from close", 2 * BAR, hands_close, "dissolve", 0.8),
        Scene("The whole watch", 4 * BAR, hero),
        Scene("Variant sea", 6 * BAR, _variant(SEA, _SEA_GROUND, 1)),
        Scene("Variant sand", 7 * BAR, _variant(SAND, _SAND_GROUND, -1)),
        Scene("Variant night", 8 * BAR, _variant(NIGHT, _NIGHT_GROUND, 1)),
        Scene("Under water", 9 * BAR, water, "dissolve", 0.8),
        Scene("Wheels of the movement", 11 * BAR, wheels),
        Scene("Three watches, warm to cool", 13 * BAR, family, "dissolve", 1.0),
        Scene("Price", 15 * BAR, price, "fade", 1.2, ending),
    )


def _captions() -> tuple[Overlay, ...]:
    return (
        _caption(1.2, 4.6, "Every second,", 90, 540, "#f3f5fb"),
        _caption(5.9, 9.4, "drawn with care.", 90, 560, "#fff6e2", scrim=True),
        _caption(10.2, 14.2, "Meridian 38", 96, 260, "#3a2512", 92),
        _caption(10.8, 14.2, "A watch for the whole day", 100, 382, "#6b4526", 36),
        _caption(14.7, 16.7, "Sea", 800, 300, "#eafaf5", 104),
        _caption(17.1, 19.1, "Sand", 170, 300, "#43301c", 104),
        _caption(19.5, 21.5, "Night", 800, 300, "#eef1fa", 104),
        _caption(22.6, 26.2, "Watertight to 100 metres", 84, 330, "#f1fdff", 46),
        _caption(26.9, 31.0, "72 hours of reserve", 90, 566, "#ffeccb", scrim=True),
        _caption(32.4, 36.0, "Three colours. One idea.", 344, 590, "#fff3e0", 54),
    )


def film() -> Film:
    return Film(
        name="product",
        title="A watch in ten shots",
        line="Cuts, dissolves and zooms set to music, with captions and a price at the end.",
        definitions=preset("shot-detection").definitions,
        scenes=_scenes(),
        overlays=_captions(),
        end=END,
        sound=lambda: music(END),
        facts={"music": [[0.0, END]]},
        fade_in=0.8,
        fade_out=1.2,
        crf=30,
    )
