"""The ready-made definitions offered in the page's list, ours word for word."""

from __future__ import annotations

import copy
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """`definitions` is wire JSON: the last preset is deliberately empty and becomes valid once it is described."""

    name: str
    title: str
    hint: str
    definitions: list[dict[str, object]]


def _field(name: str, kind: str, description: str, **more: object) -> dict[str, object]:
    return {"name": name, "type": kind, "description": description, **more}


def _definition(key: str, description: str, *fields: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": key, "description": description, "fields": list(fields)}]


_SHOT_SIZES = ["extreme_wide", "wide", "medium", "close_up", "extreme_close_up"]
_MOTIONS = ["static", "pan", "tilt", "zoom", "tracking", "handheld"]
_KINDS = ["title", "lower_third", "caption", "sign", "slide", "other"]
_ROLES = ["intro", "segment", "interview", "b_roll", "ad_break", "outro"]
_POSITIONS = ["center", "left", "right", "background"]

PRESETS: tuple[Preset, ...] = (
    Preset(
        "shot-detection",
        "Shot Detection",
        "Every camera take, with framing and movement",
        _definition(
            "shot",
            "One uninterrupted camera take between two cuts or transitions.",
            _field("shot_size", "string", "Framing of the main subject", enum=_SHOT_SIZES),
            _field("camera_motion", "string", "Dominant camera movement", enum=_MOTIONS),
            _field("summary", "string", "What happens, in one sentence"),
        ),
    ),
    Preset(
        "topic-changes",
        "Topic Changes",
        "Where one subject ends and the next begins",
        _definition(
            "topic",
            "A stretch in which one subject is discussed or shown, until the subject changes.",
            _field("title", "string", "Short title"),
            _field("keywords", "array", "Up to five keywords", items={"type": "string"}),
        ),
    ),
    Preset(
        "sports-highlights",
        "Sports Highlights",
        "The decisive moments of play",
        _definition(
            "highlight",
            "A decisive or exciting moment of play, from its build-up to the reaction.",
            _field("play_type", "string", "Kind of play"),
            _field("peak_at", "timestamp", "The decisive instant", format="hh:mm:ss"),
            _field("is_score", "boolean", "True if points are scored"),
        ),
    ),
    Preset(
        "speaker-diarization",
        "Speaker Diarization",
        "Who speaks when",
        _definition(
            "speaker_turn",
            "A stretch in which the same person is speaking.",
            _field("speaker", "string", "Name if shown or said, else Speaker 1, Speaker 2, …"),
            _field("gist", "string", "What is said, in one sentence"),
        ),
    ),
    Preset(
        "ocr",
        "OCR",
        "Text on screen and how long it stays",
        _definition(
            "on_screen_text",
            "A stretch in which the same readable text stays on screen.",
            _field("text", "string", "The text as written"),
            _field("kind", "string", "Role of the text", enum=_KINDS),
        ),
    ),
    Preset(
        "editorial-segment",
        "Editorial Segment",
        "The parts of a programme, from intro to outro",
        _definition(
            "editorial",
            "One editorial unit of the programme.",
            _field("role", "string", "Function of the unit", enum=_ROLES),
            _field("summary", "string", "One-sentence summary"),
        ),
    ),
    Preset(
        "person-of-focus",
        "Person of Focus",
        "When one person fills the picture",
        _definition(
            "person_focus",
            "A stretch in which one person is clearly the focus of the picture.",
            _field("person", "string", "Name or a short description"),
            _field("activity", "string", "What the person does"),
            _field("screen_position", "string", "Place in the frame", enum=_POSITIONS),
            _field("speaking", "boolean", "True if the person speaks"),
        ),
    ),
    Preset(
        "write-my-own",
        "Write My Own",
        "Start from an empty definition",
        _definition("segment", ""),
    ),
)


def preset(name: str) -> Preset:
    """The preset of that name, its definitions a copy to be changed at will; `KeyError` if there is none."""
    found = next((entry for entry in PRESETS if entry.name == name), None)
    if found is None:
        raise KeyError(name)
    return Preset(found.name, found.title, found.hint, copy.deepcopy(found.definitions))
