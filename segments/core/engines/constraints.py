"""The hard guarantees of every result, applied last: window, order, no overlap, durations, whole milliseconds.

All arithmetic is on integer milliseconds, so that touching segments stay touching and limits hold exactly.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from segments.core.engines.candidates import Boundary, Candidate, Reason
from segments.core.timeline import Span

#: How alike two neighbouring stretches are, 0-1; decides which neighbour a too short segment joins.
Likeness = Callable[[Span, Span], float]


@dataclass(frozen=True, slots=True)
class Durations:
    """Shortest and longest segment in milliseconds."""

    shortest: int = 1
    longest: int | None = None

    @classmethod
    def of(cls, shortest: float | None, longest: float | None) -> Durations:
        return cls(
            shortest=1 if shortest is None else max(1, round(shortest * 1000)),
            longest=None if longest is None else max(1, round(longest * 1000)),
        )

    def fits(self, length: int) -> bool:
        """Whether `length` can be cut into pieces that all keep the limits."""
        if length < self.shortest:
            return False
        return self.longest is None or length <= (length // self.shortest) * self.longest


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    start_reason: Reason
    end_reason: Reason
    confidence: float

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def span(self) -> Span:
        return Span(self.start / 1000, self.end / 1000)


def constrain(
    candidates: Iterable[Candidate],
    analysed: Sequence[Span],
    durations: Durations,
    boundaries: Sequence[Boundary] = (),
    likeness: Likeness = lambda _a, _b: 0.0,
) -> list[Candidate]:
    """Sorted candidates inside `analysed` (sorted, disjoint) that keep every limit; what cannot be kept is dropped."""
    wanted = sorted(candidates, key=lambda c: (c.start, c.end, -c.confidence))
    result: list[Candidate] = []
    for span in analysed:
        pieces = _without_overlap(_inside(wanted, span))
        pieces = _merge_short(pieces, durations.shortest, likeness)
        pieces = _widen_short(pieces, durations.shortest, _outer(span))
        for piece in pieces:
            result += [_candidate(part) for part in _split_long(piece, durations, boundaries)]
    return result


def _candidate(piece: _Piece) -> Candidate:
    span = piece.span
    return Candidate(span.start, span.end, piece.start_reason, piece.end_reason, piece.confidence)


def _outer(span: Span) -> tuple[int, int]:
    """The whole milliseconds inside a span (a hair of tolerance, as 0.1 is not exactly a hundred of them)."""
    return math.ceil(span.start * 1000 - 1e-6), math.floor(span.end * 1000 + 1e-6)


def _inside(candidates: Iterable[Candidate], span: Span) -> list[_Piece]:
    low, high = _outer(span)
    edge = Reason("The analysed part begins or ends here.", 1.0)
    pieces = []
    for candidate in candidates:
        start, end = round(candidate.start * 1000), round(candidate.end * 1000)
        piece = _Piece(
            max(low, start),
            min(high, end),
            edge if start < low else candidate.start_reason,
            edge if end > high else candidate.end_reason,
            candidate.confidence,
        )
        if piece.length > 0:
            pieces.append(piece)
    return pieces


def _without_overlap(pieces: Iterable[_Piece]) -> list[_Piece]:
    kept: list[_Piece] = []
    for piece in pieces:
        free = kept[-1].end if kept else piece.start
        if piece.start >= free:
            kept.append(piece)
        elif piece.end > free:
            kept.append(replace(piece, start=free, start_reason=Reason("The segment before ends here.", 0.5)))
    return kept


def _merge_short(pieces: Sequence[_Piece], shortest: int, likeness: Likeness) -> list[_Piece]:
    kept: list[_Piece] = []
    index = 0
    while index < len(pieces):
        piece, index = pieces[index], index + 1
        while piece.length < shortest:
            before = kept[-1] if kept and kept[-1].end == piece.start else None
            after = pieces[index] if index < len(pieces) and pieces[index].start == piece.end else None
            if before is None and after is None:
                break
            if _joins_before(piece, before, after, likeness):
                piece = _join(kept.pop(), piece)
            elif after is not None:
                piece, index = _join(piece, after), index + 1
        kept.append(piece)
    return kept


def _joins_before(piece: _Piece, before: _Piece | None, after: _Piece | None, likeness: Likeness) -> bool:
    if before is None or after is None:
        return before is not None
    return likeness(before.span, piece.span) >= likeness(piece.span, after.span)


def _join(first: _Piece, second: _Piece) -> _Piece:
    weight = first.length * first.confidence + second.length * second.confidence
    return _Piece(
        first.start, second.end, first.start_reason, second.end_reason, weight / (first.length + second.length)
    )


def _widen_short(pieces: Sequence[_Piece], shortest: int, bounds: tuple[int, int]) -> list[_Piece]:
    """Short ones that stand alone grow into the free time around them; without enough room they go."""
    kept: list[_Piece] = []
    for index, piece in enumerate(pieces):
        low = kept[-1].end if kept else bounds[0]
        high = pieces[index + 1].start if index + 1 < len(pieces) else bounds[1]
        if piece.length >= shortest:
            kept.append(piece)
        elif high - low >= shortest:
            start = min(max(low, piece.start - (shortest - piece.length) // 2), high - shortest)
            why = Reason("Widened to the shortest length that was asked for.", 0.3)
            kept.append(_Piece(start, start + shortest, why, why, piece.confidence * 0.8))
    return kept


def _split_long(piece: _Piece, durations: Durations, boundaries: Sequence[Boundary]) -> list[_Piece]:
    longest = durations.longest
    if longest is None or piece.length <= longest:
        return [piece]
    if not durations.fits(piece.length):
        end = piece.start + (piece.length // durations.shortest) * longest
        piece = replace(piece, end=end, end_reason=_cut_reason("No allowed length covers the rest.", 0.2))
    done: list[_Piece] = []
    waiting = [piece]
    while waiting:
        part = waiting.pop()
        if part.length <= longest:
            done.append(part)
            continue
        at, reason = _best_cut(part, durations, boundaries)
        waiting.append(replace(part, start=at, start_reason=reason))
        waiting.append(replace(part, end=at, end_reason=reason))
    return done


def _best_cut(piece: _Piece, durations: Durations, boundaries: Sequence[Boundary]) -> tuple[int, Reason]:
    """The strongest boundary that leaves two sides which still can keep the limits; else equal parts."""
    first = bisect_right(boundaries, piece.start / 1000, key=lambda b: b.time)
    last = bisect_left(boundaries, piece.end / 1000, key=lambda b: b.time)
    middle = (piece.start + piece.end) / 2
    sliver = (durations.longest or 0) // 4
    usable = [
        (boundary.strength, -abs(at - middle), at, boundary.because)
        for boundary in boundaries[first:last]
        for at in [round(boundary.time * 1000)]
        if min(at - piece.start, piece.end - at) >= sliver
        and durations.fits(at - piece.start)
        and durations.fits(piece.end - at)
    ]
    if usable:
        strength, _, at, because = max(usable)
        return at, _cut_reason(because, 0.3 + 0.5 * strength)
    parts = -(-piece.length // (durations.longest or piece.length))
    return piece.start + piece.length // parts, _cut_reason("Nothing changes here: cut into equal parts.", 0.2)


def _cut_reason(because: str, confidence: float) -> Reason:
    return Reason(f"Split to keep the longest length that was asked for. {because}", confidence)
