"""Evidence stage: do two small pictures show the same scene, perhaps moved, lit otherwise, or changed in one place?"""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Small = NDArray[np.uint8]
#: Parts of the first picture (rows, columns) that are searched for in the whole second one: middle, halves, quarters.
PARTS = (
    (slice(4, 23), slice(8, 40)),
    (slice(2, 25), slice(0, 22)),
    (slice(2, 25), slice(26, 48)),
    (slice(0, 13), slice(4, 44)),
    (slice(14, 27), slice(4, 44)),
)
#: A part with less contrast than this fits anywhere and proves nothing.
FLAT = 4.0
#: More alike than this need no search.
ALIKE = 0.97
BLOCK_ROWS, BLOCK_COLUMNS = 4, 6
#: A height of the picture changes when one of its blocks does: by this much, and by this share of the most.
ROW_CHANGE, ROW_SHARE = 2.5, 0.25


def contrast(a: Small | NDArray[np.float32]) -> float:
    """Standard deviation of brightness (of 255)."""
    return float(cv2.meanStdDev(a)[1][0, 0])


def correlation(a: Small, b: Small) -> float:
    """Of brightness at the same places: 1 same structure, whatever the light; 0 nothing in common."""
    x, y = a.astype(np.float32).ravel(), b.astype(np.float32).ravel()
    x -= x.mean()
    y -= y.mean()
    norm = float(np.sqrt((x @ x) * (y @ y)))
    if norm < FLAT * FLAT * len(x):
        return 1.0 if abs(contrast(a) - contrast(b)) < FLAT else 0.0
    return float(x @ y) / norm


def moved_correlation(a: Small, b: Small) -> float:
    """The same when the camera may have moved in between: how well parts of `a` are found again in `b`."""
    best = correlation(a, b)
    return best if best > ALIKE else max([best, *_part_likenesses(a, b)])


def found_again(a: Small, b: Small, least: float) -> bool:
    """`moved_correlation` is at least this much (below ALIKE); quicker, since the first part that does so is enough."""
    return correlation(a, b) >= least or any(likeness >= least for likeness in _part_likenesses(a, b))


def _part_likenesses(a: Small, b: Small) -> Iterator[float]:
    """The best place of each part of `a` that has something in it."""
    for rows, columns in PARTS:
        part = a[rows, columns]
        if contrast(part) < FLAT:
            continue
        top = float(cv2.matchTemplate(b, part, cv2.TM_CCOEFF_NORMED).max())
        if math.isfinite(top):
            yield top


def block_changes(a: Small, b: Small) -> NDArray[np.float32]:
    """Mean absolute change of brightness (of 255) per block, 4 rows of 6."""
    difference = cv2.absdiff(a, b).astype(np.float32)
    return np.asarray(cv2.resize(difference, (BLOCK_COLUMNS, BLOCK_ROWS), interpolation=cv2.INTER_AREA))


def rows_changed(blocks: NDArray[np.float32]) -> int:
    """At how many of the four heights something changed, of `block_changes`. A line of writing changes one."""
    heights = blocks.max(axis=1)
    return int((heights > max(ROW_CHANGE, ROW_SHARE * float(heights.max()))).sum())
