"""How good is what was found: spans against spans, boundaries against boundaries, words against words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from segments.core.timeline import Span, union


def iou(a: Span, b: Span) -> float:
    shared = a.overlap(b)
    return shared / (a.length + b.length - shared) if shared > 0 else 0.0


def matches(found: Sequence[Span], true: Sequence[Span], least: float = 0.5) -> list[tuple[int, int]]:
    """Pairs (found, true) with at least that overlap, best first, each used once."""
    scored = sorted(((iou(f, t), -i, -j) for i, f in enumerate(found) for j, t in enumerate(true)), reverse=True)
    pairs: list[tuple[int, int]] = []
    for overlap, i, j in scored:
        if overlap >= least and all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return pairs


def f1(found: Sequence[Span], true: Sequence[Span], least: float = 0.5) -> float:
    """1 when both are empty: nothing was there and nothing was claimed."""
    if not found and not true:
        return 1.0
    return 2 * len(matches(found, true, least)) / (len(found) + len(true))


def strict_f1(found: Sequence[Span], true: Sequence[Span]) -> float:
    """Mean over overlaps from .5 to .95."""
    return float(np.mean([f1(found, true, least) for least in np.arange(0.5, 0.96, 0.05)]))


def time_iou(found: Sequence[Span], true: Sequence[Span]) -> float:
    """Shared time by time of either."""
    one, other = union(found), union(true)
    shared = sum(a.overlap(b) for a in one for b in other)
    either = sum(a.length for a in one) + sum(b.length for b in other) - shared
    return shared / either if either > 0 else 1.0


def turn_f1(found: Sequence[Span], true: Sequence[Span], near: float = 0.5) -> float:
    """Turns whose both ends lie within `near` seconds."""
    left, hits = list(true), 0
    for span in found:
        same = next((t for t in left if abs(t.start - span.start) <= near and abs(t.end - span.end) <= near), None)
        if same is not None:
            left.remove(same)
            hits += 1
    return 2 * hits / (len(found) + len(true)) if found or true else 1.0


def pk(found: Sequence[float], true: Sequence[float], seconds: float) -> float:
    """Share of probes, half a segment apart, on whose ends' unity the two disagree (Beeferman 1999). 0 is best."""
    mine, theirs, k = _numbered(found, true, seconds)
    return float(np.mean((mine[k:] == mine[:-k]) != (theirs[k:] == theirs[:-k])))


def window_diff(found: Sequence[float], true: Sequence[float], seconds: float) -> float:
    """Share of probes between whose ends the numbers of boundaries differ (Pevzner and Hearst 2002). 0 is best."""
    mine, theirs, k = _numbered(found, true, seconds)
    return float(np.mean((mine[k:] - mine[:-k]) != (theirs[k:] - theirs[:-k])))


def _numbered(found: Sequence[float], true: Sequence[float], seconds: float) -> tuple[np.ndarray, np.ndarray, int]:
    """Number of the segment at every tenth of a second, both ways, and the probe's length in tenths."""
    times = np.arange(0, seconds, 0.1)
    mine, theirs = (np.searchsorted(np.sort(np.asarray(edges, float)), times, "right") for edges in (found, true))
    return mine, theirs, max(1, round(len(times) / (len(true) + 1) / 2))


def word_recall(found: str, true: str) -> float:
    wanted, there = (Counter(text.lower().split()) for text in (true, found))
    return (wanted & there).total() / max(1, wanted.total())


def character_errors(found: str, true: str) -> int:
    """Fewest insertions, deletions and changes that turn one into the other."""
    row = list(range(len(true) + 1))
    for i, a in enumerate(found, 1):
        before, row = row, [i]
        for j, b in enumerate(true, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]
