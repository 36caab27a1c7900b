"""Splits a row of word lists where the vocabulary changes, as a whole and not gap by gap.

The split with the least cost is taken, where a part costs what it takes to spell its words with its own (smoothed)
frequencies, and each part costs the logarithm of the length on top: the probabilistic model of Utiyama and Isahara
(2001). It needs no threshold, and fits slides with few words as well as hours of talk.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence


def best_split(papers: Sequence[Sequence[str]], price: float = 1.0) -> list[tuple[int, float]]:
    """Indices of papers that begin a new part (never 0), each with what joining its two parts would cost (≥ 0).

    Time grows with the square of the number of papers: give some hundred, not thousands.
    """
    if len(papers) < 2:
        return []
    total = sum(len(paper) for paper in papers)
    vocabulary = len({word for paper in papers for word in paper})
    toll = price * math.log(max(2, total))
    begins = _cheapest(papers, vocabulary, toll)
    edges = [*begins, len(papers)]
    gains = []
    for left, here, right in zip([0, *begins], begins, edges[1:], strict=False):
        apart = _cost(papers[left:here], vocabulary) + _cost(papers[here:right], vocabulary)
        gains.append((here, max(0.0, _cost(papers[left:right], vocabulary) - apart - toll)))
    return gains


def _cheapest(papers: Sequence[Sequence[str]], vocabulary: int, toll: float) -> list[int]:
    """Shortest path over all splits; parts grow backwards from each end, so that counts are only ever added to."""
    best = [0.0] + [math.inf] * len(papers)
    came_from = [0] * (len(papers) + 1)
    steps = [(n + 1) * math.log(n + 2) - n * math.log(n + 1) for n in range(sum(map(len, papers)) + 1)]
    for end in range(1, len(papers) + 1):
        counts: dict[str, int] = {}
        size, spelled = 0, 0.0
        for start in range(end - 1, -1, -1):
            for word in papers[start]:
                n = counts.get(word, 0)
                spelled += steps[n]
                counts[word] = n + 1
            size += len(papers[start])
            cost = best[start] + size * math.log(size + vocabulary) - spelled + toll
            if cost < best[end] - 1e-9:
                best[end], came_from[end] = cost, start
    return _path(came_from)


def _path(came_from: Sequence[int]) -> list[int]:
    begins: list[int] = []
    at = came_from[-1]
    while at > 0:
        begins.append(at)
        at = came_from[at]
    return begins[::-1]


def _cost(papers: Sequence[Sequence[str]], vocabulary: int) -> float:
    counts = Counter(word for paper in papers for word in paper)
    size = counts.total()
    return size * math.log(size + vocabulary) - sum(n * math.log(n + 1) for n in counts.values())
