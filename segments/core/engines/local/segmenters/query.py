"""Everything else: shots are ranked by the words shown and said in them and by what was measured."""

from __future__ import annotations

from itertools import pairwise

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local import meaning
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import bm25, content_words, rarity, stem, subject_stems
from segments.core.engines.local.measures import texts, words
from segments.core.engines.local.tags import documents
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Share of the description's weight that a shot must hold to start a segment, and to carry one on.
_ENOUGH, _CARRY_ON = 0.5, 0.3
_LONGEST_PIECE = 10.0
#: Nearness in meaning that is worth as much as the words themselves.
_MEANS = 0.5


def find(evidence: Evidence, description: str) -> Found:
    pieces = _pieces(evidence)
    papers = documents(evidence, pieces)
    query = list(dict.fromkeys(subject_stems(description)))
    if not query:
        return Found([], ("The description holds no word that could be looked for.",))
    known = set().union(*papers) if papers else set()
    coverage = [max(both) for both in zip(_coverage(query, papers), _meant(evidence, pieces, description), strict=True)]
    strong = [share >= _ENOUGH for share in coverage]
    if not any(strong):
        missing = ", ".join(word for word in _words(description) if stem(word) not in known)
        return Found([], (_nothing(missing),))
    return Found(_grown(pieces, coverage, bm25(query, papers)))


def _pieces(evidence: Evidence) -> list[Span]:
    """Shots, long ones in equal parts, so that a find in an hour-long take has a place."""
    pieces: list[Span] = []
    for shot in evidence.shots():
        parts = max(1, round(shot.length / _LONGEST_PIECE))
        edges = [shot.start + shot.length * i / parts for i in range(parts)] + [shot.end]
        pieces += [Span(a, b) for a, b in pairwise(edges) if b > a]
    return pieces


def _coverage(query: list[str], papers: list[list[str]]) -> list[float]:
    """Share of the query found in each document; words that no document holds count in full, as they are missed."""
    weights = rarity(papers)
    missed = max(weights.values(), default=1.0)
    total = sum(weights.get(word, missed) for word in query)
    return [sum(weights[word] for word in query if word in set(paper)) / total for paper in papers]


def _meant(evidence: Evidence, pieces: list[Span], description: str) -> list[float]:
    """How near what is said and shown comes to the description in meaning, as shares; 0 without a model."""
    if not meaning.known():
        return [0.0] * len(pieces)
    return [_nearness(evidence, piece, description) for piece in pieces]


def _nearness(evidence: Evidence, piece: Span, description: str) -> float:
    said = " ".join(line.text for line in words(evidence, piece))
    shown = " ".join(dict.fromkeys(text.text for text in texts(evidence, piece)))
    near = max((meaning.likeness(description, content) for content in (said, shown) if content), default=0.0)
    return min(1.0, max(0.0, near / _MEANS * _ENOUGH))


def _grown(pieces: list[Span], coverage: list[float], scores: list[float]) -> list[Candidate]:
    """Pieces above the high mark, grown over neighbours above the low one."""
    found: list[Candidate] = []
    group: list[int] = []
    for index in [*range(len(pieces)), -1]:
        if index >= 0 and coverage[index] >= _CARRY_ON:
            group.append(index)
            continue
        if group and max(coverage[i] for i in group) >= _ENOUGH:
            found.append(_candidate(pieces, group, coverage, scores))
        group = []
    return found


def _candidate(pieces: list[Span], group: list[int], coverage: list[float], scores: list[float]) -> Candidate:
    best = max(coverage[i] for i in group)
    confidence = round(0.15 + 0.4 * best, 4)
    numbers = {"share_of_words": round(best, 3), "score": round(max(scores[i] for i in group), 3)}
    return Candidate(
        pieces[group[0]].start,
        pieces[group[-1]].end,
        Reason("What the description asks for is shown, said or measured from here.", confidence, numbers),
        Reason("It no longer is.", confidence, numbers),
        confidence,
    )


def _words(description: str) -> list[str]:
    return list(dict.fromkeys(content_words(description)))[:8]


def _nothing(missing: str) -> str:
    detail = f" Not found anywhere: {missing}." if missing else ""
    return (
        "This description was compared with the words shown and said and with what was measured; "
        f"no part fits well enough.{detail} What a picture means needs a vision-language model."
    )


SEGMENTER = Segmenter(
    name="query",
    title="search in words and measures",
    description="",
    needs=frozenset({"pictures", "text", "words", "sound"}),
    cues=(),
    find=find,
)
