"""Evidence stage: dissolves and wipes: one scene becomes another over a tenth of a second to two seconds.

For each moment and length the pictures at both ends, A and B, explain those between: in a dissolve each is a mixture
(1-α)A + αB with α growing; in a wipe each place shows either A or B, and ever more places show B.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.fades import EMPTY_CONTRAST
from segments.core.evidence.model import Transition, TransitionKind
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.similarity import block_changes, contrast, correlation, found_again, rows_changed

LENGTHS = (0.16, 0.24, 0.36, 0.52, 0.72, 0.96, 1.25, 1.6, 2.0)
GRID_SECONDS = 0.08
BLOCK = 4096
#: Mean difference (of 255) of the two ends.
LEAST_CHANGE = 9.0
#: A mixture so pure holds no movement. If it happens at all heights (a title that appears has one or two), neither
#: less change speaks against it (slides of one design), nor that parts of one end are found elsewhere in the other.
PURE_RESIDUE = 0.12
PURE_CHANGE = 3.5
PURE_ROWS = 4
#: α at a quarter, half and three quarters.
BANDS = ((0.05, 0.48), (0.27, 0.73), (0.52, 0.95))
MOST_RESIDUE = 0.45
MOST_BETWEEN = 0.3
LEAST_WIPE = 0.45
MOST_GAIN = 1.4
#: Over all pictures between, and more strictly where their contrast is not that of a mixture.
MOST_MEAN_RESIDUE = 0.33
MOST_PLAIN_RESIDUE = 0.2
CONTRAST_EXCESS = 0.1
#: No mixture has so much more contrast than its parts: something else was shown in between.
FOREIGN_EXCESS = 0.4
#: Two transitions closer than this are one.
APART = 0.05
#: Dissolves of a few pictures, hardly more than a cut: steps, seconds, least change, and by how much it stands out.
SHORT_STEPS = (2, 3)
SHORT_SECONDS = 0.34
SHORT_CHANGE = 18.0
SHORT_RATIO = 2.5
SAME_SCENE = 0.75
LEAST_BLOCKS = 0.5
BLOCK_CHANGE = 6.0
Floats = NDArray[np.float32]
Integers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidate:
    start: float
    end: float
    kind: TransitionKind
    score: float


def gradual(pictures: Pictures, taken: list[Transition]) -> list[Transition]:
    """Dissolves and wipes that touch none of `taken`, in time order."""
    seen = ~pictures.extra
    times, luma = pictures.times[seen], pictures.luma[seen]
    if len(times) < 5:
        return []
    small = halved(luma)
    candidates = [each for length in LENGTHS for each in _scan(small, times, length)]
    candidates += [each for steps in SHORT_STEPS for each in _scan_short(small, times, steps)]
    occupied = Occupied(taken)
    candidates = [each for each in candidates if not occupied.touches(each)]
    chosen: list[Transition] = []
    for each in sorted(candidates, key=lambda one: (-one.score, one.start)):
        if not occupied.touches(each) and _confirmed(each, luma, times):
            chosen.append(Transition(each.start, each.end, each.kind, round(min(1.0, each.score), 3)))
            occupied.add(chosen[-1])
    return sorted(chosen, key=lambda one: one.start)


class Occupied:
    """Transitions that lie apart from each other; asks only the neighbours, so that long films stay quick."""

    def __init__(self, transitions: list[Transition]) -> None:
        self._sorted = sorted(transitions, key=_start)

    def add(self, transition: Transition) -> None:
        insort(self._sorted, transition, key=_start)

    def touches(self, each: Candidate) -> bool:
        n = bisect_left(self._sorted, each.start, key=_start)
        near = self._sorted[max(0, n - 2) : n]
        while n < len(self._sorted) and self._sorted[n].start <= each.end + APART:
            near.append(self._sorted[n])
            n += 1
        return any(each.start < other.end + APART and each.end > other.start - APART for other in near)


def _start(transition: Transition) -> float:
    return transition.start


def halved(luma: NDArray[np.uint8]) -> Floats:
    """Half the size in both directions, flat: noise and small movements matter less."""
    rows, columns = luma.shape[1] // 2, luma.shape[2] // 2
    result = np.empty((len(luma), rows * columns), np.float32)
    for first in range(0, len(luma), BLOCK):
        part = luma[first : first + BLOCK, : rows * 2, : columns * 2].astype(np.uint16)
        lines = part[:, 0::2] + part[:, 1::2]
        result[first : first + BLOCK] = (lines[:, :, 0::2] + lines[:, :, 1::2]).reshape(len(part), -1)
    result *= np.float32(0.25)
    return result


def _scan(small: Floats, times: NDArray[np.float64], length: float) -> list[Candidate]:
    found = []
    starts = np.arange(times[0], times[-1] - length, GRID_SECONDS)
    for first in range(0, len(starts), BLOCK):
        moments = starts[first : first + BLOCK]
        at = [np.searchsorted(times, moments + length * share - 1e-4) for share in (0, 0.25, 0.5, 0.75, 1)]
        at = [np.minimum(each, len(times) - 1) for each in at]
        a, b = small[at[0]], small[at[4]]
        difference = b - a
        size = np.abs(difference).mean(axis=1)
        enough = (size > PURE_CHANGE) & (at[1] > at[0]) & (at[2] > at[1]) & (at[3] > at[2]) & (at[4] > at[3])
        rows = np.flatnonzero(enough)
        if not len(rows):
            continue
        inner = [each[rows] for each in at[1:4]]
        parts = a[rows], difference[rows], size[rows]
        scores, wipes = _dissolve_scores(small, inner, *parts), _wipe_scores(small, inner, *parts)
        for kind, values in (("dissolve", scores), ("wipe", wipes)):
            for n in np.flatnonzero(values > 0):
                ends = float(times[at[0][rows[n]]]), float(times[at[4][rows[n]]])
                found.append(Candidate(*ends, kind, float(values[n])))  # type: ignore[arg-type]
    return found


def _dissolve_scores(small: Floats, inner: list[Integers], a: Floats, difference: Floats, size: Floats) -> Floats:
    """1 for a perfect mixture, falling with what the mixture does not explain; 0 for none.

    `inner` numbers the pictures at a quarter, half and three quarters; few rows pass the first, fewer the second.
    """
    norm = np.einsum("ij,ij->i", difference, difference)
    score = np.ones(len(a), np.float32)
    rows = np.arange(len(a))
    for numbers, (low, high) in zip(inner, BANDS, strict=True):
        away = small[numbers[rows]] - a[rows]
        share = np.einsum("ij,ij->i", away, difference[rows]) / norm[rows]
        residue = _residue(np.einsum("ij,ij->i", away, away), share, norm[rows])
        score[rows] = np.minimum(score[rows], 1 - residue)
        bad = (share < low) | (share > high) | (residue > MOST_RESIDUE)
        score[rows[bad]] = 0
        rows = rows[~bad]
    score[(size <= LEAST_CHANGE) & (score <= 1 - PURE_RESIDUE)] = 0
    return score


def _residue(length: Floats, share: Floats, norm: Floats | float) -> Floats:
    """What lies across the line from A to B, as a share of its length: by Pythagoras, from squared lengths."""
    return np.asarray(np.sqrt(np.maximum(length / norm - share * share, 0)), np.float32)


def _wipe_scores(small: Floats, inner: list[Integers], a: Floats, difference: Floats, size: Floats) -> Floats:
    differs = np.abs(difference) > 12
    rows = np.flatnonzero((differs.mean(axis=1) >= LEAST_BLOCKS) & (size > LEAST_CHANGE))
    before, worst = (np.zeros(len(a), np.float32) for _ in range(2))
    for numbers in inner:
        picture, begin = small[numbers[rows]], a[rows]
        ends = begin, begin + difference[rows]
        rough = _share(_is_new(picture, *ends), differs[rows])
        ahead = _ahead(rough, before[rows])
        rows, picture, ends = rows[ahead], picture[ahead], (ends[0][ahead], ends[1][ahead])
        ends = _as_lit(picture, *ends)
        is_new = _is_new(picture, *ends)
        between = np.abs(picture - np.where(is_new, ends[1], ends[0])).mean(axis=1) / size[rows]
        share = _share(is_new, differs[rows])
        worst[rows] = np.maximum(worst[rows], between)
        good = _ahead(share, before[rows]) & (worst[rows] <= (1 - LEAST_WIPE) * MOST_BETWEEN)
        before[rows] = share
        rows = rows[good]
    score = np.zeros(len(a), np.float32)
    score[rows] = 1 - worst[rows] / MOST_BETWEEN
    return score * np.float32(0.9)


def _is_new(picture: Floats, a: Floats, b: Floats) -> NDArray[np.bool_]:
    return np.asarray((picture + picture - a - b) * (b - a) > 0)


def _share(is_new: NDArray[np.bool_], differs: NDArray[np.bool_]) -> Floats:
    """Of the places where the ends differ, how many show the new one."""
    return np.asarray((is_new & differs).sum(axis=1) / differs.sum(axis=1), np.float32)


def _ahead(share: Floats, before: Floats) -> NDArray[np.bool_]:
    return np.asarray((share >= before + 0.1) & (share <= 0.93))


def _as_lit(picture: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Both ends in the light of the picture, fitted where it shows them: one of them may flicker."""
    is_new = _is_new(picture, a, b)
    lit = []
    for end, mask in ((a, ~is_new), (b, is_new)):
        shown = np.where(mask, end, 0)
        gain = np.einsum("ij,ij->i", shown, picture) / np.maximum(np.einsum("ij,ij->i", shown, shown), 1)
        lit.append(end * np.clip(gain, 1 / MOST_GAIN, MOST_GAIN)[:, None])
    return lit[0], lit[1]


