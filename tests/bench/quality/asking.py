"""What a written definition with its truth is: the request in words, the films it is for, the planted answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from segments.core.definition import SegmentDefinition, parse_definitions
from segments.core.timeline import Span
from tests.bench.quality.planning import Fact, Film

#: The value that a field must have for a planted fact; None where nothing measured can know it.
Expected = Callable[[Film, Fact], object]
Truth = Callable[[Film], Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A field with the truth about it. `near` is the tolerance of numbers and times."""

    wire: dict[str, object]
    expected: Expected
    near: float = 0.0

    @property
    def name(self) -> str:
        return str(self.wire["name"])

    @property
    def type(self) -> str:
        return "enum" if "enum" in self.wire else str(self.wire["type"])


@dataclass(frozen=True, slots=True)
class Written:
    """A definition as somebody would write it. `films` names those it is asked of."""

    id: str
    description: str
    films: tuple[str, ...]
    truth: Truth
    fields: tuple[Checked, ...] = ()

    @property
    def held_out(self) -> bool:
        """Decided by the name alone: half of all definitions are not looked at while the engine is tuned."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1

    def definition(self) -> SegmentDefinition:
        wire = [{"id": self.id, "description": self.description, "fields": [field.wire for field in self.fields]}]
        return parse_definitions(wire, duration=None, model_name="pegasus1.6")[0]


def free(key: str, films: str, description: str, truth: Truth) -> Written:
    return Written(key, description, tuple(films.split()), truth)


def kind(name: str, /, **values: object) -> Truth:
    """All facts of a kind with these values."""
    return lambda film: film.of(name, **values)


def text_with(part: str) -> Truth:
    return lambda film: [f for f in film.of("text") if part in str(f.get("text"))]


def shots(test: Callable[[Fact], bool]) -> Truth:
    return lambda film: [f for f in film.of("shot") if test(f)]


def none(_film: Film) -> list[Fact]:
    """Nothing of the kind is in the film: whatever is found is wrong."""
    return []


def sound_runs(kinds: Sequence[str], shortest: float, gap: float = 0.0) -> Truth:
    """Stretches of these kinds of sound together, joined over gaps up to `gap` seconds."""

    def truth(film: Film) -> list[Fact]:
        parts = sorted((f.start, f.end) for f in film.of("sound") if f.get("kind") in kinds)
        joined: list[tuple[float, float]] = []
        for start, end in parts:
            if joined and start - joined[-1][1] <= gap + 0.05:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return [Fact("sound", start, end) for start, end in joined if end - start >= shortest]

    return truth


def without(kinds: Sequence[str], shortest: float) -> Truth:
    """Stretches without any of these kinds of sound."""

    def truth(film: Film) -> list[Fact]:
        at, found = 0.0, []
        taken = sound_runs(kinds, 0.0)(film)
        for start, end in [*((f.start, f.end) for f in taken), (film.seconds, film.seconds)]:
            if start - at >= shortest:
                found.append(Fact("sound", at, start))
            at = max(at, end)
        return found

    return truth


def within(truth: Truth, start: float, end: float) -> Truth:
    """What lies between two times (negative: from the end), cut there."""

    def cut(film: Film) -> list[Fact]:
        low, high = (time + film.seconds if time < 0 else time for time in (start, end or film.seconds))
        parts = [Fact(f.kind, max(low, f.start), min(high, f.end), f.values) for f in truth(film)]
        return [part for part in parts if part.end - part.start > 0.05]

    return cut


def spans(facts: Sequence[Fact]) -> list[Span]:
    return [Span(f.start, f.end) for f in facts]
