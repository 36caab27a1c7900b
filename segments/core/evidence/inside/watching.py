"""Inside the child: look at one stretch of the pictures and send small copies, faces and pictures worth reading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from segments.core.evidence.arrays import pack
from segments.core.evidence.inside.anchors import NEAR, Key, calm_bytes
from segments.core.evidence.inside.facing import FaceWatch
from segments.core.evidence.inside.novelty import TextWatch
from segments.core.evidence.inside.reel import SAME, Reel
from segments.core.evidence.tiny import CHROMA_SIZE, LUMA_SIZE, worth_a_closer_look
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.inside.planes import Planes
from segments.core.media.inside.scan import scan
from segments.core.media.open import open_media, picture_track
from segments.core.media.wire import Message

#: When so large a share of a stretch would be looked at again, all of it is.
DENSE_SHARE = 0.3


@dataclass(slots=True)
class Kept:
    """Small copies of the pictures of one stretch, in time order."""

    times: list[float] = field(default_factory=list)
    keys: list[bool] = field(default_factory=list)
    luma: list[NDArray[np.uint8]] = field(default_factory=list)
    chroma: list[NDArray[np.uint8]] = field(default_factory=list)

    def add(self, moment: float, frame: VideoFrame, planes: Planes) -> None:
        self.times.append(moment)
        self.keys.append(bool(frame.key_frame))
        self.luma.append(planes.luma(*LUMA_SIZE))
        self.chroma.append(np.stack(planes.chroma(*CHROMA_SIZE)))


def index(request: Message, outlet: Outlet) -> None:
    """Emit where decoding may start, in seconds, whether the clock is too odd to jump around in this file, and how
    small packets are where its anchors tell enough (0: nowhere)."""
    facts, limits, path = _ask(request)
    with open_media(path, limits) as container:
        stream = picture_track(container)
        known = indexed_keys(container, stream)
        calm = calm_bytes(container, stream, known) if known else 0
        keys = scan(container, stream, outlet).keys if known is None else [key.time for key in known]
    starts = sorted({round(key - facts.start_time, 6) for key in keys})
    outlet.emit(
        {
            "keys": [key for key in starts if 0 < key < facts.duration_seconds],
            "sequential": any(b < a for a, b in pairwise(keys)),
            "calm_bytes": calm,
        }
    )


def watch(request: Message, outlet: Outlet) -> None:
    """Emit one message with everything seen in `[start, end)`."""
    cv2.setNumThreads(1)
    facts, limits, path = _ask(request)
    header = cast(dict[str, Any], request.header)
    start, end = float(header["start"]), float(header["end"])
    faces = FaceWatch(facts) if header["faces"] else None
    texts = TextWatch(facts, outlet) if header["text"] else None
    kept = Kept()
    with Reel(path, facts, limits, bool(header["sequential"]), outlet, int(header["calm_bytes"])) as reel:
        for moment, frame in reel.pictures(start, end, lambda _moment: False):
            planes = Planes(frame)
            if header["pictures"]:
                kept.add(moment, frame, planes)
            if start - SAME <= moment < end - SAME:
                for watcher in (faces, texts):
                    if watcher is not None:
                        watcher.push(moment, planes)
        arrays = _closer(reel, kept, start, end) if header["pictures"] else {}
    arrays |= faces.finish() if faces is not None else {}
    arrays |= texts.finish() if texts is not None else {}
    outlet.emit({"watched": [start, end]}, pack({}, arrays, level=0))


def _closer(reel: Reel, kept: Kept, start: float, end: float) -> dict[str, NDArray[Any]]:
    """The kept pictures, with the skipped ones added wherever a cut may hide between two of them."""
    shown = sorted(reel.shown)
    gaps = []
    for n, (before, after) in enumerate(pairwise(kept.times)):
        skipped = bisect_left(shown, after - SAME) - bisect_right(shown, before + SAME)
        if skipped > 0 and not kept.keys[n + 1]:
            gaps.append(n)
    extra = [False] * len(kept.times)
    if gaps:
        wanted = [n for n in worth_a_closer_look(np.stack(kept.luma), np.asarray(kept.times)) if n in set(gaps)]
        ranges = [(kept.times[n], kept.times[n + 1]) for n in wanted]
        if len(wanted) > DENSE_SHARE * len(kept.times):
            ranges = [(start, end)]
        kept, extra = _again(reel, kept, ranges, start, end)
    inside = [n for n, moment in enumerate(kept.times) if start - SAME <= moment < end - SAME]
    return {
        "times": np.asarray([kept.times[n] for n in inside], "<f8"),
        "keys": np.asarray([kept.keys[n] for n in inside], "|u1"),
        "extra": np.asarray([extra[n] for n in inside], "|u1"),
        "luma": np.asarray([kept.luma[n] for n in inside], "|u1").reshape(-1, LUMA_SIZE[1], LUMA_SIZE[0]),
        "chroma": np.asarray([kept.chroma[n] for n in inside], "|u1").reshape(-1, 2, CHROMA_SIZE[1], CHROMA_SIZE[0]),
    }


def _again(
    reel: Reel, kept: Kept, ranges: list[tuple[float, float]], start: float, end: float
) -> tuple[Kept, list[bool]]:
    """Decode around `ranges` once more, this time every picture, and merge."""
    known = set(kept.times)
    found = Kept()
    for first, last in _joined(ranges):
        for moment, frame in reel.pictures(first, last, lambda t, a=first, b=last: a <= t <= b):  # type: ignore[misc]
            if first <= moment <= last and moment not in known:
                known.add(moment)
                found.add(moment, frame, Planes(frame))
    order = sorted(range(len(kept.times) + len(found.times)), key=lambda n: (kept.times + found.times)[n])
    merged = Kept(
        *([(getattr(kept, name) + getattr(found, name))[n] for n in order] for name in ("times", "keys")),
        *([(getattr(kept, name) + getattr(found, name))[n] for n in order] for name in ("luma", "chroma")),
    )
    return merged, [n >= len(kept.times) for n in order]


def _joined(ranges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Ranges close together are read in one go."""
    joined: list[tuple[float, float]] = []
    for first, last in ranges:
        if joined and first - joined[-1][1] < 1e-6:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def indexed_keys(container: InputContainer, stream: VideoStream) -> list[Key] | None:
    """Key pictures from the container's own index, without reading the file; None where it has no full one."""
    if not container.format.name.startswith(("mov", "avi")):
        return None
    entries = stream.index_entries
    if len(entries) < 2 or stream.time_base is None:
        return None
    # the index knows decoding times; pictures are shown as much later as the decoder may reorder
    slack = (stream.codec_context.reorder_depth + 1.5) / float(stream.average_rate or 25)
    sums = [0, *accumulate(entry.size for entry in entries)]
    return [
        Key(float(entry.timestamp * stream.time_base) + slack, entry.size, sums[min(n + NEAR, len(entries))] - sums[n])
        for n, entry in enumerate(entries)
        if entry.is_keyframe
    ]


def _ask(request: Message) -> tuple[MediaFacts, MediaLimits, Path]:
    header = cast(dict[str, Any], request.header)
    return MediaFacts(**header["facts"]), MediaLimits(**header["limits"]), Path(header["path"])
