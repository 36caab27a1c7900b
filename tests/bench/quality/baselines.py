"""What topics are compared with: equal parts, and TextTiling (Hearst 1997) on the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from segments.core.engines.local.language import cosine, stems
from segments.core.evidence.model import Evidence

_BLOCK = 3


def uniform(count: int, seconds: float) -> list[float]:
    """Boundaries of `count` equal parts: told the right number, it still knows no place."""
    return [seconds * n / count for n in range(1, count)]


def texttiling(evidence: Evidence) -> list[float]:
    """Gaps whose likeness of the blocks around lies deep enough between its neighbours."""
    units = _units(evidence)
    gaps = [_likeness(units[max(0, n - _BLOCK) : n], units[n : n + _BLOCK]) for n in range(1, len(units))]
    depths = [_depth(gaps, n) for n in range(len(gaps))]
    limit = float(np.mean(depths) - np.std(depths) / 2) if depths else 0.0
    return [units[n + 1][0] for n, depth in enumerate(depths) if depth > max(limit, 1e-6) and _is_peak(depths, n)]


def _units(evidence: Evidence) -> list[tuple[float, list[str]]]:
    parts = [(t.start, stems(t.text)) for t in evidence.texts or ()]
    parts += [(w.start, stems(w.text)) for w in evidence.words or ()]
    return sorted(part for part in parts if part[1])


def _likeness(left: Sequence[tuple[float, list[str]]], right: Sequence[tuple[float, list[str]]]) -> float:
    one, other = (Counter(word for _, words in part for word in words) for part in (left, right))
    return cosine(one, other)


def _depth(gaps: Sequence[float], n: int) -> float:
    left = right = n
    while left > 0 and gaps[left - 1] >= gaps[left]:
        left -= 1
    while right + 1 < len(gaps) and gaps[right + 1] >= gaps[right]:
        right += 1
    return gaps[left] + gaps[right] - 2 * gaps[n]


def _is_peak(depths: Sequence[float], n: int) -> bool:
    return depths[n] >= max(depths[max(0, n - 2) : n + 3])
