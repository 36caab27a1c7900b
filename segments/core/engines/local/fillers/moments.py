"""Points in time: the peak of a segment, or when something first appears."""

from __future__ import annotations

import numpy as np

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.measures import cuts, faces, loudness, moving_rows, sound_share, texts, words
from segments.core.engines.local.segmenters.highlight import excitement
from segments.core.timeline import Span

_TIME = frozenset({"timestamp"})


def peak(asked: Asked) -> Value | None:
    """The second in which loudness, movement and cutting together stand out most."""
    curve = asked.evidence.remember("excitement", lambda: excitement(asked.evidence))
    first = int(asked.span.start - asked.evidence.window.start)
    part = curve[first : max(first + 1, int(np.ceil(asked.span.end - asked.evidence.window.start)))]
    if len(part) < 2 or float(part.max()) < 0.5:
        return None
    tops = np.flatnonzero(part >= part.max() - 1e-9)  # a plateau peaks in its middle
    at = asked.evidence.window.start + first + int(tops[len(tops) // 2]) + 0.5
    at = min(max(at, asked.span.start), asked.span.end)
    confidence = min(0.6, 0.2 + 0.08 * float(part.max()))
    return Value(at, "Sound and movement are strongest here.", confidence, {"peak": round(float(part.max()), 2)})


def loudest(asked: Asked) -> Value | None:
    levels = loudness(asked.evidence, asked.span)
    if levels is None or asked.evidence.loudness is None or float(levels.max()) <= -69:
        return None
    at = asked.span.start + (int(levels.argmax()) + 0.5) * asked.evidence.loudness[1]
    return Value(min(at, asked.span.end), "The loudest moment.", 0.8, {"lufs": round(float(levels.max()), 1)})


def most_motion(asked: Asked) -> Value | None:
    where, looks = moving_rows(asked.evidence, asked.span), asked.evidence.looks
    if where is None or looks is None:
        return None
    row = where.start + int(looks.motion[where].argmax())
    return Value(float(looks.times[row]), "The picture changes most here.", 0.7)


def text_appears(asked: Asked) -> Value | None:
    starts = [text.start for text in texts(asked.evidence, asked.span)]
    return Value(max(asked.span.start, min(starts)), "The first text appears.", 0.8) if starts else None


def face_appears(asked: Asked) -> Value | None:
    seen = [face.time for face in faces(asked.evidence, asked.span) if face.boxes]
    return Value(seen[0], "The first face is seen.", 0.5) if seen else None


def speech_begins(asked: Asked) -> Value | None:
    if (sound_share(asked.evidence, asked.span, "speech") or 0.0) > 0:
        spans = [s for s in asked.evidence.sounds or () if s.kind == "speech"]
        first = next(s for s in spans if Span(s.start, s.end).overlap(asked.span) > 0)
        return Value(max(asked.span.start, first.start), "Speech begins.", 0.8 * first.confidence)
    lines = words(asked.evidence, asked.span)
    return Value(max(asked.span.start, lines[0].start), "The first line is said.", 0.7) if lines else None


def first_cut(asked: Asked) -> Value | None:
    found = cuts(asked.evidence, asked.span)
    return Value(found[0], "The first cut inside.", 0.85) if found else None


_BOTH = frozenset({"pictures", "sound"})
FILLERS = (
    Filler("loudest", "loudest moment", _TIME, frozenset({"sound"}), ((r"loud(?:est)?", 1.3),), loudest),
    Filler(
        "most_motion",
        "moment of most movement",
        _TIME,
        frozenset({"pictures"}),
        ((r"most (?:movement|motion)|fastest", 1.3),),
        most_motion,
    ),
    Filler(
        "text_appears",
        "when text appears",
        _TIME,
        frozenset({"text"}),
        ((r"(?:text|title|caption|slide)s? (?:first )?(?:appears?|is shown|comes)|first (?:text|title|caption)", 1.3),),
        text_appears,
    ),
    Filler(
        "face_appears",
        "when a face appears",
        _TIME,
        frozenset({"faces"}),
        ((r"(?:face|person|somebody|someone) (?:first )?(?:appears?|is (?:shown|seen))|first (?:face|person)", 1.3),),
        face_appears,
    ),
    Filler(
        "speech_begins",
        "when speech begins",
        _TIME,
        frozenset({"sound", "words"}),
        (
            (
                r"(?:speech|speaker|talk(?:ing)?|voice) (?:first )?(?:begins?|starts?)|starts? (?:speaking|talking)",
                1.3,
            ),
        ),
        speech_begins,
    ),
    Filler("first_cut", "first cut", _TIME, frozenset({"pictures"}), ((r"(?:first )?cut", 0.9),), first_cut),
    Filler(
        "peak",
        "peak of sound and movement",
        _TIME,
        _BOTH,
        (
            (
                r"peak|highlight|climax|decisive (?:instant|moment)|striking|exciting|dramatic|intense",
                1.1,
            ),
        ),
        peak,
    ),
)
