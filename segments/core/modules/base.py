"""What every module is: evidence in, segments out. A module may build on others that ran before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from segments.core.evidence.model import Evidence
from segments.core.progress import Report


@dataclass(frozen=True, slots=True)
class ModuleSegment:
    """One stretch that a module found; seconds on the video's clock, `content` for people, `metadata` for programs."""

    start: float
    end: float
    content: str
    metadata: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    visible_text: str | None = None
    confidence: float | None = None
    #: What it was concluded from: (module, number of its segment); stored as ids under `evidence`.
    rests_on: tuple[tuple[str, int], ...] = ()


Group = Literal["scene", "visual", "audio", "reasoning", "custom"]


class Skipped(Exception):
    """Raised by `find` when the film has nothing that the module could look at; the text says what is missing."""


#: What the modules of this run found so far.
Earlier = Mapping[str, Sequence[ModuleSegment]]


class Module(Protocol):
    name: str
    title: str
    description: str
    group: Group
    depends_on: tuple[str, ...]

    def problems(self) -> list[str]:
        """Why this module cannot be started here now, in words; empty when it can."""
        ...

    def needs(self) -> frozenset[str]:
        """Names of the evidence (`collect.MODULES`) that it uses."""
        ...

    def find(self, evidence: Evidence, earlier: Earlier, report: Report) -> list[ModuleSegment]:
        """Segments in order of time, or Skipped. `earlier` holds what `depends_on` found."""
        ...
