"""Inside the child: look for faces about once a second on a small grey copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from segments.core.media.facts import MediaFacts
from segments.core.media.inside.planes import Planes

WIDTH = 480
INTERVAL = 0.8
LEAST_SHARE = 0.06
#: A picture this close to the last one looked at shows the same faces.
SAME_PICTURE = 1.5
THUMB = (32, 18)
MOST_FACES = 8


class FaceWatch:
    """`push` every picture of a stretch in order; `finish` gives times and boxes (shares of the shown picture)."""

    def __init__(self, facts: MediaFacts) -> None:
        folder = Path(cv2.data.haarcascades)
        self._frontal = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_default.xml"))
        self._profile = cv2.CascadeClassifier(str(folder / "haarcascade_profileface.xml"))
        self._rotation = facts.rotation
        turned = facts.rotation in (90, 270)
        shape = (facts.height, facts.width) if turned else (facts.width, facts.height)
        self._size = WIDTH, max(16, round(WIDTH * shape[1] / shape[0]))
        self._next = -1.0
        self._thumb: NDArray[np.uint8] | None = None
        self._last: list[tuple[float, float, float, float]] = []
        self._rows: list[tuple[int, float, float, float, float]] = []
        self._times: list[float] = []

    def push(self, moment: float, planes: Planes) -> None:
        if moment < self._next:
            return
        self._next = moment + INTERVAL
        thumb = planes.luma(*THUMB)
        if self._thumb is None or np.abs(thumb.astype(np.int16) - self._thumb).mean() > SAME_PICTURE:
            self._thumb = thumb
            grey = np.ascontiguousarray(np.rot90(planes.luma(*self._size), -self._rotation // 90))
            self._last = self._find(grey)
        self._rows += [(len(self._times), *box) for box in self._last]
        self._times.append(moment)

    def finish(self) -> dict[str, NDArray[Any]]:
        return {
            "face_times": np.asarray(self._times, "<f8"),
            "face_boxes": np.asarray(self._rows, "<f4").reshape(-1, 5),
        }

    def _find(self, grey: NDArray[np.uint8]) -> list[tuple[float, float, float, float]]:
        height, width = grey.shape
        grey = cv2.equalizeHist(grey)
        least = max(20, int(LEAST_SHARE * height))
        found: list[tuple[int, int, int, int]] = []
        mirrored = cv2.flip(grey, 1)
        for cascade, picture, mirror in (
            (self._frontal, grey, False),
            (self._profile, grey, False),
            (self._profile, mirrored, True),
        ):
            for x, y, w, h in cascade.detectMultiScale(picture, 1.15, 6, minSize=(least, least)):
                box = (width - x - w if mirror else x, y, w, h)
                if not any(_overlap(box, other) > 0.3 for other in found):
                    found.append(box)
        found.sort(key=lambda box: (-box[2] * box[3], box))
        return [(x / width, y / height, w / width, h / height) for x, y, w, h in found[:MOST_FACES]]


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, width) * max(0, height) / min(a[2] * a[3], b[2] * b[3]) if width > 0 else 0.0
