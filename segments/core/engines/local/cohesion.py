"""Splits a row of word lists where the vocabulary changes, as a whole and not gap by gap.

First the split with the least cost, where a part costs what it takes to spell its words with its own (smoothed)
frequencies and a toll on top: the probabilistic model of Utiyama and Isahara (2001). Where nothing changes it likes
small parts too much, so each boundary must then prove itself: no shuffling of what is around it may give a better one.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Papers = Sequence[Sequence[str]]

_SHUFFLES = 40


@dataclass(frozen=True, slots=True)
class Change:
    """`index` is the first paper of the new part; `clearness` how much better it is than the best by chance (≥ 1)."""

    index: int
    clearness: float


def changes(papers: Papers, price: float = 1.15) -> list[Change]:
    """Where the vocabulary changes, in order. Deterministic.

    Time grows with the square of the number of papers: give some hundred, not thousands.
    """
    if len(papers) < 2:
        return []
    vocabulary = len({word for paper in papers for word in paper})
    toll = price * math.log(max(2, sum(len(paper) for paper in papers)))
    edges = [0, *_cheapest(papers, vocabulary, toll), len(papers)]
    proven: dict[tuple[int, int, int], float] = {}
    while len(edges) > 2:
        places = list(zip(edges, edges[1:], edges[2:], strict=False))
        for place in places:
            if place not in proven:
                proven[place] = _clearness(papers, place, vocabulary)
        weakest = min(places, key=lambda place: (proven[place], place))
        if proven[weakest] >= 1.0:
            return [Change(place[1], proven[place]) for place in places]
        edges.remove(weakest[1])
    return []


def _cheapest(papers: Papers, vocabulary: int, toll: float) -> list[int]:
    """Shortest path over all splits; parts grow backwards from each end, so that counts are only ever added to."""
    best = [0.0] + [math.inf] * len(papers)
    came_from = [0] * (len(papers) + 1)
    steps = [_spelled(n + 1) - _spelled(n) for n in range(sum(len(paper) for paper in papers) + 1)]
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


def _clearness(papers: Papers, place: tuple[int, int, int], vocabulary: int) -> float:
    """Gain of the boundary in the middle by the best gain of any boundary in shuffled order; ties count for it."""
    first, middle, last = place
    around = [list(paper) for paper in papers[first:last]]
    gain = _gains(around, vocabulary)[middle - first - 1]
    chance = random.Random(7)  # noqa: S311  always the same shuffles: results must not change from run to run
    luckiest = 0.0
    for _ in range(_SHUFFLES):
        chance.shuffle(around)
        luckiest = max(luckiest, *_gains(around, vocabulary))
    return (gain + 1e-6) / max(luckiest, 1e-6)


def _gains(papers: Papers, vocabulary: int) -> list[float]:
    """What a boundary before each paper but the first saves, without the toll."""
    right = Counter(word for paper in papers for word in paper)
    left: Counter[str] = Counter()
    size, passed = right.total(), 0
    spelled_left, spelled_right = 0.0, sum(_spelled(n) for n in right.values())
    whole = size * math.log(size + vocabulary) - spelled_right
    gains = []
    for paper in papers[:-1]:
        for word in paper:
            spelled_right += _spelled(right[word] - 1) - _spelled(right[word])
            spelled_left += _spelled(left[word] + 1) - _spelled(left[word])
            right[word] -= 1
            left[word] += 1
        passed += len(paper)
        apart = passed * math.log(passed + vocabulary) + (size - passed) * math.log(size - passed + vocabulary)
        gains.append(whole - apart + spelled_left + spelled_right)
    return gains


def _spelled(n: int) -> float:
    return n * math.log(n + 1)
