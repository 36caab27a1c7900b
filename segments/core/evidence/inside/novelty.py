"""Inside the child: choose the few pictures worth reading: new, standing still, and with edges like writing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.novel import LOOK_HEIGHT, edge_shares, looks_written, same_edges
from segments.core.media.facts import MediaFacts
from segments.core.media.inside.loop import Outlet
from segments.core.media.inside.planes import Planes

READ_HEIGHT = 480

INTERVAL = 0.4
#: Pictures that keep changing are read at most this often.
RESTLESS_SECONDS = 2.5


class TextWatch:
    """`push` every picture in order. Pictures to read are sent at once; `finish` tells when it looked."""

    def __init__(self, facts: MediaFacts, outlet: Outlet) -> None:
        turned = facts.rotation in (90, 270)
        width, height = (facts.height, facts.width) if turned else (facts.width, facts.height)
        self._rotation = facts.rotation
        self._read_size = _fitted(width, height, READ_HEIGHT)
        self._look_size = _fitted(width, height, LOOK_HEIGHT)
        self._outlet = outlet
        self._next = -1.0
        self._before: NDArray[np.float32] | None = None
        self._read: NDArray[np.float32] | None = None
        self._read_at = -RESTLESS_SECONDS
        self._looked: list[tuple[float, int]] = []

    def push(self, moment: float, planes: Planes) -> None:
        if moment < self._next:
            return
        self._next = moment + INTERVAL
        grey = self._upright(planes.luma(*self._look_size))
        edges = edge_shares(grey)
        state = self._state(moment, edges, grey)
        self._looked.append((moment, state))
        self._before = edges
        if state == 2:
            self._read, self._read_at = edges, moment
            picture = self._upright(planes.luma(*self._read_size))
            self._outlet.emit({"text_picture": moment, "shape": list(picture.shape)}, picture.tobytes())

    def finish(self) -> dict[str, NDArray[Any]]:
        """States: 0 nothing that looks like writing, 1 like the last picture that was read, 2 was read, 3 in motion."""
        return {
            "text_times": np.asarray([moment for moment, _ in self._looked], "<f8"),
            "text_states": np.asarray([state for _, state in self._looked], "|u1"),
        }

    def _state(self, moment: float, edges: NDArray[np.float32], grey: NDArray[np.uint8]) -> int:
        same_as_read = self._read is not None and same_edges(edges, self._read)
        if same_as_read:
            return 1
        still = self._before is not None and same_edges(edges, self._before)
        if not still and moment - self._read_at < RESTLESS_SECONDS:
            return 3
        if not still and self._before is None:
            return 3
        return 2 if looks_written(grey) else 0

    def _upright(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.ascontiguousarray(np.rot90(grey, -self._rotation // 90))


def _fitted(width: int, height: int, lines: int) -> tuple[int, int]:
    scale = min(1.0, lines / height)
    return max(16, round(width * scale)), max(16, round(height * scale))
