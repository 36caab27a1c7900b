"""The news film: opener, studio, three stories, weather, end card; two voices."""

from __future__ import annotations

from functools import cache

import numpy as np

from segments.core.presets import preset
from segments.management.samples import news_graphics as graphics
from segments.management.samples import scenery
from segments.management.samples.colour import Picture, developed, glow, rgb, vertical
from segments.management.samples.film import Draw, Film, Overlay, Scene, Text
from segments.management.samples.fonts import line
from segments.management.samples.motion import between, settle, smooth, sway
from segments.management.samples.news_sound import LINES, sound
from segments.management.samples.people import JONAS, MARA, lay_person
from segments.management.samples.shapes import Layer
from segments.management.samples.speech import mouth
from segments.management.samples.sprites import Sprite, lay, view

END = 90.0
_WIDE, _HIGH = 1600, 900


@cache
def _studio() -> Picture:
    """The wall behind the desk: a city in lights, out of focus, between bright pillars."""
    art = developed(vertical([(0, "#07142c"), (0.7, "#123259"), (1, "#081730")], _WIDE, _HIGH), 41, 1.0)
    city = Layer(_WIDE, _HIGH)
    city.box(120, 110, 1480, 620, ["#0d2a55", "#1d4f83", "#e2875f"], radius=26)
    random = np.random.default_rng(42)
    for _ in range(60):
        x, high = random.uniform(150, 1400), random.uniform(40, 250)
        city.box(x, 600 - high, min(1470, x + random.uniform(30, 80)), 612, "#0a1d3c", opacity=0.85)
    for _ in range(210):
        x, y, size = random.uniform(150, 1450), 600 - random.uniform(1, 5) ** 3 * 1.4, random.uniform(3, 9)
        code = ("#ffd28a", "#ffe9c4", "#8fe8e2", "#ff9b7a")[random.integers(4)]
        city.oval(x, max(300, y), size, size, code, float(random.uniform(0.25, 0.8)))
    city.blurred(5)
    lay(art, city.sprite(), 0, 0)
    lay(art, _pillars(), 0, 0)
    floor = vertical([(0, "#123056"), (1, "#040b1a")], _WIDE, 240)
    art[660:] = developed(glow(floor, 800, 0, 520, "#2f7fae", 0.55, 0.4), 43, 1.0)
    return art


@cache
def _pillars() -> Sprite:
    layer = Layer(_WIDE, _HIGH)
    for x in (108, 446, 1138, 1476):
        layer.box(x - 9, 60, x + 9, 660, ["#d8fbff", "#39b8c4", "#12577f"], opacity=0.95)
        layer.box(x - 26, 60, x + 26, 660, "#2fb6c8", opacity=0.12)
    layer.box(0, 52, _WIDE, 62, ["#18b3a8", "#0e5d75"])
    layer.box(0, 650, _WIDE, 662, ["#ff8a5c", "#c93f22"])
    return layer.sprite()


@cache
def _desk() -> Sprite:
    layer = Layer(1200, 330)
    layer.shadow(90, 40, 1110, 300, radius=40, blur=24, opacity=0.6)
    layer.polygon([(40, 40), (1160, 40), (1080, 320), (120, 320)], ["#16386b", "#0b1f42", "#071429"])
    layer.polygon([(20, 22), (1180, 22), (1160, 64), (40, 64)], ["#5f8fc4", "#1f4a80"])
    layer.polygon([(20, 22), (1180, 22), (1178, 28), (22, 28)], "#cdeaff", 0.8)
    layer.polygon([(84, 196), (1116, 196), (1110, 214), (90, 214)], ["#ff8a5c", "#e04b2a"])
    layer.polygon([(230, 24), (370, 24), (356, 52), (210, 52)], "#f4f7fb", 0.9)
    return layer.sprite()


def _set(t: float, opening: float) -> Picture:
    art = _studio().copy()
    lay_person(art, MARA, 800, 446, 0.92, t, opening)
    lay(art, _desk(), 800, 782, anchor=(0.5, 0.5))
    return art


def _speaking(start: float, t: float) -> float:
    return mouth(LINES, start + t)


def wide(start: float, near: float) -> Draw:
    """The whole studio; the camera comes slowly closer."""

    def draw(t: float) -> Picture:
        zoom = between(0.84, near, smooth(t, 0, 9))
        return view(_set(start + t, _speaking(start, t)), 800, between(470, 450, smooth(t, 0, 9)), zoom)

    return draw


@cache
def _board() -> Sprite:
    """The picture over the shoulder, in its frame."""
    layer = Layer(560, 400)
    layer.shadow(30, 26, 530, 368, radius=14, blur=14, opacity=0.6)
    layer.box(26, 20, 526, 362, "#f4f8fc", radius=12)
    sprite = layer.sprite()
    board = np.ascontiguousarray(sprite.pixels[..., :3])
    small = view(scenery.river(4.0), 640, 360, 0.40, 484, 272)
    board[28:300, 34:518] = small
    sprite.pixels[..., :3] = board
    return sprite


def desk(start: float) -> Draw:
    """Closer, with a picture over the shoulder."""

    def draw(t: float) -> Picture:
        art = _set(start + t, _speaking(start, t))
        picture = view(art, 1010, 470, 1.13 + 0.004 * t)
        come = settle(t, 0.3, 1.1)
        x = 650 + 60 * (1 - come)
        lay(picture, _board(), x, 120, opacity=come)
        title = line("River clean again", 34, graphics.NAVY, "bold")
        lay(picture, title, x + 276, 450, opacity=come, anchor=(0.5, 0.5))
        return picture

    return draw


