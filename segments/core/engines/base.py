"""What every engine is: evidence and definitions in, segments out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from segments.core.definition import SegmentDefinition
from segments.core.evidence.model import Evidence
from segments.core.general import GeneralRequest
from segments.core.progress import Report
from segments.core.request import RunRequest
from segments.core.timeline import Segment


@dataclass(frozen=True, slots=True)
class EngineResult:
    """Segments sorted by definition (request order) and start; `warnings` are sentences for people."""

    segments: tuple[Segment, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a prompt is answered with: text, or JSON as text where a schema was given; `warnings` as above."""

    text: str
    warnings: tuple[str, ...] = ()


class Answerer(Protocol):
    """Answers prompts about a film."""

    def needs(self, request: GeneralRequest) -> frozenset[str]:
        """Names of the evidence modules (`collect.MODULES`) that an answer uses."""
        ...

    def answer(self, request: GeneralRequest, evidence: Evidence, report: Report) -> Answer:
        """Deterministic; may raise `Cancelled` through `report`."""
        ...


class Engine(Protocol):
    """Built-ins are listed in `registry.py`; others come by the entry point group `segments.engines`."""

    name: str
    title: str

    def problems(self) -> list[str]:
        """Why this engine cannot run here now, in words; empty when it can."""
        ...

    def needs(self, request: RunRequest) -> frozenset[str]:
        """Names of the evidence modules (`collect.MODULES`) that this request uses."""
        ...

    def warnings(self, definitions: Sequence[SegmentDefinition]) -> list[str]:
        """What this engine will not be able to fill, said before the run."""
        ...

    def segment(self, request: RunRequest, evidence: Evidence, report: Report) -> EngineResult:
        """Resolve every definition. Deterministic; may raise `Cancelled` through `report`."""
        ...
