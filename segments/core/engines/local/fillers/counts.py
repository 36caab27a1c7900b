"""Numbers: how many, how loud, how bright, how long."""

from __future__ import annotations

import numpy as np

from segments.core.engines.local.entries import Asked, Cues, Fill, Filler, Value
from segments.core.engines.local.fillers.shown_text import shown
from segments.core.engines.local.measures import cuts, faces, loudness, mean, rows, words

_NUMBERS = frozenset({"integer", "number"})
_NUMBER = frozenset({"number"})


def people(asked: Asked) -> Value | None:
    """As many faces as are seen at once in a tenth of the looks, so that one false find does not count."""
    seen = faces(asked.evidence, asked.span)
    if not seen:
        return None
    counts = sorted(len(face.boxes) for face in seen)
    many = counts[min(len(counts) - 1, int(0.9 * (len(counts) - 1)))]
    return Value(many, "Faces seen at the same time.", 0.5, {"samples": len(seen)})


def cut_count(asked: Asked) -> Value | None:
    found = cuts(asked.evidence, asked.span)
    return None if found is None else Value(len(found), "Cuts and transitions inside.", 0.85)


def shot_count(asked: Asked) -> Value | None:
    found = cuts(asked.evidence, asked.span)
    return None if found is None else Value(len(found) + 1, "Cuts and transitions inside, plus one.", 0.85)


def line_count(asked: Asked) -> Value | None:
    if asked.evidence.texts is None:
        return None
    n = sum(len(text.text.splitlines()) for text in shown(asked))
    return Value(n, "Lines of text read from the picture.", 0.7)


def word_count(asked: Asked) -> Value | None:
    lines = words(asked.evidence, asked.span)
    return Value(sum(len(line.text.split()) for line in lines), "Words said.", 0.8) if lines else None


def words_per_minute(asked: Asked) -> Value | None:
    lines = words(asked.evidence, asked.span)
    if not lines:
        return None
    n = sum(len(line.text.split()) for line in lines)
    rate = round(60 * n / asked.span.length, 1)
    return Value(_rounded(asked, rate), "Words said, by the length of the segment.", 0.7)


def length(asked: Asked) -> Value | None:
    return Value(_rounded(asked, round(asked.span.length, 3)), "Length of the segment in seconds.", 1.0)


def loudness_level(asked: Asked) -> Value | None:
    levels = loudness(asked.evidence, asked.span)
    if levels is None:
        return None
    power = float(np.mean(10.0 ** (levels.astype(np.float64) / 10.0)))
    return Value(_rounded(asked, round(10.0 * float(np.log10(max(power, 1e-7))), 1)), "Mean loudness in LUFS.", 0.85)


def brightness(asked: Asked) -> Value | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    if where is None or looks is None:
        return None
    return Value(round(mean(looks.brightness, where), 3), "Mean brightness, 0 black to 1 white.", 0.9)


def movement(asked: Asked) -> Value | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    if where is None or looks is None:
        return None
    return Value(round(mean(looks.motion, where), 4), "Mean change from picture to picture, 0 to 1.", 0.8)


def _rounded(asked: Asked, value: float) -> float | int:
    return round(value) if asked.spec.type == "integer" else value


def _entry(name: str, title: str, needs: str, cues: Cues, *, fill: Fill, types: frozenset[str] = _NUMBERS) -> Filler:
    return Filler(name, title, types, frozenset(needs.split()), cues, fill)


FILLERS = (
    _entry(
        "people_count",
        "number of faces",
        "faces",
        (
            (
                r"(?:number|count|amount) of (?:visible )?(?:people|persons|faces)|how many (?:people|persons|faces)",
                1.3,
            ),
            (r"(?:people|person|face)s? count|people|faces|persons", 0.8),
        ),
        fill=people,
    ),
    _entry("cut_count", "number of cuts", "pictures", ((r"cuts?|transitions?|edits?", 0.9),), fill=cut_count),
    _entry("shot_count", "number of shots", "pictures", ((r"shots?|camera takes?", 0.9),), fill=shot_count),
    _entry("line_count", "lines of text", "text", ((r"(?:text )?lines|lines of text", 0.9),), fill=line_count),
    _entry("word_count", "words said", "words", ((r"words?(?: count)?", 0.8),), fill=word_count),
    _entry(
        "words_per_minute",
        "words per minute",
        "words",
        ((r"words per minute|speech rate|wpm", 1.4),),
        fill=words_per_minute,
    ),
    _entry("length", "length in seconds", "", ((r"durations?|lengths?|how long|seconds long", 1.0),), fill=length),
    _entry("loudness", "loudness", "sound", ((r"loudness|loud|volume|lufs|sound level", 1.0),), fill=loudness_level),
    _entry(
        "brightness",
        "brightness",
        "pictures",
        ((r"brightness|luminance|exposure", 1.0),),
        fill=brightness,
        types=_NUMBER,
    ),
    _entry(
        "movement", "movement", "pictures", ((r"movement|motion|activity level", 0.9),), fill=movement, types=_NUMBER
    ),
)
