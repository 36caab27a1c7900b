"""What the two registries hold: segmenters (where are the boundaries) and fillers (what is the value)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from segments.core.definition import FieldSpec
from segments.core.engines.candidates import Candidate
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Regular expressions on `language.plain` text, each with how strongly it speaks for the entry (1 = clearly).
Cues = tuple[tuple[str, float], ...]
#: As `Filler.choices`: takes any list of choices.
ANY_CHOICE = ("*",)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates in any order; `notes` are sentences for people about what could not be looked at.

    `said` repeats the words of the description that chose among what there was.
    """

    candidates: list[Candidate]
    notes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Finds one kind of stretch. `description` is compared with what the user wrote when no cue speaks."""

    name: str
    title: str
    description: str
    needs: frozenset[str]
    cues: Cues
    find: Callable[[Evidence, str], Found]


@dataclass(frozen=True, slots=True)
class Asked:
    """One empty value: its field, the segment it is for, and all segments of the definition (for comparison).

    `memo` is shared by all segments of a definition, for what need not be worked out again for each.
    """

    spec: FieldSpec
    span: Span
    evidence: Evidence
    siblings: tuple[Span, ...] = ()
    memo: dict[str, object] = field(default_factory=dict)

    def remember(self, key: str, make: Callable[[], T]) -> T:
        if key not in self.memo:
            self.memo[key] = make()
        return cast(T, self.memo[key])


@dataclass(frozen=True, slots=True)
class Value:
    """A filled value. With choices (`enum`) the first of `meanings` that fits a choice is taken instead of `value`."""

    value: object
    because: str
    confidence: float
    numbers: Mapping[str, object] = field(default_factory=dict)
    meanings: tuple[str, ...] = ()


Fill = Callable[[Asked], Value | None]


@dataclass(frozen=True, slots=True)
class Filler:
    """Finds one kind of value.

    `types` are the field types it can give. `choices` are the words it can mean: a field with choices is only for a
    filler that can mean one of them, and a filler for `ANY_CHOICE` is only for fields with choices.
    """

    name: str
    title: str
    types: frozenset[str]
    needs: frozenset[str]
    cues: Cues
    fill: Fill
    choices: tuple[str, ...] = ()
