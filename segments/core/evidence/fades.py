"""Evidence stage: fades: the picture empties to one colour and fills again with something else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.similarity import moved_correlation
from segments.core.evidence.tiny import levels

#: Standard deviation of brightness (of 255) of an empty picture, and how far from black or white it may be.
EMPTY_CONTRAST = 7.0
EMPTY_LEVEL = 28.0
#: How far fading may reach out from the empty pictures.
REACH_SECONDS = 2.5
#: Contrast may waver this much while it grows.
WAVER = 0.97
FLASH_SECONDS = 0.3
SAME_SCENE = 0.85
PLATEAU_STEPS = 3


def fades(pictures: Pictures) -> list[Transition]:
    """In time order. Empty pictures at the very start or end of the film are no boundary between shots."""
    if not len(pictures.times):
        return []
    level, contrast = levels(pictures.luma)
    empty = (contrast < EMPTY_CONTRAST) & ((level < EMPTY_LEVEL) | (level > 255 - EMPTY_LEVEL))
    found = []
    for first, last in _runs(empty):
        if first == 0 or last == len(empty):
            continue
        transition = _fade(pictures, contrast, first, last)
        if transition is not None:
            found.append(transition)
    return found


def _fade(pictures: Pictures, contrast: NDArray[np.float32], first: int, last: int) -> Transition | None:
    times = pictures.times
    left = _reach(contrast, times, first, -1)
    right = _reach(contrast, times, last - 1, 1)
    flash = times[last] - times[first - 1] < FLASH_SECONDS
    if flash and moved_correlation(pictures.luma[left], pictures.luma[right]) > SAME_SCENE:
        return None
    return Transition(float(times[left]), float(times[right]), "fade", 0.9)


def _reach(contrast: NDArray[np.float32], times: NDArray[np.float64], n: int, step: int) -> int:
    """Walk away from the empty pictures while contrast grows."""
    best, waited = n, 0
    m = n
    while 0 <= m + step < len(contrast) and abs(times[m + step] - times[n]) < REACH_SECONDS and waited < PLATEAU_STEPS:
        m += step
        if contrast[m] > contrast[best] * 1.015 + 0.1:
            best, waited = m, 0
        else:
            waited += 1
            if contrast[m] < contrast[best] * WAVER:
                break
    return best


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
