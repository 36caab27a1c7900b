"""Inside the child: choose the few pictures worth reading: new, standing still, and with edges like writing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.novel import (
    LOOK_HEIGHT,
    Box,
    edge_shares,
    is_among,
    looks_written,
    same_edges,
    written_boxes,
)
from segments.core.media.facts import MediaFacts
from segments.core.media.inside.loop import Outlet
from segments.core.media.inside.planes import Planes

READ_HEIGHT = 480
INTERVAL = 0.4
#: Between two readings of pictures in motion.
LEAST_SECONDS = 0.8
#: Rolling credits stand nowhere: many lines in motion are read this often.
ROLLING_SECONDS = 4.0
ROLLING_LINES = 4
NOTHING, LIKE_READ, READ, UNSURE = 0, 1, 2, 3


class TextWatch:
    """`push` every picture in order. Pictures to read are sent at once; `finish` tells what each look gave."""

    def __init__(self, facts: MediaFacts, outlet: Outlet) -> None:
        turned = facts.rotation in (90, 270)
        width, height = (facts.height, facts.width) if turned else (facts.width, facts.height)
        self._rotation = facts.rotation
        self._read_size = _fitted(width, height, READ_HEIGHT)
        self._look_size = _fitted(width, height, LOOK_HEIGHT)
        self._outlet = outlet
        self._next = -1.0
        self._edges: NDArray[np.float32] | None = None
        self._boxes: list[Box] = []
        self._read_edges: NDArray[np.float32] | None = None
        self._read_boxes: list[Box] = []
        self._read_at = -ROLLING_SECONDS
        self._looked: list[tuple[float, int]] = []

    def push(self, moment: float, planes: Planes) -> None:
        if moment < self._next:
            return
        self._next = moment + INTERVAL
        grey = self._upright(planes.luma(*self._look_size))
        edges, boxes = edge_shares(grey), written_boxes(grey)
        standing = [box for box in boxes if is_among(box, self._boxes)]
        state = self._state(moment, edges, boxes, standing)
        self._looked.append((moment, state))
        self._edges, self._boxes = edges, boxes
        if state == NOTHING:
            self._read_edges, self._read_boxes = None, []
        if state == READ:
            self._read_edges, self._read_boxes, self._read_at = edges, standing, moment
            picture = self._upright(planes.luma(*self._read_size))
            self._outlet.emit({"text_picture": moment, "shape": list(picture.shape)}, picture.tobytes())

    def finish(self) -> dict[str, NDArray[Any]]:
        """States: nothing written there, the same as was read last, was read, or in motion."""
        return {
            "text_times": np.asarray([moment for moment, _ in self._looked], "<f8"),
            "text_states": np.asarray([state for _, state in self._looked], "|u1"),
        }

    def _state(self, moment: float, edges: NDArray[np.float32], boxes: list[Box], standing: list[Box]) -> int:
        if self._read_edges is not None and same_edges(edges, self._read_edges):
            return LIKE_READ
        if self._edges is not None and same_edges(edges, self._edges):
            return READ if looks_written(boxes) else NOTHING
        new = [box for box in standing if not is_among(box, self._read_boxes)]
        lost = [box for box in self._read_boxes if not is_among(box, boxes)]
        if self._read_boxes and not lost and not looks_written(new):
            return LIKE_READ  # the picture moves, the writing stands
        since = moment - self._read_at
        if looks_written(new) or (looks_written(lost) and len(lost) < len(self._read_boxes)):
            return READ if since >= LEAST_SECONDS else UNSURE
        if len(boxes) >= ROLLING_LINES and looks_written(boxes):
            return READ if since >= ROLLING_SECONDS else UNSURE
        return UNSURE if boxes else NOTHING

    def _upright(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.ascontiguousarray(np.rot90(grey, -self._rotation // 90))


def _fitted(width: int, height: int, lines: int) -> tuple[int, int]:
    scale = min(1.0, lines / height)
    return max(16, round(width * scale)), max(16, round(height * scale))
