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
#: Profiles cost three searches; they are looked for on a smaller copy, and only where no face looks at us.
PROFILE_WIDTH = 320
INTERVAL = 0.9
LEAST_SHARE = 0.1
#: A picture this close to the last one looked at shows the same faces.
SAME_PICTURE = 1.5
THUMB = (32, 18)
MOST_FACES = 8


class FaceWatch:
    """`push` every picture of a stretch in order; `finish` gives times and boxes (shares of the shown picture)."""

    def __init__(self, facts: MediaFacts) -> None:
        folder = Path(cv2.__file__).parent / "data"
        self._frontal = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_alt2.xml"))
        self._profile = cv2.CascadeClassifier(str(folder / "haarcascade_profileface.xml"))
        self._rotation = facts.rotation
        turned = facts.rotation in (90, 270)
        shape = (facts.height, facts.width) if turned else (facts.width, facts.height)
        self._size = WIDTH, max(32, round(WIDTH * shape[1] / shape[0]))
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
        """Boxes as shares of the picture, largest first."""
        found = _search(self._frontal, grey, mirrored=False)
        if not found:
            height = round(grey.shape[0] * PROFILE_WIDTH / WIDTH)
            small = np.asarray(cv2.resize(grey, (PROFILE_WIDTH, height), interpolation=cv2.INTER_AREA), np.uint8)
            found = _search(self._profile, small, mirrored=False) or _search(self._profile, small, mirrored=True)
        return sorted(found, key=lambda box: (-box[2] * box[3], box))[:MOST_FACES]


def _search(
    cascade: cv2.CascadeClassifier, grey: NDArray[np.uint8], *, mirrored: bool
) -> list[tuple[float, float, float, float]]:
    height, width = grey.shape
    least = max(20, int(LEAST_SHARE * height))
    picture = cv2.flip(grey, 1) if mirrored else grey
    boxes = cascade.detectMultiScale(cv2.equalizeHist(picture), 1.2, 5, minSize=(least, least))
    return [((width - x - w if mirrored else x) / width, y / height, w / width, h / height) for x, y, w, h in boxes]
