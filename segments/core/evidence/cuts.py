"""Evidence stage: hard cuts: one step after which everything is different, and stays so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.similarity import block_changes, correlation, found_again, moved_correlation, rows_changed
from segments.core.evidence.tiny import (
    AROUND_SECONDS,
    LEAST_STRUCTURE,
    STILL,
    changes,
    stand_out,
    structure_changes,
)

#: Mean brightness change (of 255) that a cut has at least, and how far it exceeds the level around it.
LEAST_CHANGE = 6.5
LEAST_RATIO = 1.25
#: What comes back within this time was a flash, not a new shot.
RETURN_SECONDS = 0.36
#: Below this likeness, moved or not, the two sides are different scenes.
OTHER_SCENE = 0.72
#: In fast movement every step leads to another view: this one must stand out, by structure or by more change.
LONE_STRUCTURE = 1.1
LONE_RATIO = 1.9
#: The same scene from elsewhere (a jump cut) must step out this far, change this much of the picture, and keep
#: less than this likeness at the same places; otherwise it is light, an overlay, or movement.
JUMP_RATIO = 2.1
JUMP_BLOCKS = 0.5
JUMP_LIKENESS = 0.9
BLOCK_CHANGE = 6.0
#: The same in flicker, and before a camera that stands still: structure steps out, at several heights of the picture.
STEP_RATIO = 2.8
STEP_LIKENESS = 0.95
STEP_BLOCKS = 0.25
NEARLY = 0.08
#: In perfect stillness less is enough (one slide after another), if it happens at several heights: a line that is
#: added, or a name that appears, happens at one.
STILL_CHANGE = 3.5
STILL_RATIO = 8.0
STILL_LIKENESS = 0.85
SEVERAL_ROWS = 3
#: Change per root of a second that coding alone causes.
LEAST_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """What is known about the step into one picture; `structure` is what light does not explain of its `change`.

    Both in brightness (of 255); their ratios are to the largest other step near it.
    """

    change: float
    ratio: float
    structure: float
    structure_ratio: float
    likeness: float
    moved: float
    blocks: float
    rows: int


def hard_cuts(pictures: Pictures) -> list[Transition]:
    """In time order; each at the time of the first picture of the new shot."""
    change, structure, times = changes(pictures.luma), structure_changes(pictures.luma), pictures.times
    ratios = stand_out(change, times, AROUND_SECONDS, LEAST_LEVEL)
    structure_ratios = stand_out(structure, times, AROUND_SECONDS, STILL)
    jumps = (structure > LEAST_STRUCTURE) & (structure_ratios > STEP_RATIO)
    clear, still = (change > LEAST_CHANGE) & (ratios > LEAST_RATIO), (change > STILL_CHANGE) & (ratios > STILL_RATIO)
    sizes = {"change": change, "ratio": ratios, "structure": structure, "structure_ratio": structure_ratios}
    found = []
    for n in map(int, np.flatnonzero(clear | still | jumps)):
        if (
            not jumps[n]
            and ratios[n] <= JUMP_RATIO
            and found_again(pictures.luma[n - 1], pictures.luma[n], OTHER_SCENE)
        ):
            continue  # most candidates end here, long before the costly comparison of all with all
        strength, vetoes = judge(_examine(pictures, n, **{name: float(values[n]) for name, values in sizes.items()}))
        if strength > 0:
            moment = float(times[n])
            found.append(Transition(moment, moment, "cut", round(strength, 3), vetoes))
    return found


def judge(step: Step) -> tuple[float, tuple[str, ...]]:
    """Strength 0-1 (0: no cut) and the rules that nearly refused it."""
    lone = step.structure_ratio > LONE_STRUCTURE or step.ratio > LONE_RATIO
    other_scene = step.moved < OTHER_SCENE and step.change > LEAST_CHANGE and lone
    slide = step.ratio > STILL_RATIO and step.likeness < STILL_LIKENESS and step.rows >= SEVERAL_ROWS
    if not (other_scene or slide or _is_jump(step)):
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


def _is_jump(step: Step) -> bool:
    """The same scene, suddenly from elsewhere or later."""
    stands_out = step.structure > LEAST_STRUCTURE and step.structure_ratio > STEP_RATIO
    if stands_out and step.rows >= SEVERAL_ROWS and step.likeness < STEP_LIKENESS and step.blocks > STEP_BLOCKS:
        return True
    stands_out = step.ratio > JUMP_RATIO and step.change > 1.5 * LEAST_CHANGE
    return stands_out and step.likeness < JUMP_LIKENESS and step.blocks > JUMP_BLOCKS


def _examine(
    pictures: Pictures, n: int, *, change: float, ratio: float, structure: float, structure_ratio: float
) -> Step:
    luma, times = pictures.luma, pictures.times
    before = [m for m in range(max(0, n - 4), n) if times[n] - times[m] < RETURN_SECONDS + 0.1]
    before = before or [n - 1]
    after = [m for m in range(n, min(len(times), n + 10)) if times[m] - times[n] < RETURN_SECONDS]
    after = sorted({after[0], *after[1::3], after[-1]})
    likeness = max(correlation(luma[b], luma[a]) for b in before[-2:] for a in after)
    moved = max(moved_correlation(luma[b], luma[a]) for b in before[-2:] for a in after)
    blocks = block_changes(luma[n - 1], luma[n])
    changed = float((blocks > BLOCK_CHANGE).mean())
    return Step(change, ratio, structure, structure_ratio, likeness, moved, changed, rows_changed(blocks))
