"""What is said and by whom, from subtitles or speech."""

from __future__ import annotations

from collections import Counter

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.language import like_a_name, rarity, stems
from segments.core.engines.local.measures import most_common, texts, words
from segments.core.engines.local.segmenters.speaker_turn import speaker_name
from segments.core.evidence.model import Evidence, Word

_SURE = {"subtitles": 0.9, "upload": 0.9}
_FROM = {"subtitles": "subtitle track", "upload": "added subtitles", "speech": "recognised speech"}


def _confidence(lines: list[Word]) -> float:
    return min((_SURE.get(line.source, 0.7 * (line.confidence or 0.8)) for line in lines), default=0.5)


def transcript(asked: Asked) -> Value | None:
    lines = words(asked.evidence, asked.span)
    if not lines:
        return None
    said = " ".join(line.text.strip() for line in lines)
    return Value(said, f"From the {_FROM[lines[0].source]}.", _confidence(lines), {"lines": len(lines)})


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
    """The name in the subtitles or in a lower third; else the number of the voice."""
    return _subtitled(asked) or _voice(asked) or shown_name(asked)


def name(asked: Asked) -> Value | None:
    """Only a name that is written."""
    return _subtitled(asked) or shown_name(asked)


def _subtitled(asked: Asked) -> Value | None:
    names = [name for line in words(asked.evidence, asked.span) if (name := speaker_name(line))]
    found = most_common(names)
    return Value(found[0], "Named by the subtitles.", 0.85 * found[1]) if found else None


def _voice(asked: Asked) -> Value | None:
    time: dict[int, float] = {}
    for voice in asked.evidence.voices or ():
        shared = max(0.0, min(voice.end, asked.span.end) - max(voice.start, asked.span.start))
        time[voice.number] = time.get(voice.number, 0.0) + shared
    number, longest = max(time.items(), key=lambda entry: (entry[1], -entry[0]), default=(0, 0.0))
    if longest < 0.5 * max(0.5, sum(time.values())):
        return None
    named: dict[int, str] = asked.evidence.remember("names of voices", lambda: voice_names(asked.evidence))
    if number in named:
        return Value(named[number], "A name in a lower third while this voice speaks.", 0.65, {"voice": number})
    return Value(f"Speaker {number}", "Voices are numbered by their first words.", 0.6, {"voice": number})


def voice_names(evidence: Evidence) -> dict[int, str]:
    """Names by number of voice, where a name stands while only one voice speaks, and that voice has no other name."""
    found: dict[int, set[str]] = {}
    for text in evidence.texts or ():
        line = text.text.splitlines()[0].strip() if text.text.strip() else ""
        if text.role != "lower_third" or not like_a_name(line):
            continue
        heard = {v.number for v in evidence.voices or () if min(v.end, text.end) - max(v.start, text.start) > 0.5}
        if len(heard) == 1:
            found.setdefault(heard.pop(), set()).add(line)
    single = {number: names.pop() for number, names in found.items() if len(names) == 1}
    return {number: name for number, name in single.items() if list(single.values()).count(name) == 1}


def shown_name(asked: Asked) -> Value | None:
    """The first line of a lower third that reads like a name."""
    for text in texts(asked.evidence, asked.span):
        line = text.text.splitlines()[0].strip() if text.text.strip() else ""
        if text.role == "lower_third" and like_a_name(line):
            return Value(line, "A name in a lower third.", 0.6 * text.confidence)
    return None


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
        "name in subtitles or lower third, else number of the voice",
        frozenset({"string"}),
        frozenset({"words", "text", "sound"}),
        ((r"speakers?|voices?|who (?:speaks|talks|is (?:speaking|talking))", 1.1),),
        speaker,
    ),
    Filler(
        "name",
        "name in subtitles or lower third",
        frozenset({"string"}),
        frozenset({"words", "text"}),
        (
            (r"presenter|host|guest|name|person name|who is shown", 1.0),
            (r"name (?:of|if|or|shown)|(?:person|people) shown by name", 0.9),
        ),
        name,
    ),
)
