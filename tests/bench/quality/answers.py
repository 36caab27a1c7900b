"""The engine asked for a written definition on a measured film, held against the truth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from segments.core.engines.registry import load
from segments.core.evidence.model import Evidence
from segments.core.progress import silent
from segments.core.request import RunRequest
from segments.core.timeline import Segment, Span
from tests.bench.quality import scoring
from tests.bench.quality.asking import Checked, Written, spans
from tests.bench.quality.measured import Measured
from tests.bench.quality.planning import Fact, Film
from tests.bench.quality.templates import OneOf, Words


@dataclass(frozen=True, slots=True)
class Answer:
    """One definition on one film."""

    asked: Written
    film: Film
    segments: tuple[Segment, ...]
    truth: tuple[Fact, ...]
    warnings: tuple[str, ...] = ()

    @property
    def found(self) -> list[Span]:
        return [Span(segment.start, segment.end) for segment in self.segments]

    @property
    def true(self) -> list[Span]:
        return spans(self.truth)

    @property
    def f1(self) -> float:
        return scoring.f1(self.found, self.true)

    @property
    def strict(self) -> float:
        return scoring.strict_f1(self.found, self.true)

    def pairs(self) -> list[tuple[int, int]]:
        return scoring.matches(self.found, self.true)


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """A value on a segment that matches a planted one. `expected` None: nothing measured can know it."""

    where: str
    type: str
    found: object
    expected: object
    right: bool
    confidence: float


def ask(asked: Written, evidence: Evidence) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    result = load("local").segment(RunRequest((asked.definition(),)), evidence, silent)
    return result.segments, result.warnings


def answers(written: Iterable[Written], films: Mapping[str, list[Measured]]) -> list[Answer]:
    """Every definition on every variant of its films that was measured."""
    found = []
    for asked in written:
        for name in asked.films:
            for measured in films.get(name, []):
                segments, warnings = ask(asked, measured.evidence)
                truth = tuple(sorted(asked.truth(measured.film), key=lambda f: (f.start, f.end)))
                found.append(Answer(asked, measured.film, segments, truth, warnings))
    return found


def field_answers(answer: Answer) -> Iterator[FieldAnswer]:
    pairs = answer.pairs()
    for field in answer.asked.fields:
        truth = {i: field.expected(answer.film, answer.truth[j]) for i, j in pairs}
        found = {i: answer.segments[i].fields.get(field.name) for i, _ in pairs}
        if field.name == "speaker":
            truth = _as_labels(truth, found)
        for i, expected in truth.items():
            if expected is Ellipsis:
                continue
            where = f"{answer.asked.id}.{field.name} {answer.film.name} {answer.segments[i].start:.1f}"
            right = _right(field, found[i], expected)
            yield FieldAnswer(where, field.type, found[i], expected, right, _sure(answer.segments[i], field.name))


def _sure(segment: Segment, name: str) -> float:
    reasons = cast(Mapping[str, Mapping[str, float]], segment.reasons.get("fields", {}))
    return float(reasons.get(name, {}).get("confidence", 0.0))


def _as_labels(voices: Mapping[int, object], found: Mapping[int, object]) -> dict[int, object]:
    """Names of voices are ours; each becomes the label that the engine gives it most often, one voice per label."""
    counts: dict[tuple[object, object], int] = {}
    for i, voice in voices.items():
        if found[i] is not None:
            counts[voice, found[i]] = counts.get((voice, found[i]), 0) + 1
    labels: dict[object, object] = {}
    for voice, label in sorted(counts, key=lambda pair: (-counts[pair], str(pair))):
        if voice not in labels and label not in labels.values():
            labels[voice] = label
    return {i: labels.get(voice, voice) for i, voice in voices.items()}


def _right(field: Checked, found: object, expected: object) -> bool:
    if found is None or expected is None:
        return False
    if isinstance(expected, Words):
        return isinstance(found, list) and bool(found) and all(str(word).lower() in expected for word in found)
    if isinstance(expected, OneOf):
        return _plain(found) in {_plain(each) for each in expected}
    if isinstance(expected, bool):
        return found is expected
    if isinstance(expected, int | float):
        return isinstance(found, int | float) and abs(found - expected) <= field.near + 1e-9
    if isinstance(expected, list):
        return isinstance(found, list) and [_plain(each) for each in found] == [_plain(each) for each in expected]
    return _plain(found) == _plain(expected)


def _plain(value: object) -> str:
    return re.sub(r"\s*[-–]\s*", "-", " ".join(str(value).lower().split()))
