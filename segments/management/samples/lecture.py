"""The lecture film: eight slides about tides, a voice, and the lecturer in a small picture."""

from __future__ import annotations

from functools import cache

from segments.management.samples import slides
from segments.management.samples.colour import Picture
from segments.management.samples.film import Draw, Film, Overlay, Scene, Text
from segments.management.samples.motion import sway
from segments.management.samples.people import EMIL, lay_person
from segments.management.samples.shapes import Layer
from segments.management.samples.sound import Track, band, echo, noise, pad, pluck
from segments.management.samples.speech import LECTURER, Line, mouth, speak
from segments.management.samples.sprites import Sprite, lay

END = 95.0
LINES = (
    Line(1.6, 8.6, LECTURER, "Welcome. In the next minutes we ask a simple question: how do tides work?"),
    Line(
        10.4, 23.0, LECTURER,
        "What pulls the water? Mostly the Moon. The Sun helps, with a bit less than half the force. "
        "And the rotation of the Earth carries every coast through the pull.",
    ),
    Line(
        25.2, 37.4, LECTURER,
        "The water rises in two bulges. One faces the Moon. The other lies on the far side, "
        "because there the pull is weakest. The Earth turns below them.",
    ),
    Line(
        39.4, 49.0, LECTURER,
        "So most coasts see two high tides a day. The curve repeats about every twelve hours and twenty five minutes.",
    ),
    Line(
        50.6, 62.6, LECTURER,
        "When Sun, Earth and Moon stand in one line, their pulls add up. We call it spring tide. "
        "At a right angle they work against each other: neap tide.",
    ),
    Line(
        64.2, 74.0, LECTURER,
        "The shape of the coast matters most. The Bay of Fundy in Canada sees sixteen metres. Venice sees hardly one.",
    ),
    Line(
        75.8, 85.4, LECTURER,
        "Please remember three things. The Moon leads. There are two high tides a day. And the coast decides how high.",
    ),
    Line(87.4, 92.6, LECTURER, "Thank you for listening. I am happy to take questions."),
)  # fmt: skip


@cache
def _frame() -> Sprite:
    """Shadow and border of the small picture."""
    layer = Layer(320, 250)
    layer.shadow(30, 26, 290, 222, radius=22, blur=12, opacity=0.45)
    layer.box(24, 18, 288, 214, "#ffffff", radius=24)
    return layer.sprite()


@cache
def _room() -> Sprite:
    """A study, out of focus."""
    layer = Layer(252, 184)
    layer.box(0, 0, 252, 184, ["#5a6f7d", "#33424f"])
    for row in range(4):
        y = 14 + 42 * row
        layer.box(0, y + 30, 252, y + 35, "#7a5a3e")
        for k in range(17):
            code = ("#b5563f", "#d9a441", "#3f6f73", "#e8dcc4", "#6a5a88")[(k * 7 + row * 3) % 5]
            layer.box(4 + 15 * k, y + (k * 5 + row) % 9, 15 + 15 * k, y + 30, code)
    layer.blurred(3)
    return layer.sprite()


@cache
def _corners() -> Sprite:
    """Where the small picture may be seen."""
    layer = Layer(252, 184)
    layer.box(0, 0, 252, 184, "#ffffff", radius=19)
    return layer.sprite()


def _lecturer(picture: Picture, t: float) -> None:
    x, y, wide, high = 1002, 512, 252, 184
    inner = picture[:high, :wide].copy()
    lay(inner, _room(), 0, 0, opacity=1)
    lay_person(inner, EMIL, 126 + 2 * sway(t, 5), 112, 0.42, t, mouth(LINES, t))
    lay(picture, _frame(), x - 30, y - 24)
    share = _corners().pixels[..., 3:].astype("float32") / 255
    region = picture[y : y + high, x : x + wide]
    region[...] = (inner * share + region * (1 - share) + 0.5).astype("uint8")


# Name, start, picture, how it comes in, seconds of that, texts.
_SLIDES: tuple[tuple[str, float, Draw, str, float, tuple[Text, ...]], ...] = (
    ("Title", 0.0, slides.title, "cut", 0.0, slides.TITLE_TEXTS),
    ("What pulls the water", 9.4, slides.pulls, "cut", 0.0, slides.PULL_TEXTS),
    ("Two bulges", 24.2, slides.bulges, "cut", 0.0, slides.BULGE_TEXTS),
    ("Two high tides a day", 38.4, slides.curve, "dissolve", 0.6, slides.CURVE_TEXTS),
    ("Spring and neap tide", 49.6, slides.springs, "cut", 0.0, slides.SPRING_TEXTS),
    ("Where tides are largest", 63.2, slides.ranges, "cut", 0.0, slides.RANGE_TEXTS),
    ("What to remember", 74.6, slides.summary, "dissolve", 0.6, slides.SUMMARY_TEXTS),
    ("Thank you", 86.2, slides.thanks, "cut", 0.0, slides.THANKS_TEXTS),
)


def _scenes() -> tuple[Scene, ...]:
    ends = [start for _, start, *_ in _SLIDES[1:]] + [END]
    scenes = []
    for (name, start, draw, entry, seconds, texts), end in zip(_SLIDES, ends, strict=True):
        shown = tuple(Text(text.start, end - start, text.text) for text in texts)
        scenes.append(Scene(name, start, draw, entry, seconds, shown))
    return tuple(scenes)


def _picture_in_picture(start: float, end: float) -> Overlay:
    def draw(picture: Picture, t: float) -> None:
        _lecturer(picture, start + t)

    return Overlay(start, end, draw)


def _sound() -> Track:
    track = Track(END)
    track.add(band(noise(END, 61), 80, 1200), 0, 0.006)  # the air of a room
    for at in (0.0, END - 7.0):
        track.add(echo(pad((48, 55, 60, 64), 6.5), 1.4, 0.35, 4), at, 0.16)
        for k, note in enumerate((60, 67, 72, 76)):
            track.add(echo(pluck(note, 1.8, 0.6), 1.4, 0.4, 5), at + 0.1 + 0.22 * k, 0.2)
    speak(track, LINES)
    return track


def _definitions() -> list[dict[str, object]]:
    return [
        {
            "id": "slide",
            "description": "A stretch in which the same slide stays on screen; bullets that appear belong to it.",
            "fields": [
                {"name": "title", "type": "string", "description": "The heading of the slide, as written"},
                {"name": "text", "type": "string", "description": "All other readable text on the slide"},
                {
                    "name": "kind",
                    "type": "string",
                    "description": "What the slide shows",
                    "enum": ["title", "bullets", "diagram", "chart", "other"],
                },
            ],
        }
    ]


def _facts() -> dict[str, object]:
    kinds = ("title", "bullets", "diagram", "chart", "diagram", "chart", "bullets", "other")
    starts = [start + seconds / 2 for _, start, _, _, seconds, _ in _SLIDES]
    titles = [texts[0].text for *_, texts in _SLIDES]
    rows = zip(starts, [*starts[1:], END], titles, kinds, strict=True)
    return {"slides": [{"start": a, "end": b, "title": title, "kind": kind} for a, b, title, kind in rows]}


def film() -> Film:
    return Film(
        name="lecture",
        title="How tides work",
        line="A short lecture with slides, a diagram, two charts and the lecturer in a corner.",
        definitions=_definitions(),
        scenes=_scenes(),
        overlays=(_picture_in_picture(0.0, END),),
        end=END,
        sound=_sound,
        facts=_facts(),
        fade_in=0.6,
        fade_out=1.2,
        crf=27,
    )
