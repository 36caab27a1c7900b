"""Inside the child: brightness and colour planes of a decoded picture as 8-bit arrays, without converting the picture.

`frame.reformat` to a small size costs more than decoding; looking at the planes where they are costs almost nothing.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

PLANAR = {
    f"yuv{alpha}{range_}{shape}p"
    for alpha in ("", "a")
    for range_ in ("", "j")
    for shape in ("410", "411", "420", "422", "440", "444")
} | {"gray"}
#: Sixteen bits per sample: how far to shift right for the upper eight.
DEEP = {f"yuv{shape}p{bits}le": bits - 8 for shape in ("420", "422", "440", "444") for bits in (9, 10, 12, 14, 16)}
DEEP |= {"gray10le": 2, "gray12le": 4, "gray16le": 8, "p010le": 8, "p012le": 8, "p016le": 8}
PAIRED = {"nv12", "nv21", "nv16", "nv24", "p010le", "p012le", "p016le"}
FULL_RANGE = 2
#: Inputs of a resize need no more samples than about this many per output sample and axis.
OVERSAMPLING = 5


class Planes:
    """The three planes of one picture; subsampled views are cheap, `tiny` and `gray` make small copies."""

    def __init__(self, frame: VideoFrame) -> None:
        self._name = frame.format.name
        if self._name not in PLANAR and self._name not in DEEP and self._name not in PAIRED:
            frame = frame.reformat(format="yuv420p")
            self._name = "yuv420p"
        self._frame = frame
        self._full = frame.color_range == FULL_RANGE or "yuvj" in self._name

    def luma(self, width: int, height: int) -> Plane:
        """Brightness at this size, 0 black to 255 white."""
        small = self._shrink(self._view(0), width, height)
        return small if self._full or self._name == "gray" else _stretch(small)

    def chroma(self, width: int, height: int) -> tuple[Plane, Plane]:
        """Blue and red difference at this size, 128 neutral."""
        if len(self._frame.planes) < 2:
            grey = np.full((height, width), 128, np.uint8)
            return grey, grey
        if self._name in PAIRED:
            both = self._view(1)
            first, second = both[:, 0::2], both[:, 1::2]
            blue, red = (second, first) if self._name == "nv21" else (first, second)
        else:
            blue, red = self._view(1), self._view(2)
        return self._shrink(blue, width, height), self._shrink(red, width, height)

    def _view(self, index: int) -> NDArray[np.uint8] | NDArray[np.uint16]:
        plane: VideoPlane = self._frame.planes[index]
        samples = plane.width * (2 if index == 1 and self._name in PAIRED else 1)
        kind = np.uint16 if self._name in DEEP else np.uint8
        rows: NDArray[Any] = np.frombuffer(memoryview(plane), kind).reshape(-1, plane.line_size // kind().itemsize)
        return rows[: plane.height, :samples]

    def _shrink(self, view: NDArray[np.uint8] | NDArray[np.uint16], width: int, height: int) -> Plane:
        rows = max(1, round(view.shape[0] / (height * OVERSAMPLING)))
        columns = max(1, round(view.shape[1] / (width * OVERSAMPLING)))
        part = view[::rows, ::columns]
        if part.dtype != np.uint8:
            part = np.clip(part >> DEEP.get(self._name, 0), 0, 255).astype(np.uint8)
        # INTER_AREA is no average when enlarging, but nobody looks closely at videos that small
        return np.asarray(cv2.resize(np.ascontiguousarray(part), (width, height), interpolation=cv2.INTER_AREA))


_LIMITED = np.clip((np.arange(256) - 16) * 255 / 219 + 0.5, 0, 255).astype(np.uint8)


def _stretch(plane: Plane) -> Plane:
    return np.asarray(cv2.LUT(plane, _LIMITED))
