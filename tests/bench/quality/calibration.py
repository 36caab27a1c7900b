"""Does a confidence mean what it says? Of all that is claimed with .8, about 80 % should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from tests.bench.quality.answers import Answer, field_answers
from tests.bench.quality.report import Row

_EDGES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something claimed with a confidence, by which part of the engine, and whether it was right."""

    by: str
    confidence: float
    right: bool


def segment_claims(found: Iterable[Answer]) -> list[Claim]:
    """A segment is right when it matches a planted one."""
    claims = []
    for answer in found:
        matched = {i for i, _ in answer.pairs()}
        claims += [
            Claim(_segmenter(answer, i), segment.confidence, i in matched) for i, segment in enumerate(answer.segments)
        ]
    return claims


def _segmenter(answer: Answer, index: int) -> str:
    understood = answer.segments[index].reasons.get("understood", {})
    return str(understood.get("segmenter")) if isinstance(understood, dict) else ""


def value_claims(found: Iterable[Answer]) -> list[Claim]:
    every = [value for answer in found for value in field_answers(answer)]
    return [
        Claim(v.where.split()[0], v.confidence, v.right)
        for v in every
        if v.found is not None and v.expected is not None
    ]


def rows(name: str, claims: Sequence[Claim]) -> list[Row]:
    """How far claimed and real shares lie apart, and each bin of the reliability table in the note."""
    bins = []
    error = 0.0
    for low, high in pairwise(_EDGES):
        inside = [c for c in claims if low <= c.confidence < high]
        if inside:
            said, real = fmean(c.confidence for c in inside), fmean(c.right for c in inside)
            error += abs(said - real) * len(inside) / len(claims)
            bins.append(f"said {said:.2f} right {real:.2f} ({len(inside)})")
    return [
        Row(f"confidence of {name}", "expected calibration error", error, 0.10, at_least=False, note="; ".join(bins))
    ]