def reporter(start: float) -> Draw:
    def draw(t: float) -> Picture:
        picture = scenery.quay(t)
        lay_person(picture, JONAS, 470 + 3 * sway(t, 6), 352, 1.06, start + t, _speaking(start, t))
        return picture

    return draw


def end_card(t: float) -> Picture:
    picture = graphics.moving_bands(t + 9)
    graphics.globe(picture, 640, 230, 120, t + 4)
    graphics.wordmark(picture, t - 0.3, 452)
    note = line("Back tomorrow at eight", 38, "#9fe9e4", "sans", 1)
    lay(picture, note, 640, 556, opacity=smooth(t, 1.2, 2.0), anchor=(0.5, 0.5))
    half = round(60 * smooth(t, 1.4, 2.2))
    picture[604:607, 640 - half : 640 + half] = rgb(graphics.CORAL)
    return picture


def _card(number: str, title: str, under: str) -> tuple[Draw, tuple[Text, ...]]:
    return graphics.title_card(number, title, under), (Text(0.6, 2.5, title), Text(0.8, 2.5, under))


def _scenes() -> tuple[Scene, ...]:
    opening = (Text(2.6, 5.6, "HARBOUR NEWS"), Text(3.0, 5.6, "THE EVENING EDITION"))
    ending = (Text(1.6, 6.0, "HARBOUR NEWS"), Text(1.8, 6.0, "Back tomorrow at eight"))
    figures = (Text(0.5, 5.6, "Pollution of the river"), Text(0.7, 5.6, "Index, year 2000 is 100"))
    weather = tuple(Text(0.9 if k < 2 else 1.2 + 0.35 * (k - 2), 11.0, s) for k, s in enumerate(graphics.WEATHER_TEXTS))
    tram, tram_texts = _card("1", "New tram bridge opens", "Old town to station in nine minutes")
    train, train_texts = _card("3", "Night trains return", "From the harbour to the mountains")
    return (
        Scene("Opener", 0.0, graphics.opener, texts=opening),
        Scene("Studio, headlines", 5.6, wide(5.6, 0.97)),
        Scene("Title card, tram bridge", 15.4, tram, texts=tram_texts),
        Scene("Bridge at sunset", 17.8, scenery.bridge, "dissolve", 0.6),
        Scene("Reporter on the quay", 27.4, reporter(27.4)),
        Scene("Studio, river", 36.0, desk(36.0), texts=(Text(1.1, 7.6, "River clean again"),)),
        Scene("Swimmers in the river", 43.6, scenery.river, "dissolve", 0.6),
        Scene("Chart of pollution", 52.4, graphics.chart, texts=figures),
        Scene("Title card, night trains", 58.0, train, texts=train_texts),
        Scene("Night train", 60.4, scenery.night_train, "dissolve", 0.6),
        Scene("Weather map", 69.0, graphics.weather, texts=weather),
        Scene("Studio, farewell", 80.0, wide(80.0, 0.9)),
        Scene("End card", 84.0, end_card, "dissolve", 0.8, ending),
    )


def _overlays() -> tuple[Overlay, ...]:
    third = graphics.lower_third
    return (
        graphics.channel_mark(5.6, 84.0),
        third(7.0, 12.4, "Mara Lindqvist", "Presenter"),
        third(19.2, 26.6, "New tram bridge opens", "40,000 riders a day expected"),
        third(28.2, 33.4, "Jonas Okafor", "Reporter, Old Quay"),
        third(45.0, 51.6, "River clean again", "Swimming allowed from Saturday"),
        third(61.8, 68.2, "Night trains return", "Tickets from 29 euros"),
    )


def _definitions() -> list[dict[str, object]]:
    story = {
        "id": "story",
        "description": "One news story or standing part of the programme: opener, headlines, a report, the weather, "
        "the farewell. A new one begins where the title on screen or the subject that is spoken about changes.",
        "fields": [
            {"name": "title", "type": "string", "description": "Headline as shown on screen, else a short title"},
            {"name": "keywords", "type": "array", "description": "Up to five keywords", "items": {"type": "string"}},
        ],
    }
    return [story, *preset("ocr").definitions]


def _topics() -> list[dict[str, object]]:
    parts = (
        (0.0, "Opener"), (5.6, "Headlines"), (15.4, "New tram bridge opens"), (36.0, "River clean again"),
        (58.0, "Night trains return"), (69.0, "Weather"), (80.0, "Farewell"),
    )  # fmt: skip
    ends = [start for start, _ in parts[1:]] + [END]
    return [{"start": start, "end": end, "title": title} for (start, title), end in zip(parts, ends, strict=True)]


def film() -> Film:
    return Film(
        name="news-opener",
        title="Harbour News",
        line="An evening bulletin: opener, three stories with names and headlines on screen, the weather, an end card.",
        definitions=_definitions(),
        scenes=_scenes(),
        overlays=_overlays(),
        end=END,
        sound=lambda: sound(END),
        facts={"topics": _topics(), "speakers": [each.voice.role for each in LINES]},
        fade_in=0.5,
        fade_out=1.2,
        crf=29,
    )
