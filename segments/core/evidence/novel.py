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


def same_writing(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> bool:
    """Whether reading both pictures would give the same, told from where their edges are."""
    if a.shape != b.shape:
        return False
    scale = min(1.0, LOOK_HEIGHT / a.shape[0])
    size = max(16, round(a.shape[1] * scale)), max(16, round(a.shape[0] * scale))
    small = [np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.uint8) for each in (a, b)]
    return same_edges(edge_shares(small[0]), edge_shares(small[1]))


def looks_written(grey: NDArray[np.uint8]) -> bool:
    """Does any place show a row of strong close strokes, as writing does?"""
    return len(written_boxes(grey)) > 0


def written_boxes(grey: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
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
