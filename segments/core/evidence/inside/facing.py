"""Inside the child: look for faces on a small grey copy: soon after something new is seen, seldom while it stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from segments.core.media.facts import MediaFacts
from segments.core.media.inside.planes import Planes

WIDTH = 480
LEAST_SHARE = 0.1
#: Searched at sizes this far apart; a face must be found so often around its place. `faces` asks for two looks.
SIZE_STEP, LEAST_FINDS = 1.2, 3
#: Seconds between looks: never more often, while things are new, and once two looks agreed.
#: The last is less than `faces.TOGETHER_SECONDS`, so that neighbours can still confirm each other.
SHORTEST, SOON, SELDOM = 0.45, 0.9, 2.4
#: Mean change of brightness (of 255) below which a picture shows the same faces, and above which all is new.
SAME_PICTURE, NEW_PICTURE = 1.5, 20.0
THUMB = (32, 18)
MOST_FACES = 8
Box = tuple[float, float, float, float]


class FaceWatch:
    """`push` every picture of a stretch in order; `finish` gives times and boxes (shares of the shown picture)."""

    def __init__(self, facts: MediaFacts) -> None:
        folder = Path(cv2.__file__).parent / "data"
        self._frontal = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_alt2.xml"))
        self._rotation = facts.rotation
        turned = facts.rotation in (90, 270)
        shape = (facts.height, facts.width) if turned else (facts.width, facts.height)
        self._size = WIDTH, max(32, round(WIDTH * shape[1] / shape[0]))
        self._asked = self._looked = -SELDOM
        self._agreed = False
        self._thumb = np.zeros(THUMB[::-1], np.uint8)
        self._last: list[Box] = []
        self._rows: list[tuple[int, float, float, float, float]] = []
        self._times: list[float] = []

    def push(self, moment: float, planes: Planes) -> None:
        if moment < self._asked + SHORTEST:
            return
        self._asked = moment
        thumb = planes.luma(*THUMB)
        change = float(cv2.absdiff(thumb, self._thumb).mean()) if self._times else 255.0
        if change < NEW_PICTURE and moment < self._looked + (SELDOM if self._agreed else SOON):
            return
        found = self._last
        if change > SAME_PICTURE:
            self._thumb = thumb
            found = self._find(np.ascontiguousarray(np.rot90(planes.luma(*self._size), -self._rotation // 90)))
        self._agreed = change < NEW_PICTURE and len(found) == len(self._last)
        self._last, self._looked = found, moment
        self._rows += [(len(self._times), *box) for box in found]
        self._times.append(moment)

    def finish(self) -> dict[str, NDArray[Any]]:
        return {
            "face_times": np.asarray(self._times, "<f8"),
            "face_boxes": np.asarray(self._rows, "<f4").reshape(-1, 5),
        }

    def _find(self, grey: NDArray[np.uint8]) -> list[Box]:
        """Boxes as shares of the picture, largest first."""
        height, width = grey.shape
        least = max(20, int(LEAST_SHARE * height))
        even = cv2.equalizeHist(grey)
        boxes = self._frontal.detectMultiScale(even, SIZE_STEP, LEAST_FINDS, minSize=(least, least))
        found = [(x / width, y / height, w / width, h / height) for x, y, w, h in boxes]
        return sorted(found, key=lambda box: (-box[2] * box[3], box))[:MOST_FACES]
