"""Words: plain text for cues, stems for likeness, and ranking of short texts against each other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import snowballstemmer

from segments.core.engines.local.entries import Cues

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP_TEXT = """
a about above after again all also am an and any are as at be because been before being below between both but by
can could did do does doing down during each every few for from further had has have having he her here hers him his
how i if in into is it its itself just like me more most my no nor not now of off on once one only or other our out
over own same she should so some such than that the their theirs them then there these they this those through to
too under until up us very was we were what when where which while who whom why will with would you your yours it's
that's i'm we're don't can't let's okay yeah well
"""
_STOP = frozenset(_STOP_TEXT.split())
#: What descriptions are full of and what says nothing about the content of a video.
_FRAME_TEXT = """
stretch segment part video clip moment section piece time something someone anything each every start end begin
until show shown shows visible contain contains including includes
"""


def plain(text: str) -> str:
    """Lower case, words parted by single blanks: `camera_motion` and "Camera-motion!" read the same."""
    return " ".join(_WORD.findall(text.lower().replace("_", " ").replace("’", "'")))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def content_words(text: str) -> list[str]:
    """Lower-case words that carry meaning, in order."""
    words = (word.lower() for word in _WORD.findall(text.replace("_", " ")))
    return [word for word in words if word not in _STOP and (len(word) > 1 or word.isdigit())]


def stems(text: str) -> list[str]:
    return [stem(word) for word in content_words(text)]


def subject_stems(description: str) -> list[str]:
    """Stems of a description without the words that only frame it ("a stretch in which …")."""
    return [word for word in stems(description) if word not in _frame_stems()]


@cache
def _frame_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _FRAME_TEXT.split())


@lru_cache(maxsize=4_000)
def cue_score(text: str, cues: Cues) -> float:
    """How strongly the cues speak for a plain text: the best one counts in full, others a quarter.

    A cue among the first words names the thing itself ("Shots in which a person …") and counts more.
    """
    found = []
    for pattern, weight in cues:
        match = re.search(rf"\b(?:{pattern})\b", text)
        if match:
            early = text.count(" ", 0, match.start()) <= 3
            found.append(weight * (1.5 if early else 1.0))
    found.sort(reverse=True)
    return sum(found[:1]) + 0.25 * sum(found[1:4])


def like_a_name(line: str) -> bool:
    """Two to four capitalised words and nothing else."""
    parts = line.split()
    return 2 <= len(parts) <= 4 and all(part[0].isupper() and part.replace(".", "").isalpha() for part in parts)


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    shared = sum(weight * right[key] for key, weight in left.items() if key in right)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))


def rarity(documents: Iterable[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency of every stem."""
    sets = [set(document) for document in documents]
    seen = Counter(word for words in sets for word in words)
    return {word: math.log(1 + (len(sets) - n + 0.5) / (n + 0.5)) for word, n in seen.items()}


def bm25(query: Sequence[str], documents: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.6) -> list[float]:
    """Okapi score of each document for the query."""
    weights = rarity(documents)
    mean = sum(len(document) for document in documents) / max(1, len(documents)) or 1.0
    wanted = [word for word in dict.fromkeys(query) if word in weights]
    scores = []
    for document in documents:
        counts, damping = Counter(document), k1 * (1 - b + b * len(document) / mean)
        scores.append(sum(weights[w] * counts[w] * (k1 + 1) / (counts[w] + damping) for w in wanted if counts[w]))
    return scores
