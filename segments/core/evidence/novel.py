"""Evidence stage: does a grey picture show writing, and is it the same as on another? Pure picture maths."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

LOOK_HEIGHT = 270
GRID = (12, 8)
#: Edge share of a grid cell that counts as changed.
CELL_CHANGE = 0.06
EDGE = 48
#: Width by height of a row of strokes that is likely a word or more.
LONG, LONG_AMONG_OTHERS = 3.4, 2.4
SAME_PLACE = 0.55
Box = tuple[int, int, int, int]


def same_writing(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> bool:
    """Whether reading both pictures would give the same, told from where their edges are."""
    if a.shape != b.shape:
        return False
    scale = min(1.0, LOOK_HEIGHT / a.shape[0])
    size = max(16, round(a.shape[1] * scale)), max(16, round(a.shape[0] * scale))
    small = [np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.uint8) for each in (a, b)]
    return same_edges(edge_shares(small[0]), edge_shares(small[1]))


def looks_written(boxes: list[Box]) -> bool:
    """One long row of strokes, or several: single short ones are more often leaves or bricks than a word."""
    shapes = [width / height for _, _, width, height in boxes]
    return max(shapes, default=0.0) >= LONG or sum(shape >= LONG_AMONG_OTHERS for shape in shapes) >= 2


def is_among(box: Box, others: list[Box]) -> bool:
    """Is there a box at nearly the same place?"""
    return any(_shared(box, other) > SAME_PLACE for other in others)


def _shared(a: Box, b: Box) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / (a[2] * a[3] + b[2] * b[3] - width * height)


def written_boxes(grey: NDArray[np.uint8]) -> list[Box]:
    """Places that show a row of strong close strokes, as writing does: x, y, width, height in samples."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
    strokes = (cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, kernel) > EDGE).astype(np.uint8)
    lines = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 1)))
    lines = cv2.morphologyEx(lines, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (5, 3)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=4)
    boxes = []
    for x, y, width, height, area in stats[1:count]:
        if height < 5 or height > grey.shape[0] // 3 or width < 1.6 * height or width < 14:
            continue
        inside = strokes[y : y + height, x : x + width]
        crossings = np.abs(np.diff(inside[height // 2 - 1 : height // 2 + 2].astype(np.int8), axis=1)).sum() / 3
        if area > 0.45 * width * height and 0.3 < inside.mean() < 0.95 and crossings >= 4:
            boxes.append((int(x), int(y), int(width), int(height)))
    return boxes


def edge_shares(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Share of strong edges per grid cell."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
    strong = (cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, kernel) > EDGE).astype(np.float32)
    return np.asarray(cv2.resize(strong, GRID, interpolation=cv2.INTER_AREA))


def same_edges(a: NDArray[np.float32], b: NDArray[np.float32]) -> bool:
    return float(np.abs(a - b).max()) < CELL_CHANGE
