"""What an engine proposes before the hard guarantees are applied: stretches with the reasons for both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from segments.core.timeline import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a boundary or value is what it is: a sentence, how sure (0-1), and the numbers it rests on (JSON-ready)."""

    because: str
    confidence: float
    numbers: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {"because": self.because, "confidence": round(self.confidence, 3), **self.numbers}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed segment. `confidence` is that of the whole stretch, not of its ends."""

    start: float
    end: float
    start_reason: Reason
    end_reason: Reason
    confidence: float

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Boundary:
    """A time at which a too long segment may be split; the higher `strength` (0-1), the better the place."""

    time: float
    strength: float
    because: str
