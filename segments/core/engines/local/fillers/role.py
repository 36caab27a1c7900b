"""The function of an editorial unit, where its place and shape leave little doubt."""

from __future__ import annotations

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.measures import sound_share, texts
from segments.core.engines.local.segmenters.dialogue import dialogues
from segments.core.engines.local.segmenters.editorial import is_break
from segments.core.timeline import Span

_TALK, _MUSIC = 0.35, 0.4
#: An opening and an end need something between them.
_PARTS = 3


def role(asked: Asked) -> Value | None:
    """By place, title, music, cutting and talk; None rather than a guess."""
    first = bool(asked.siblings) and asked.span == asked.siblings[0]
    last = len(asked.siblings) > 1 and asked.span == asked.siblings[-1]
    if _frames(asked):
        if first and len(asked.siblings) >= _PARTS:
            return _value("intro", "The first unit, short, with a title or music.", 0.75, "opening", "title")
        if last and len(asked.siblings) >= _PARTS:
            return _value("outro", "The last unit, short, with text or music.", 0.75, "closing", "credits", "end")
    if is_break(asked.evidence, asked.span, asked.siblings):
        return _value("ad_break", "It is cut far more quickly than the rest.", 0.7, "advertisement", "commercial", "ad")
    if _in_turn(asked):
        return _value("interview", "People are shown and heard in turn.", 0.65, "conversation", "discussion")
    talk = _share(asked, "speech")
    if len(asked.siblings) > 1 and talk >= _TALK:
        return _value("segment", "An inner unit with talk.", 0.55, "report", "story", "main", "content")
    return None


def _frames(asked: Asked) -> bool:
    """Short, with music or a title, and hardly any talk."""
    short = asked.span.length <= max(20.0, 0.15 * asked.evidence.window.length)
    written = [t for t in texts(asked.evidence, asked.span) if t.role not in ("caption", "lower_third", "scoreboard")]
    return short and (bool(written) or _share(asked, "music") >= _MUSIC) and _share(asked, "speech") < 0.5


def _in_turn(asked: Asked) -> bool:
    found: list[Span] = asked.remember("dialogues", lambda: dialogues(asked.evidence))
    return sum(span.overlap(asked.span) for span in found) >= 0.6 * asked.span.length


def _share(asked: Asked, kind: str) -> float:
    return sound_share(asked.evidence, asked.span, kind) or 0.0  # type: ignore[arg-type]


def _value(name: str, because: str, confidence: float, *others: str) -> Value:
    return Value(name, because, confidence, meanings=(name, *others))


FILLERS = (
    Filler(
        "role",
        "function of the unit",
        frozenset({"string"}),
        frozenset({"pictures", "sound", "faces", "text"}),
        ((r"(?:function|role|kind|type) of (?:the |this )?(?:unit|segment|part)|editorial (?:role|type)|role", 0.9),),
        role,
        (
            *("intro", "opening", "outro", "closing", "ad_break", "ad break", "advertisement", "commercial"),
            *("interview", "segment", "report", "story"),
        ),
    ),
)
