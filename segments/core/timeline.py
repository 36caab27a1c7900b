"""Interval maths on seconds. Nothing here knows what a segment means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time `[start, end)` in seconds on the video's own clock (0 = first picture)."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not self.start <= self.end:
            raise ValueError(f"a span ends before it starts: {self.start}..{self.end}")

    @property
    def length(self) -> float:
        return self.end - self.start

    def overlap(self, other: Span) -> float:
        """Seconds that both share; 0 when they only touch."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Segment:
    """One result: a labelled stretch with typed values and the reasons for both.

    `fields` maps each declared field name to its JSON-ready value, None where it could not be determined. Times in it
    are seconds on the video's clock: a `timestamp` is a number, the events of a `time_array` carry `start_time` and
    `end_time`; `request.result_json` writes them in the format that was asked for.
    `reasons` is JSON-ready: {"start": {...}, "end": {...}, "fields": {name: {...}}}, each entry with a
    `because` sentence, a `confidence` 0-1 and the numbers it rests on. An engine may add `understood`: what it took the
    description to mean.
    """

    definition_id: str
    start: float
    end: float
    fields: Mapping[str, object] = field(default_factory=dict)
    confidence: float = 0.0
    reasons: Mapping[str, object] = field(default_factory=dict)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time with overlapping and touching spans joined, sorted."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def clip(spans: Iterable[Span], window: Span) -> list[Span]:
    """The parts of `spans` inside `window`, empty ones left out."""
    parts = (Span(max(s.start, window.start), min(s.end, window.end)) for s in spans if s.overlap(window) > 0)
    return [part for part in parts if part.length > 0]


def gaps(spans: Iterable[Span], window: Span) -> list[Span]:
    """The parts of `window` that no span covers, in order."""
    free: list[Span] = []
    at = window.start
    for span in union(clip(spans, window)):
        if span.start > at:
            free.append(Span(at, span.start))
        at = span.end
    return [*free, Span(at, window.end)] if at < window.end else free


class Timed(Protocol):
    @property
    def start(self) -> float: ...

    @property
    def end(self) -> float: ...


T = TypeVar("T", bound=Timed)


class Lookup(Generic[T]):
    """Things with a start and an end in seconds, which may overlap: found by time without a walk through all."""

    def __init__(self, things: Iterable[T]) -> None:
        self._things = sorted(things, key=lambda thing: thing.start)
        self._starts = [thing.start for thing in self._things]
        self._reached = list(accumulate((thing.end for thing in self._things), max))

    def touching(self, low: float, high: float) -> list[T]:
        """All that end at or after `low` and start at or before `high`; those of equal start in the order given."""
        first, last = bisect_left(self._reached, low), bisect_right(self._starts, high)
        return [thing for thing in self._things[first:last] if thing.end >= low]
