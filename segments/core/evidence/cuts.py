"""Evidence stage: hard cuts: one step after which everything is different, and stays so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.similarity import block_changes, correlation, found_again, moved_correlation
from segments.core.evidence.tiny import changes

#: Mean brightness change (of 255) that a cut has at least, and how far it exceeds the level around it.
LEAST_CHANGE = 6.5
LEAST_RATIO = 1.25
AROUND = 6
AROUND_SECONDS = 0.45
#: What comes back within this time was a flash, not a new shot.
RETURN_SECONDS = 0.36
#: Below this likeness, moved or not, the two sides are different scenes.
OTHER_SCENE = 0.72
#: The same scene from elsewhere (a jump cut) must step out this far, change this much of the picture, and keep
#: less than this likeness at the same places; otherwise it is light, an overlay, or movement.
JUMP_RATIO = 2.1
JUMP_BLOCKS = 0.5
JUMP_LIKENESS = 0.9
BLOCK_CHANGE = 6.0
NEARLY = 0.08
#: In perfect stillness less is enough (one slide after another), if it happens at several heights: a line that is
#: added, or a name that appears, happens at one.
STILL_CHANGE = 3.5
STILL_RATIO = 8.0
STILL_LIKENESS = 0.85
STILL_ROWS = 3
ROW_CHANGE, ROW_SHARE = 2.5, 0.25
#: Change per root of a second that coding alone causes.
LEAST_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """What is known about the step into one picture."""

    change: float
    ratio: float
    likeness: float
    moved: float
    blocks: float
    rows: int


def hard_cuts(pictures: Pictures) -> list[Transition]:
    """In time order; each at the time of the first picture of the new shot."""
    change = changes(pictures.luma)
    ratios = _ratios(change, pictures.times)
    clear, still = (change > LEAST_CHANGE) & (ratios > LEAST_RATIO), (change > STILL_CHANGE) & (ratios > STILL_RATIO)
    candidates = np.flatnonzero(clear | still)
    found = []
    for n in candidates:
        if ratios[n] <= JUMP_RATIO and found_again(pictures.luma[n - 1], pictures.luma[n], OTHER_SCENE):
            continue  # most candidates end here, long before the costly comparison of all with all
        step = _examine(pictures, int(n), float(change[n]), float(ratios[n]))
        strength, vetoes = judge(step)
        if strength > 0:
            moment = float(pictures.times[n])
            found.append(Transition(moment, moment, "cut", round(strength, 3), vetoes))
    return found


def judge(step: Step) -> tuple[float, tuple[str, ...]]:
    """Strength 0-1 (0: no cut) and the rules that nearly refused it."""
    other_scene = step.moved < OTHER_SCENE and step.change > LEAST_CHANGE
    slide = step.ratio > STILL_RATIO and step.likeness < STILL_LIKENESS and step.rows >= STILL_ROWS
    jump = (
        step.ratio > JUMP_RATIO
        and step.likeness < JUMP_LIKENESS
        and step.blocks > JUMP_BLOCKS
        and step.change > 1.5 * LEAST_CHANGE
    )
    if not (other_scene or jump or slide):
        return 0.0, ()
    vetoes = []
    if step.moved > OTHER_SCENE - NEARLY:
        vetoes.append("looks like the picture before, moved")
    if step.likeness > JUMP_LIKENESS - NEARLY:
        vetoes.append("light change")
    if step.blocks < JUMP_BLOCKS + NEARLY:
        vetoes.append("local change")
    if step.ratio < LEAST_RATIO * 1.2:
        vetoes.append("fast movement")
    newness = min(1.0, max(0.0, 1.0 - step.moved) / 0.6)
    return min(1.0, 0.35 + 0.4 * newness + 0.25 * min(1.0, step.change / 60)), tuple(vetoes)


def _ratios(change: NDArray[np.float32], times: NDArray[np.float64]) -> NDArray[np.float32]:
    """Each change against the largest other one near it, both per root of the time that they span."""
    gaps = np.diff(times, prepend=times[:1] - 0.04)
    weight = change / np.sqrt(np.maximum(gaps, 1e-3))
    result = np.zeros_like(change)
    for n in map(int, np.flatnonzero(change > STILL_CHANGE)):
        first, last = max(1, n - AROUND), min(len(change), n + AROUND + 1)
        near = np.abs(times[first:last] - times[n]) < AROUND_SECONDS
        near[n - first] = False
        others = weight[first:last][near]
        result[n] = weight[n] / max(float(others.max()) if len(others) else 0.0, LEAST_LEVEL)
    return result


def _examine(pictures: Pictures, n: int, change: float, ratio: float) -> Step:
    luma, times = pictures.luma, pictures.times
    before = [m for m in range(max(0, n - 4), n) if times[n] - times[m] < RETURN_SECONDS + 0.1]
    before = before or [n - 1]
    after = [m for m in range(n, min(len(times), n + 10)) if times[m] - times[n] < RETURN_SECONDS]
    after = sorted({after[0], *after[1::3], after[-1]})
    likeness = max(correlation(luma[b], luma[a]) for b in before[-2:] for a in after)
    moved = max(moved_correlation(luma[b], luma[a]) for b in before[-2:] for a in after)
    blocks = block_changes(luma[n - 1], luma[n])
    heights = blocks.max(axis=1)
    rows = int((heights > max(ROW_CHANGE, ROW_SHARE * float(heights.max()))).sum())
    return Step(change, ratio, likeness, moved, float((blocks > BLOCK_CHANGE).mean()), rows)
