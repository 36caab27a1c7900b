"""Splits a row of word lists where the vocabulary changes, as a whole and not gap by gap.

First the split with the least cost, where a part costs what it takes to spell its words with its own (smoothed)
frequencies and a toll on top: the probabilistic model of Utiyama and Isahara (2001). Where nothing changes it likes
small parts too much, so each boundary must then prove itself: no shuffling of what is around it may give a better one.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    around = _numbered(papers[first:last])
    order = list(range(len(around)))
    gain = float(_gains(around, order, vocabulary)[middle - first - 1])
    chance = random.Random(7)  # noqa: S311  always the same shuffles: results must not change from run to run
    luckiest = 0.0
    for _ in range(_SHUFFLES):
        chance.shuffle(order)
        luckiest = max(luckiest, float(_gains(around, order, vocabulary).max()))
    return (gain + 1e-6) / max(luckiest, 1e-6)


def _numbered(papers: Papers) -> list[NDArray[np.int64]]:
    numbers: dict[str, int] = {}
    return [np.array([numbers.setdefault(word, len(numbers)) for word in paper], np.int64) for paper in papers]


def _gains(papers: Sequence[NDArray[np.int64]], order: Sequence[int], vocabulary: int) -> NDArray[np.float64]:
    """What a boundary before each paper but the first, in this order, saves without the toll.

    A word that comes for the (k+1)th time out of n adds step k to what is spelled on the left of the boundary and
    takes step n-1-k from what is spelled on its right.
    """
    words = np.concatenate([papers[n] for n in order])
    passed = np.cumsum([len(papers[n]) for n in order])[:-1]
    counts = np.bincount(words)
    before = np.empty(len(words), np.int64)
    sorting = np.argsort(words, kind="stable")
    before[sorting] = np.arange(len(words)) - np.repeat(np.cumsum(counts) - counts, counts)
    steps = np.diff(_spelled_up_to(int(counts.max(initial=0))))
    left = np.concatenate([[0.0], np.cumsum(steps[before])])[passed]
    right = np.concatenate([[0.0], np.cumsum(steps[counts[words] - 1 - before])])[passed]
    whole, one, other = (n * np.log(n + vocabulary) for n in (np.array(len(words)), passed, len(words) - passed))
    return np.asarray(whole - one - other + left - right)


def _spelled_up_to(most: int) -> NDArray[np.float64]:
    counts = np.arange(most + 1)
    return np.asarray(counts * np.log(counts + 1))


def _spelled(n: int) -> float:
    return n * math.log(n + 1)
