"""Evidence stage: which of the pictures with something like writing are read. Reading is the dearest thing there is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.novel import same_writing

#: A row of strokes this much wider than high is writing five times in six; shorter ones are so one time in ten.
SURELY_WRITTEN = 7.5
#: Of doubtful pictures one is read in so many seconds, the rest only if that one held something.
DOUBTFUL_SECONDS = 2.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture at `time`; `widest` is the width by height of its longest row of strokes.

    `again` where the one before, though it looked the same, was read while it still changed.
    """

    time: float
    picture: NDArray[np.uint8]
    widest: float
    again: bool = False

    def sure(self, stands: bool) -> bool:
        """`stands` when the looks after it took it for read: if it is not, nothing is."""
        return stands or self.again or self.widest >= SURELY_WRITTEN


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """In time order, without those that show what the one before showed (chunks do not know their neighbours)."""
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda each: each.time):
        if not chosen or candidate.again or not same_writing(chosen[-1].picture, candidate.picture):
            chosen.append(candidate)
    return chosen


def first(candidates: Sequence[Candidate], standing: Collection[float] = ()) -> list[int]:
    """Numbers of those that are read at once; `standing` are the times of those that stand unchanged afterwards."""
    chosen: list[int] = []
    doubtful = -DOUBTFUL_SECONDS
    for number, candidate in enumerate(candidates):
        sure = candidate.sure(candidate.time in standing)
        if not sure and candidate.time - doubtful < DOUBTFUL_SECONDS - 1e-6:
            continue
        doubtful = doubtful if sure else candidate.time
        chosen.append(number)
    return chosen


def second(candidates: Sequence[Candidate], read: Mapping[int, Sequence[object]]) -> list[int]:
    """Numbers of those left whose neighbour on either side, close in time, held writing."""
    done = sorted(read)

    def beside(number: int) -> list[int]:
        place = bisect_left(done, number)
        near = done[max(0, place - 1) : place + 1]
        return [n for n in near if abs(candidates[n].time - candidates[number].time) <= DOUBTFUL_SECONDS]

    left = [number for number in range(len(candidates)) if number not in read]
    return [number for number in left if any(read[n] for n in beside(number))]
