"""Inside the child: prepare reference images, and look for them in a stretch of video.

Distinctive points are compared (SIFT and the ratio test: Lowe 2004, "Distinctive image features from scale-invariant
keypoints"), those that agree on one affine map are kept (RANSAC: Fischler and Bolles 1981), and the place that the map
points to has to look like the image. So a logo is found at any size, a little turned or partly hidden, and a picture
that merely has similar corners is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.inside.reel import SAME, Reel
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.inside.planes import Planes
from segments.core.media.wire import Message

Grey = NDArray[np.uint8]
#: Sides in pixels: of what is compared, and of the smallest image that can be told from others.
REFERENCE_SIDE, FRAME_WIDTH, LEAST_SIDE = 320, 480, 24
LEAST_POINTS = 12
FRAME_POINTS = 1500
#: Seconds between pictures that are compared.
STEP = 0.5
RATIO = 0.75
#: Points that must agree, and how far (pixels of the picture) each may lie from where the map puts it.
LEAST_INLIERS, REACH = 6, 3.0
#: Correlation with the place; what fills the whole picture has to agree by so much more, because the layout of a page
#: is a large part of it.
LEAST_LIKENESS, WHOLE_PICTURE = 0.75, 0.13
#: Sizes of the found place to the image, and how much it may be squeezed one way.
SMALLEST, LARGEST, SQUEEZE = 0.08, 8.0, 2.0
LEAST_VISIBLE = 0.6
#: Largest change (of 255) of any part of a small copy below which a picture is that of before.
SAME_PICTURE = 3
THUMB = (64, 36)
#: A face found at two sizes of the image, so often around its place and so large, is one.
FACE_SIDES, FACE_FINDS, FACE_SHARE = (320, 200), 5, 0.08
SEED = 20


@dataclass(slots=True)
class _Image:
    """A prepared reference image with its points."""

    grey: Grey
    mask: Grey
    places: NDArray[np.float32] = field(init=False)
    looks: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        self.places, self.looks = _points(self.grey, self.mask, 0)


def prepare(request: Message, outlet: Outlet) -> None:
    """Decode the image in the payload; emit its grey copy and which of its pixels count, or the problem with it."""
    cv2.setNumThreads(1)
    try:
        colour = cv2.imdecode(np.frombuffer(request.payload, np.uint8), cv2.IMREAD_UNCHANGED)
    except (cv2.error, MemoryError):
        colour = None
    if colour is None:
        outlet.emit({"problem": "it could not be read as an image. Send a JPEG, PNG, WebP or BMP"})
        return
    height, width = colour.shape[:2]
    if min(height, width) < LEAST_SIDE:
        least = f"at least {LEAST_SIDE} pixels each way are needed"
        outlet.emit({"problem": f"it is too small ({width}x{height}); {least}"})
        return
    grey, mask = _shrunk(colour)
    count = len(_points(grey, mask, 0)[0])
    if count < LEAST_POINTS:
        outlet.emit({"problem": f"it is too plain to be told from others ({count} distinctive points)"})
        return
    outlet.emit({"has_face": _has_face(grey)}, pack({}, {"grey": grey, "mask": mask}))


def spot(request: Message, outlet: Outlet) -> None:
    """Emit for each compared picture in `[start, end)` and each image: matches, inliers and likeness."""
    cv2.setNumThreads(1)
    header = cast(dict[str, Any], request.header)
    facts, limits = MediaFacts(**header["facts"]), MediaLimits(**header["limits"])
    start, end = float(header["start"]), float(header["end"])
    _, arrays = unpack(request.payload)
    images = [_Image(arrays[f"grey{n}"], arrays[f"mask{n}"]) for n in range(int(header["images"]))]
    times: list[float] = []
    rows: list[list[tuple[float, float, float]]] = []
    thumb = np.zeros(THUMB[::-1], np.uint8)
    with Reel(Path(header["path"]), facts, limits, bool(header["sequential"]), outlet) as reel:
        for moment, frame in reel.pictures(start, end, lambda _moment: False):
            if not start - SAME <= moment < end - SAME or (times and moment < times[-1] + STEP - SAME):
                continue
            planes = Planes(frame)
            now = planes.luma(*THUMB)
            if not rows or int(cv2.absdiff(now, thumb).max()) > SAME_PICTURE:
                thumb = now
                places, looks = _points(grey := _shown(planes, facts), None, FRAME_POINTS)
                rows.append([_compared(image, grey, places, looks) for image in images])
            else:
                rows.append(rows[-1])
            times.append(moment)
    found = np.asarray(rows, "<f4").reshape(len(times), len(images), 3)
    outlet.emit({"spotted": [start, end]}, pack({}, {"times": np.asarray(times, "<f8"), "found": found}))


def _shrunk(colour: NDArray[Any]) -> tuple[Grey, Grey]:
    """Grey copy and mask, at most `REFERENCE_SIDE` each way. What is transparent does not count."""
    if colour.dtype != np.uint8:
        colour = cv2.convertScaleAbs(colour, alpha=255 / np.iinfo(colour.dtype).max)
    mask = np.full(colour.shape[:2], 255, np.uint8)
    if colour.ndim == 3 and colour.shape[2] == 4:
        mask = np.where(colour[:, :, 3] >= 128, 255, 0).astype(np.uint8)
        colour = colour[:, :, :3]
    grey = colour if colour.ndim == 2 else cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
    grey = np.where(mask > 0, grey, 128).astype(np.uint8)
    scale = min(1.0, REFERENCE_SIDE / max(grey.shape))
    size = max(8, round(grey.shape[1] * scale)), max(8, round(grey.shape[0] * scale))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small), np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST))


def _has_face(grey: Grey) -> bool:
    """Whether a face takes up a good part of the image."""
    finder = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_frontalface_alt2.xml"))

    def is_seen(side: int) -> bool:
        scale = side / max(grey.shape)
        copy = cv2.equalizeHist(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
        boxes = finder.detectMultiScale(copy, 1.1, FACE_FINDS)
        return any(width * height >= FACE_SHARE * copy.size for _, _, width, height in boxes)

    return all(is_seen(side) for side in FACE_SIDES)


def _shown(planes: Planes, facts: MediaFacts) -> Grey:
    turned = facts.rotation in (90, 270)
    width, height = (facts.height, facts.width) if turned else (facts.width, facts.height)
    size = FRAME_WIDTH, max(32, round(FRAME_WIDTH * height / width))
    return np.ascontiguousarray(np.rot90(planes.luma(*size), -facts.rotation // 90))


def _points(grey: Grey, mask: Grey | None, most: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Places (n, 2) and looks (n, 128) of distinctive points."""
    finder = cv2.SIFT_create(nfeatures=most, contrastThreshold=0.03)  # type: ignore[attr-defined]
    keys, looks = finder.detectAndCompute(grey, mask)
    if looks is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32)
    return np.asarray([key.pt for key in keys], np.float32), np.asarray(looks, np.float32)


