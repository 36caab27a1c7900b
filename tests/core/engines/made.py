"""Evidence made by hand: as if a video had been measured, with the truth known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from segments.core.definition import SegmentDefinition, parse_definitions
from segments.core.evidence.model import (
    COLOUR_NAMES,
    Evidence,
    Face,
    Looks,
    SoundSpan,
    TextRole,
    TextSpan,
    Transition,
    Word,
)
from segments.core.media.facts import MediaFacts
from segments.core.request import RunRequest
from segments.core.timeline import Span


def facts(duration: float) -> MediaFacts:
    return MediaFacts(duration, "640x360", 640, 360, 25.0, "h264", "aac", 800, 1_000_000, "mp4")


def looks(duration: float, *, colours: Mapping[float, str] | None = None, rate: float = 5.0, **tracks: float) -> Looks:
    """Pictures of a mid-grey video at rest. `colours` maps a start time to the colour that fills the picture from it.

    `tracks` (pan=…, motion=…) hold for the whole video.
    """
    times = np.arange(0.0, duration, 1 / rate)
    level = {
        "brightness": 0.45,
        "contrast": 0.2,
        "saturation": 0.3,
        "sharpness": 50.0,
        "motion": 0.01,
        "pan": 0.0,
        "tilt": 0.0,
        "zoom": 0.0,
    }
    filled = {name: np.full(len(times), tracks.get(name, value), np.float32) for name, value in level.items()}
    colour = np.zeros((len(times), len(COLOUR_NAMES)), np.float32)
    starts = sorted((colours or {0.0: "grey"}).items())
    for start, name in starts:
        colour[times >= start - 1e-9] = 0.0
        colour[times >= start - 1e-9, COLOUR_NAMES.index(name)] = 1.0
    return Looks(times=times, colour=colour, **filled)


def cut(time: float, strength: float = 0.9) -> Transition:
    return Transition(time, time, "cut", strength)


def text(start: float, end: float, words: str, role: TextRole = "caption", top: float = 0.8) -> TextSpan:
    return TextSpan(start, end, words, (0.1, top, 0.8, 0.1), role, 0.95)


def faces(times: Sequence[float], *heights: float, x: float = 0.5) -> tuple[Face, ...]:
    boxes = tuple((x - h / 2, 0.2, h, h) for h in heights)
    return tuple(Face(time, boxes) for time in times)


def sounds(*spans: tuple[float, float, str]) -> tuple[SoundSpan, ...]:
    return tuple(SoundSpan(a, b, kind, -23.0, 0.9) for a, b, kind in spans)  # type: ignore[arg-type]


def lines(*spoken: tuple[float, float, str]) -> tuple[Word, ...]:
    return tuple(Word(start, end, said, "subtitles") for start, end, said in spoken)


def evidence(duration: float = 30.0, **parts: object) -> Evidence:
    window = parts.pop("window", Span(0.0, duration))
    return Evidence(facts(duration), window, **parts)  # type: ignore[arg-type]


def definition(description: str, fields: Sequence[Mapping[str, object]] = (), key: str = "found") -> SegmentDefinition:
    wire = [{"id": key, "description": description, "fields": list(fields)}]
    return parse_definitions(wire, duration=None, model_name="pegasus1.6")[0]


def field(name: str, kind: str, description: str = "as named", **more: object) -> dict[str, object]:
    return {"name": name, "type": kind, "description": description, **more}


def request(*definitions: SegmentDefinition, **options: object) -> RunRequest:
    return RunRequest(definitions, **options)  # type: ignore[arg-type]
