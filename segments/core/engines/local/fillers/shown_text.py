"""What is written on screen: the text, its title line, its role, and numbers, prices or dates in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.language import like_a_name, plain
from segments.core.engines.local.measures import texts
from segments.core.engines.local.patterns import ADDRESS, DATE, PRICE, SCORE
from segments.core.engines.local.segmenters.on_screen_text import standing_marks
from segments.core.evidence.model import TextSpan

_TEXT = frozenset({"text"})


def shown(asked: Asked) -> list[TextSpan]:
    """Texts of the segment in reading order, the same words once, standing marks only if there is nothing else."""
    found = texts(asked.evidence, asked.span)
    marks = standing_marks(asked.evidence)
    wanted = [text for text in found if text not in marks] or found
    ordered = sorted(wanted, key=lambda t: (round(t.start), round(t.box[1], 2), t.box[0]))
    unique = {plain(text.text): text for text in reversed(ordered)}
    return [text for text in ordered if unique[plain(text.text)] is text]


def _confidence(found: Sequence[TextSpan]) -> float:
    return sum(text.confidence for text in found) / len(found)


def full_text(asked: Asked) -> Value | None:
    found = shown(asked)
    if not found:
        return None
    lines = "\n".join(text.text for text in found)
    return Value(lines, "Read from the picture.", 0.95 * _confidence(found), {"lines": len(found)})


def lines(asked: Asked) -> Value | None:
    if asked.evidence.texts is None:
        return None
    found = shown(asked)
    confidence = 0.95 * _confidence(found) if found else 0.6
    parts = [line for text in found for line in text.text.splitlines() if line.strip()]
    return Value(parts, "Read from the picture.", confidence, {"lines": len(parts)})


#: Headings of about the same size and duration.
_AS_GOOD = 0.6
#: A line of this share of the picture height is no caption.
_LARGE = 0.09
_HEADS = ("title", "slide", "sign", "other")


def title(asked: Asked) -> Value | None:
    """First line of what is written largest and stands longest; captions and names are no titles."""
    written = [text for text in shown(asked) if _reads_like_words(text.text)]
    found = [text for text in written if text.role in _HEADS] or [text for text in written if _like_a_headline(text)]
    if not found:
        return None
    room = {id(t): _line_height(t) * min(t.end - t.start, 10.0) * (1 + (t.role == "title")) for t in found}
    most = max(room.values())
    best = next(t for t in found if room[id(t)] >= _AS_GOOD * most)  # of headings alike the first announces the rest
    line = best.text.strip().splitlines()[0].strip()
    return Value(line, "The largest and longest-standing line.", 0.7 * best.confidence, {"role": best.role})


def _like_a_headline(text: TextSpan) -> bool:
    """At the bottom of the picture: one that is no name, or letters too large for a caption."""
    if text.role == "caption":
        return _line_height(text) >= _LARGE
    return text.role == "lower_third" and not like_a_name(text.text.strip().split("\n")[0])


def _reads_like_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}", text.strip().split("\n")[0]) is not None


def _line_height(text: TextSpan) -> float:
    return text.box[3] / max(1, len(text.text.splitlines()))


_ROLES: dict[str, tuple[str, ...]] = {
    "title": ("title", "title card", "heading", "headline"),
    "lower_third": ("lower_third", "lower third", "name tag", "banner"),
    "caption": ("caption", "subtitle", "subtitles", "captions"),
    "slide": ("slide", "presentation"),
    "scoreboard": ("scoreboard", "score"),
    "sign": ("sign", "label"),
    "other": ("other",),
}


def kind(asked: Asked) -> Value | None:
    """The role of the text that takes the most room."""
    found = shown(asked)
    if not found:
        return None
    room: dict[str, float] = {}
    for text in found:
        room[text.role] = room.get(text.role, 0.0) + text.box[2] * text.box[3]
    role = max(room, key=lambda name: (room[name], name))
    words = (*_ROLES[role], "other")
    return Value(role, f"By its place and size it is a {plain(role)}.", 0.6, {"role": role}, words)


def _matching(pattern: str, what: str) -> Callable[[Asked], Value | None]:
    def fill(asked: Asked) -> Value | None:
        found = shown(asked)
        hits = [m.group().strip() for text in found for m in re.finditer(pattern, text.text, re.IGNORECASE)]
        unique = list(dict.fromkeys(hits))
        if asked.spec.type == "array":
            return Value(unique, f"{what} in the text on screen.", 0.7) if asked.evidence.texts is not None else None
        if not unique:
            return None
        value: object = unique[0]
        if asked.spec.type in ("number", "integer"):
            value = _as_number(unique[0], asked.spec.type)
        return Value(value, f"{what} in the text on screen.", 0.7 * _confidence(found))

    return fill


def _as_number(text: str, kind: str) -> object:
    digits = re.sub(r"[^\d.]", "", text.replace(",", "")).strip(".")
    try:
        number = float(digits)
    except ValueError:
        return None
    return int(number) if kind == "integer" and number.is_integer() else number


_TEXTS = frozenset({"string", "array"})

FILLERS = (
    Filler(
        "text",
        "text on screen",
        frozenset({"string"}),
        _TEXT,
        (
            (
                r"text as (?:written|shown)|on screen text|text on (?:the )?screen|(?:full|exact|readable) text",
                1.2,
            ),
            (r"text|transcribe the (?:text|slide)|what is written|wording", 0.9),
            (r"caption|subtitle|ocr", 0.7),
        ),
        full_text,
    ),
    Filler(
        "text_lines",
        "lines of text on screen",
        frozenset({"array"}),
        _TEXT,
        ((r"text|lines|bullets?|bullet points|written|captions?", 0.9),),
        lines,
    ),
    Filler(
        "text_kind",
        "role of the text",
        frozenset({"string"}),
        _TEXT,
        ((r"(?:role|kind|type) of (?:the )?text|text (?:role|kind|type)", 1.4),),
        kind,
        tuple(dict.fromkeys(word for words in _ROLES.values() for word in words)),
    ),
    Filler(
        "price",
        "price in the text",
        frozenset({"string", "array", "number"}),
        _TEXT,
        ((r"prices?|costs?", 1.1),),
        _matching(PRICE, "A price"),
    ),
    Filler("date", "date in the text", _TEXTS, _TEXT, ((r"dates?", 1.0),), _matching(DATE, "A date")),
    Filler(
        "score",
        "score in the text",
        _TEXTS,
        _TEXT,
        ((r"scores?|scoreline|standing", 1.0),),
        _matching(SCORE, "A score"),
    ),
    Filler(
        "address",
        "address in the text",
        _TEXTS,
        _TEXT,
        ((r"urls?|web ?(?:sites?|address(?:es)?)|e ?mail(?: address(?:es)?)?|links?", 1.1),),
        _matching(ADDRESS, "An address"),
    ),
)