def _compared(
    image: _Image, grey: Grey, places: NDArray[np.float32], looks: NDArray[np.float32]
) -> tuple[float, float, float]:
    """Matches, inliers and likeness; zeros where the image is not seen."""
    if len(looks) < LEAST_INLIERS:
        return 0.0, 0.0, 0.0
    # from the picture to the image: two copies of a logo in one picture do not take each other's matches away
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(looks, image.looks, k=2)
    good = [first for first, second in pairs if first.distance < RATIO * second.distance]
    if len({pair.trainIdx for pair in good}) < LEAST_INLIERS:
        return float(len(good)), 0.0, 0.0
    inside = image.places[[pair.trainIdx for pair in good]]
    outside = places[[pair.queryIdx for pair in good]]
    cv2.setRNGSeed(SEED)  # the same answer every time
    mapped, agree = cv2.estimateAffine2D(
        inside, outside, method=cv2.RANSAC, ransacReprojThreshold=REACH, maxIters=2000, confidence=0.995
    )
    if mapped is None or not _is_plausible(mapped):
        return float(len(good)), 0.0, 0.0
    inliers = len({pair.trainIdx for pair, fits in zip(good, agree.ravel(), strict=True) if fits})
    if inliers < LEAST_INLIERS:
        return float(len(good)), 0.0, 0.0
    return float(len(good)), float(inliers), _likeness(image, grey, mapped)


def _is_plausible(mapped: NDArray[Any]) -> bool:
    turn = mapped[:, :2]
    large, small = np.linalg.svd(turn, compute_uv=False)
    return bool(np.linalg.det(turn) > 0 and small > SMALLEST and large < LARGEST and large <= SQUEEZE * small)


def _likeness(image: _Image, grey: Grey, mapped: NDArray[Any]) -> float:
    """Correlation (0-1) of the image with the place that it is mapped to; 0 where that is too low to be believed."""
    size = image.grey.shape[1], image.grey.shape[0]
    back = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    there = cv2.warpAffine(grey, mapped, size, flags=back)
    inside = cv2.warpAffine(np.full_like(grey, 255), mapped, size, flags=back)
    counts = (inside == 255) & (image.mask > 0)
    if counts.sum() < LEAST_VISIBLE * (image.mask > 0).sum():
        return 0.0
    scale = float(np.sqrt(abs(np.linalg.det(mapped[:, :2]))))
    soft = cv2.GaussianBlur(image.grey, (0, 0), 0.5 / scale) if scale < 1 else image.grey
    a, b = soft[counts].astype(np.float64), there[counts].astype(np.float64)
    spread = float(a.std() * b.std())
    if spread < 1e-6:
        return 0.0
    found = float(((a - a.mean()) * (b - b.mean())).mean()) / spread
    share = min(1.0, scale * scale * image.grey.size / grey.size)
    return found if found >= LEAST_LIKENESS + WHOLE_PICTURE * share else 0.0
