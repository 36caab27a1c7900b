"""What is said and by whom, from subtitles or speech."""

from __future__ import annotations

from collections import Counter

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.language import rarity, stems
from segments.core.engines.local.measures import most_common, texts, words
from segments.core.engines.local.segmenters.speaker_turn import speaker_name
from segments.core.evidence.model import Word

_SURE = {"subtitles": 0.9}


def _confidence(lines: list[Word]) -> float:
    return min((_SURE.get(line.source, 0.6) for line in lines), default=0.5)


def transcript(asked: Asked) -> Value | None:
    lines = words(asked.evidence, asked.span)
    if not lines:
        return None
    said = " ".join(line.text.strip() for line in lines)
    return Value(said, f"From the {lines[0].source}.", _confidence(lines), {"lines": len(lines)})


def gist(asked: Asked) -> Value | None:
    """The line that shares the most rare words with the others."""
    lines = words(asked.evidence, asked.span)
    if not lines:
        return None
    papers = [stems(line.text) for line in lines]
    weights = rarity(papers)
    counts = Counter(word for paper in papers for word in set(paper))
    scores = [sum(weights[w] for w in set(paper) if counts[w] > 1) + 0.01 * len(set(paper)) for paper in papers]
    best = max(range(len(lines)), key=lambda index: (scores[index], -index))
    return Value(lines[best].text.strip(), "The most central line of what is said, word for word.", 0.5)


def speaker(asked: Asked) -> Value | None:
    """A name only where one is written: in the subtitles or in a lower third."""
    names = [name for line in words(asked.evidence, asked.span) if (name := speaker_name(line))]
    found = most_common(names)
    if found is not None:
        return Value(found[0], "Named by the subtitles.", 0.85 * found[1])
    return shown_name(asked)


def shown_name(asked: Asked) -> Value | None:
    """The first line of a lower third that reads like a name."""
    for text in texts(asked.evidence, asked.span):
        line = text.text.splitlines()[0].strip() if text.text.strip() else ""
        if text.role == "lower_third" and _like_a_name(line):
            return Value(line, "A name in a lower third.", 0.6 * text.confidence)
    return None


def _like_a_name(line: str) -> bool:
    parts = line.split()
    return 2 <= len(parts) <= 4 and all(part[0].isupper() and part.replace(".", "").isalpha() for part in parts)


_WORDS = frozenset({"words"})
FILLERS = (
    Filler(
        "transcript",
        "what is said",
        frozenset({"string"}),
        _WORDS,
        (
            (
                r"transcripts?|verbatim|quotes?|spoken (?:text|words)|what (?:the speaker|he|she|they) says?|dialogue?",
                1.1,
            ),
        ),
        transcript,
    ),
    Filler(
        "gist",
        "central line of what is said",
        frozenset({"string"}),
        _WORDS,
        ((r"gist|what is said|main (?:point|statement)|key (?:quote|sentence|statement)|said in one sentence", 1.2),),
        gist,
    ),
    Filler(
        "speaker",
        "name in subtitles or lower third",
        frozenset({"string"}),
        frozenset({"words", "text"}),
        (
            (
                r"speakers?|presenter|host|guest|name|person name|who (?:speaks|talks|is (?:speaking|talking|shown))",
                1.0,
            ),
            (r"name (?:of|if|or|shown)|(?:person|people|speaker) shown by name", 0.9),
        ),
        speaker,
    ),
)
