"""Evidence stage: the small copies of pictures that shots and looks are decided on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LUMA_SIZE = (48, 27)
CHROMA_SIZE = (16, 9)
#: Mean brightness change (of 255) below which no cut can hide between two pictures.
LEAST_CHANGE = 5.0
NEIGHBOURS = 6
#: A change must stand out from those around it to be looked at closer.
STANDS_OUT = 1.8


def changes(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Mean absolute brightness change (of 255) of each picture to the one before; the first is 0."""
    result = np.zeros(len(luma), np.float32)
    block = 512  # in blocks: a whole film as signed numbers would not fit in memory
    for first in range(1, len(luma), block):
        now = luma[first : first + block].astype(np.int16)
        before = luma[first - 1 : first - 1 + len(now)].astype(np.int16)
        result[first : first + block] = np.abs(now - before).mean(axis=(1, 2))
    return result


def worth_a_closer_look(luma: NDArray[np.uint8], times: NDArray[np.float64]) -> list[int]:
    """Numbers n where between pictures n and n+1 something changed more than around them."""
    change = changes(luma)[1:]
    if not len(change):
        return []
    # long gaps see more movement: compare what changes per unit of time, weakly
    weight = change / np.sqrt(np.maximum(np.diff(times), 1e-3))
    padded = np.pad(weight, NEIGHBOURS, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1)
    level = np.median(windows, axis=1)
    return [int(n) for n in np.flatnonzero((change > LEAST_CHANGE) & (weight > STANDS_OUT * level))]


def provisional_cuts(luma: NDArray[np.uint8], times: NDArray[np.float64]) -> list[float]:
    """A first guess for people who watch: times of changes that dwarf those around them."""
    if len(times) < 2:
        return []
    change = changes(luma)[1:]
    padded = np.pad(change, NEIGHBOURS, mode="edge")
    level = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1), axis=1)
    found = np.flatnonzero((change > 4 * LEAST_CHANGE) & (change > 4 * level))
    return [round(float(times[n + 1]), 3) for n in found]
