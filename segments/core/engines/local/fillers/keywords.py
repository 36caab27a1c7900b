"""Words and titles that set a segment apart from the others, and choices named by such words."""

from __future__ import annotations

from collections import Counter

from segments.core.engines.local.entries import ANY_CHOICE, Asked, Filler, Value
from segments.core.engines.local.fillers.shown_text import title as shown_title
from segments.core.engines.local.language import content_words, rarity, stem, stems
from segments.core.engines.local.measures import texts, words
from segments.core.timeline import Span

_COUNTS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def keywords(asked: Asked) -> Value | None:
    """Words that are frequent here and rare in the other segments, five unless the description says otherwise."""
    chosen = _ranked(asked)[: _how_many(asked.spec.description)]
    if not chosen:
        return None
    value: object = chosen if asked.spec.type == "array" else ", ".join(chosen)
    return Value(value, "Frequent here and rare elsewhere in what is said and shown.", 0.5)


def title(asked: Asked) -> Value | None:
    """The title on screen, else the words that set this stretch apart."""
    written = shown_title(asked)
    if written is not None:
        return written
    chosen = _ranked(asked, least=2)[:3]
    if not chosen:
        return None
    return Value(", ".join(chosen).capitalize(), "The words that set it apart; no title is written.", 0.35)


def listed(asked: Asked) -> Value | None:
    """The one choice whose words are said or shown, if that is only one or one far more often."""
    counts = Counter(stem(word) for word in _said_and_shown(asked, asked.span))
    scores = {choice: sum(counts[word] for word in set(stems(choice))) for choice in asked.spec.enum}
    ranked = sorted(scores, key=lambda choice: -scores[choice])
    if not ranked or not scores[ranked[0]]:
        return None
    if len(ranked) > 1 and scores[ranked[0]] < 2 * scores[ranked[1]]:
        return None
    return Value(ranked[0], f'"{ranked[0]}" is said or shown.', 0.4, {"times": scores[ranked[0]]}, (ranked[0],))


def _ranked(asked: Asked, least: int = 1) -> list[str]:
    """Words said or shown at least `least` times, the most telling first."""
    here = [word for word in _said_and_shown(asked, asked.span) if not word.isdigit()]
    weights = asked.remember("rarity of words", lambda: _rarity(asked))
    surface: dict[str, str] = {}
    for word in here:
        surface.setdefault(stem(word), word)
    counts = Counter(stem(word) for word in here)
    ranked = sorted(counts, key=lambda s: (-counts[s] * weights.get(s, 1.0), s))
    return [surface[s] for s in ranked if counts[s] >= least]


def _rarity(asked: Asked) -> dict[str, float]:
    return rarity([stem(word) for word in _said_and_shown(asked, span)] for span in asked.siblings or (asked.span,))


def _said_and_shown(asked: Asked, span: Span) -> list[str]:
    found = [word for line in words(asked.evidence, span) for word in content_words(line.text)]
    return found + [word for text in texts(asked.evidence, span) for word in content_words(text.text)]


def _how_many(description: str) -> int:
    for word in description.lower().split():
        if word in _COUNTS:
            return _COUNTS[word]
        if word.isdigit() and 1 <= int(word) <= 50:
            return int(word)
    return 5


_NEEDS = frozenset({"words", "text"})
FILLERS = (
    Filler(
        "title",
        "title on screen, else key words",
        frozenset({"string"}),
        _NEEDS,
        ((r"title|headline|heading", 1.0),),
        title,
    ),
    Filler(
        "keywords",
        "key words",
        frozenset({"array", "string"}),
        _NEEDS,
        ((r"key ?words?|key terms?|tags?|terms", 1.1), (r"topics?|subjects?", 0.7)),
        keywords,
    ),
    Filler(
        "listed",
        "choice named by what is said or shown",
        frozenset({"string"}),
        _NEEDS,
        ((r"topics?|subjects?|categor(?:y|ies)|theme|section|product|brand", 0.9),),
        listed,
        ANY_CHOICE,
    ),
)
