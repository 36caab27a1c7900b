"""Inside the child: choose the few pictures worth reading: new, standing still, and with edges like writing."""

from __future__ import annotations

from typing import Any

import cv2
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
#: The same while the camera passes writing: boards are long in the picture.
MOVING_SECONDS = 2.0
#: Change of brightness (of 255) of a part of the picture: it was read while one page blended into another.
BLENDING, PARTS = 6.0, (24, 16)
#: Share of its strokes that a page has lost when it is another one.
OTHER_PAGE = 0.15
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
        self._read_light: NDArray[np.uint8] | None = None
        self._moving = False
        self._looked: list[tuple[float, int]] = []

    def push(self, moment: float, planes: Planes) -> None:
        if moment < self._next:
            return
        self._next = moment + INTERVAL
        grey = self._upright(planes.luma(*self._look_size))
        edges, boxes = edge_shares(grey), written_boxes(grey)
        standing = [box for box in boxes if is_among(box, self._boxes)]
        light = np.asarray(cv2.resize(grey, PARTS, interpolation=cv2.INTER_AREA), np.uint8)
        like_read = self._read_edges is not None and same_edges(edges, self._read_edges)
        again = like_read and looks_written(boxes) and self._was_blending(light)
        state = READ if again else LIKE_READ if like_read else self._state(moment, edges, boxes, standing)
        self._read_light = light if state == READ and not again and self._is_other_page(edges) else None
        self._looked.append((moment, state))
        self._edges, self._boxes = edges, boxes
        if state == NOTHING:
            self._read_edges, self._read_boxes = None, []
        if state == READ:
            self._read_edges, self._read_boxes, self._read_at = edges, standing, moment
            picture = self._upright(planes.luma(*self._read_size))
            widest = max((width / height for _, _, width, height in boxes), default=0.0)
            header = {"text_picture": moment, "shape": list(picture.shape), "widest": round(widest, 2), "again": again}
            self._outlet.emit(header, picture.tobytes())

    def finish(self) -> dict[str, NDArray[Any]]:
        """States: nothing written there, the same as was read last, was read, or in motion."""
        return {
            "text_times": np.asarray([moment for moment, _ in self._looked], "<f8"),
            "text_states": np.asarray([state for _, state in self._looked], "|u1"),
        }

    def _state(self, moment: float, edges: NDArray[np.float32], boxes: list[Box], standing: list[Box]) -> int:
        if self._edges is not None and same_edges(edges, self._edges):
            return READ if looks_written(boxes) else NOTHING
        new = [box for box in standing if not is_among(box, self._read_boxes)]
        lost = [box for box in self._read_boxes if not is_among(box, boxes)]
        if self._read_boxes and not lost and not looks_written(new):
            return LIKE_READ  # the picture moves, the writing stands
        since = moment - self._read_at
        all_lost = bool(lost) and len(lost) == len(self._read_boxes)
        if looks_written(new) or (looks_written(lost) and not all_lost):
            if since < (MOVING_SECONDS if all_lost and self._moving else LEAST_SECONDS):
                return UNSURE
            self._moving = all_lost
            return READ
        if len(boxes) >= ROLLING_LINES and looks_written(boxes):
            return READ if since >= ROLLING_SECONDS else UNSURE
        return UNSURE if boxes else NOTHING

    def _is_other_page(self, edges: NDArray[np.float32]) -> bool:
        """Lines that are added leave the strokes of what was read where they were."""
        if self._read_edges is None:
            return False
        lost = np.maximum(0, self._read_edges - edges).sum()
        return float(lost) > OTHER_PAGE * float(self._read_edges.sum())

    def _was_blending(self, light: NDArray[np.uint8]) -> bool:
        """At the look after a new page was read: weak strokes of one that goes are no edges, but can be read."""
        before = self._read_light
        return before is not None and float(np.abs(light.astype(np.float32) - before).max()) > BLENDING

    def _upright(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.ascontiguousarray(np.rot90(grey, -self._rotation // 90))


def _fitted(width: int, height: int, lines: int) -> tuple[int, int]:
    scale = min(1.0, lines / height)
    return max(16, round(width * scale)), max(16, round(height * scale))
