"""The function of an editorial unit, where its place and shape leave little doubt."""

from __future__ import annotations

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.measures import cuts, faces, sound_share, texts

_BREAK_CUTS_PER_MINUTE = 18.0


def role(asked: Asked) -> Value | None:
    """Intro and outro by place, title and music; interview by faces and talk; else None rather than a guess."""
    first = bool(asked.siblings) and asked.span == asked.siblings[0]
    last = len(asked.siblings) > 1 and asked.span == asked.siblings[-1]
    short = asked.span.length <= max(20.0, 0.15 * asked.evidence.window.length)
    music = sound_share(asked.evidence, asked.span, "music") or 0.0
    speech = sound_share(asked.evidence, asked.span, "speech") or 0.0
    titled = any(text.role == "title" for text in texts(asked.evidence, asked.span))
    if first and short and len(asked.siblings) > 1 and (titled or music >= 0.4) and speech < 0.5:
        return _value("intro", "The first unit, short, with a title or music.", 0.65, "opening", "title")
    if last and short and (titled or music >= 0.4) and speech < 0.5:
        return _value("outro", "The last unit, short, with text or music.", 0.65, "closing", "credits", "end")
    if _quick(asked) and not first and not last and asked.span.length <= 240:
        return _value("ad_break", "An inner unit that is cut very quickly.", 0.45, "advertisement", "commercial", "ad")
    if speech >= 0.6 and _face_share(asked) >= 0.6:
        return _value("interview", "Faces and talk for most of the time.", 0.5, "conversation", "discussion")
    return None


def _value(name: str, because: str, confidence: float, *others: str) -> Value:
    return Value(name, because, confidence, meanings=(name, *others))


def _quick(asked: Asked) -> bool:
    found = cuts(asked.evidence, asked.span) or []
    minutes = asked.span.length / 60
    if minutes < 0.1:
        return False
    usual = len(cuts(asked.evidence, asked.evidence.window) or []) / (asked.evidence.window.length / 60)
    return len(found) / minutes >= max(_BREAK_CUTS_PER_MINUTE, 1.5 * usual)


def _face_share(asked: Asked) -> float:
    seen = faces(asked.evidence, asked.span)
    return sum(bool(face.boxes) for face in seen) / len(seen) if seen else 0.0


FILLERS = (
    Filler(
        "role",
        "function of the unit",
        frozenset({"string"}),
        frozenset({"pictures", "sound", "faces", "text"}),
        ((r"(?:function|role|kind|type) of (?:the |this )?(?:unit|segment|part)|editorial (?:role|type)|role", 0.9),),
        role,
        ("intro", "opening", "outro", "closing", "ad_break", "ad break", "advertisement", "commercial", "interview"),
    ),
)
