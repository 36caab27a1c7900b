"""Evidence stage: the small copies of pictures that shots and looks are decided on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LUMA_SIZE = (48, 27)
CHROMA_SIZE = (16, 9)
#: Mean brightness change (of 255) below which no cut can hide between two pictures.
LEAST_CHANGE = 7.0
#: The same for what no change of light explains, by how much it stands out, and what of it coding alone causes per
#: root of a second.
LEAST_STRUCTURE = 11.0
STEPS_OUT = 2.2
STILL = 5.0
NEIGHBOURS = 6
AROUND_SECONDS = 0.45
#: A change must stand out from all those near it, and stay, to be looked at closer.
STANDS_OUT = 1.7
STAYS = 0.6


def differences(luma: NDArray[np.uint8], step: int) -> NDArray[np.float32]:
    """Mean absolute brightness difference (of 255) of picture n to picture n + `step`, for each n that has one."""
    result = np.zeros(max(0, len(luma) - step), np.float32)
    block = 512  # in blocks: a whole film as signed numbers would not fit in memory
    for first in range(0, len(result), block):
        before = luma[first : first + block].astype(np.int16)
        after = luma[first + step : first + step + block].astype(np.int16)
        count = len(after)
        result[first : first + block] = np.abs(after - before[:count]).mean(axis=(1, 2))
    return result


def changes(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Mean absolute brightness change (of 255) of each picture to the one before; the first is 0."""
    return np.concatenate([np.zeros(min(1, len(luma)), np.float32), differences(luma, 1)])


def levels(luma: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and standard deviation of brightness (of 255) of each picture."""
    mean, deviation = (np.zeros(len(luma), np.float32) for _ in range(2))
    flat = luma.reshape(len(luma), -1)
    for first in range(0, len(flat), 512):
        part = flat[first : first + 512].astype(np.float32)
        middle = part.mean(axis=1)
        part -= middle[:, None]
        mean[first : first + 512] = middle
        deviation[first : first + 512] = np.sqrt(np.einsum("ij,ij->i", part, part) / flat.shape[1])
    return mean, deviation


def structure_changes(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What no change of light explains of the step into each picture; the first is 0.

    Standard deviation (of 255) that is left of the flatter picture after the best fit by gain and offset: flicker and
    flashes leave almost nothing of their large steps, a jump within one scene almost all of its small one.
    """
    result = np.zeros(len(luma), np.float32)
    flat = luma.reshape(len(luma), luma.shape[1] * luma.shape[2])
    for first in range(1, len(flat), 512):
        part = flat[first - 1 : first + 512].astype(np.float32)
        part -= part.mean(axis=1, keepdims=True)
        power = np.einsum("ij,ij->i", part, part)
        common = np.maximum(np.einsum("ij,ij->i", part[1:], part[:-1]), 0)
        least, most = np.minimum(power[1:], power[:-1]), np.maximum(power[1:], power[:-1])
        left = least - common * common / np.maximum(most, 1)
        result[first : first + 512] = np.sqrt(np.maximum(left, 0) / flat.shape[1])
    return result


def stand_out(
    values: NDArray[np.float32], times: NDArray[np.float64], around: float, least: float
) -> NDArray[np.float32]:
    """Each step's value against the largest other one within `around` seconds (at least `least`).

    All per root of the seconds that the step spans: long gaps see more movement.
    """
    if not len(values):
        return values
    gaps = np.diff(times, prepend=times[:1] - 0.04)
    weight = values / np.sqrt(np.maximum(gaps, 1e-3))
    size = 2 * NEIGHBOURS + 1
    others = np.lib.stride_tricks.sliding_window_view(np.pad(weight, NEIGHBOURS), size)
    moments = np.lib.stride_tricks.sliding_window_view(np.pad(times, NEIGHBOURS, constant_values=-np.inf), size)
    near = np.abs(moments - times[:, None]) < around
    near[:, NEIGHBOURS] = False
    return np.asarray(weight / np.maximum(np.where(near, others, 0).max(axis=1), least), np.float32)


def worth_a_closer_look(luma: NDArray[np.uint8], times: NDArray[np.float64]) -> list[int]:
    """Numbers n where a cut may hide between pictures n and n+1: a lone step, in light or in structure, that does not
    go back."""
    change = differences(luma, 1)
    if len(change) < 4:
        return []
    # long gaps see more movement: compare what changes per unit of time, weakly
    weight = change / np.sqrt(np.maximum(np.diff(times), 1e-3))
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(weight, NEIGHBOURS), 2 * NEIGHBOURS + 1).copy()
    windows[:, NEIGHBOURS] = 0
    around = windows.max(axis=1)
    two = differences(luma, 2)
    back = np.minimum(np.pad(two, (1, 0), mode="edge"), np.pad(two, (0, 1), mode="edge"))
    structure = structure_changes(luma)
    lone = (change > LEAST_CHANGE) & (weight > STANDS_OUT * around) & (back > STAYS * change)
    lone |= ((structure > LEAST_STRUCTURE) & (stand_out(structure, times, AROUND_SECONDS, STILL) > STEPS_OUT))[1:]
    return [int(n) for n in np.flatnonzero(lone)]


def provisional_cuts(luma: NDArray[np.uint8], times: NDArray[np.float64]) -> list[float]:
    """A first guess for people who watch: times of changes that dwarf those around them."""
    if len(times) < 2:
        return []
    change = changes(luma)[1:]
    padded = np.pad(change, NEIGHBOURS, mode="edge")
    level = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1), axis=1)
    found = np.flatnonzero((change > 4 * LEAST_CHANGE) & (change > 4 * level))
    return [round(float(times[n + 1]), 3) for n in found]