def _scan_short(small: Floats, times: NDArray[np.float64], steps: int) -> list[Candidate]:
    """Mixtures over two or three steps, with calm on both sides."""
    if len(times) < steps + 3:
        return []
    change = np.abs(small[steps:] - small[:-steps]).mean(axis=1)
    single = np.abs(np.diff(small, axis=0)).mean(axis=1)
    single = np.pad(single, 2)
    found = []
    for n in np.flatnonzero((change > SHORT_CHANGE) & (times[steps:] - times[:-steps] < SHORT_SECONDS)):
        outside = max(*single[n : n + 2], *single[n + 2 + steps : n + 4 + steps])
        if change[n] < SHORT_RATIO * outside:
            continue
        difference = small[n + steps] - small[n]
        norm = float(difference @ difference)
        worst = 0.0
        for picture in small[n + 1 : n + steps]:
            share = float((picture - small[n]) @ difference) / norm
            rest = picture - small[n] - share * difference
            worst = max(worst, float(np.sqrt(rest @ rest / norm)) if 0.08 < share < 0.92 else 1.0)
        if worst < MOST_MEAN_RESIDUE:
            found.append(Candidate(float(times[n]), float(times[n + steps]), "dissolve", 1 - worst))
    return found


def _confirmed(each: Candidate, luma: NDArray[np.uint8], times: NDArray[np.float64]) -> bool:
    """The ends must be different scenes, everywhere in the picture, and none empty: that would be half a fade."""
    first, last = (int(np.searchsorted(times, moment - 1e-4)) for moment in (each.start, each.end))
    a, b = luma[first], luma[last]
    # what most candidates fail at comes first, what costs most last
    if correlation(a, b) >= SAME_SCENE or min(contrast(a), contrast(b)) < EMPTY_CONTRAST:
        return False
    blocks = block_changes(a, b)
    everywhere = bool((blocks > BLOCK_CHANGE).mean() >= LEAST_BLOCKS)
    if each.kind != "wipe":
        residue = _mixture_residue(luma[first : last + 1].astype(np.float32))
        if residue < PURE_RESIDUE and rows_changed(blocks) >= PURE_ROWS:
            return True
        if residue >= MOST_MEAN_RESIDUE:
            return False
    return everywhere and not found_again(a, b, SAME_SCENE)


def _mixture_residue(luma: Floats) -> float:
    """Over all pictures between the ends, not just three of them; infinite where something else was shown."""
    pictures = luma.reshape(len(luma), -1)
    a, b = pictures[0], pictures[-1]
    difference = b - a
    norm = float(difference @ difference)
    away = pictures[1:-1] - a
    shares = away @ difference / norm
    residue = float(_residue(np.einsum("ij,ij->i", away, away), shares, norm).mean())
    if residue >= MOST_MEAN_RESIDUE:
        return residue
    middle = int(np.argmin(np.abs(shares - 0.5)))
    expected = a + shares[middle] * difference
    parts = (contrast(a) + contrast(b)) / 2
    excess = (contrast(pictures[middle + 1]) - contrast(expected)) / max(1.0, parts)
    foreign = excess > FOREIGN_EXCESS or (excess > CONTRAST_EXCESS and residue >= MOST_PLAIN_RESIDUE)
    return float("inf") if foreign else residue
