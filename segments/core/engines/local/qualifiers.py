"""Which of the shots or scenes are meant: "shots of the rocket", "close-up shots", "scenes in the kitchen"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from segments.core.engines.candidates import Candidate
from segments.core.engines.local.language import plain, stem, subject_stems
from segments.core.engines.local.tags import document
from segments.core.evidence.model import Evidence

_HEAD = r"(?:shots?|scenes?|takes?)"
_AFTER = re.compile(
    rf"\b{_HEAD} (?:of|with|showing|featuring|containing|in which|where|when|that (?:show|contain)s?|in|at|on) (.+)"
)
_ABOUT = re.compile(
    r"\b(?:about|on|mention(?:s|ing)?|concerning|dealing with|with the words?|containing|titled|of) (?:the )?(.+)"
)
_BEFORE = re.compile(rf"^((?:\w+ ){{1,3}}){_HEAD}\b")
_NEUTRAL_TEXT = """
all every each any the distinct visual individual single main major separate different continuous new camera film films
movie movies uninterrupted unique short long consecutive one two same location place setting video programme program
identify find detect list mark cut between take shot scene first last next whole entire complete boundaries boundary
screen picture frame view clearly subject topic theme presentation lecture talk page story report about part programme
main colour color dominant mostly mainly
"""
_NEUTRAL = frozenset(stem(word) for word in _NEUTRAL_TEXT.split())
_FACES_TEXT = "face person people man woman close closeup wide medium presenter somebody"
_FACES = frozenset(stem(word) for word in _FACES_TEXT.split())
_ENOUGH = 0.5


def qualifier(text: str, segmenter: str) -> tuple[str, ...]:
    """Stems of what the stretches must have, from the first clause; empty when all of them are meant."""
    said = plain(re.split(r"[,.;:(]", text)[0])
    if segmenter in ("shot", "scene"):
        before, after = _BEFORE.search(said), _AFTER.search(said)
        words = f"{before[1] if before else ''} {after[1] if after else ''}"
    elif segmenter in ("topic", "slide"):
        about = _ABOUT.search(said)
        words = about[1] if about else ""
    else:
        return ()
    return tuple(dict.fromkeys(word for word in subject_stems(words) if word not in _NEUTRAL))


def what_is_meant(text: str) -> tuple[str, ...]:
    """Stems that say anything at all beyond words for stretches of a video."""
    return tuple(word for word in subject_stems(text) if word not in _NEUTRAL)


def needs(stems: Sequence[str]) -> frozenset[str]:
    """Reading text and words is needed to know; faces only if the qualifier is about people or framing."""
    if not stems:
        return frozenset()
    return frozenset({"pictures", "text", "words", "sound"} | ({"faces"} if _FACES.intersection(stems) else set()))


def fitting(candidates: Sequence[Candidate], stems: Sequence[str], evidence: Evidence) -> list[Candidate]:
    """Those that show, say or measure at least half of what is asked for."""
    if not stems:
        return list(candidates)
    return [c for c in candidates if _share(stems, set(document(evidence, c.span))) >= _ENOUGH]


def _share(stems: Sequence[str], paper: set[str]) -> float:
    return sum(word in paper for word in stems) / len(stems)
