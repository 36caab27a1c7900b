"""Media stage: a copy that every browser plays: H.264 with AAC in MP4, at most 1080 lines."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from segments.core.errors import MediaDecodeFailed
from segments.core.media.child import Child
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.files import replacing
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.progress import Progress, Report

TASKS = {
    "remux": "segments.core.media.inside.converting:remux",
    "transcode": "segments.core.media.inside.converting:transcode",
}
#: Far above what crf 23 needs at 1080 lines, far below what would fill a disk.
MOST_BYTES_PER_SECOND = 5 << 20
SPARE_BYTES = 64 << 20


def make_rendition(path: Path, out: Path, facts: MediaFacts, limits: MediaLimits, report: Report) -> None:
    """Write `out`. Copies the pictures when their codec allows it and makes new ones otherwise."""
    with replacing(out) as temporary:
        request = {"out": str(temporary.resolve()), "facts": asdict(facts), "limits": asdict(limits)}
        if facts.playback == "remux":
            try:
                return _convert(TASKS["remux"], path, request, limits, report)
            except MediaDecodeFailed:
                # Some containers carry no usable clock for copied packets; new pictures always have one.
                temporary.unlink(missing_ok=True)
        _convert(TASKS["transcode"], path, request, limits, report)


def _convert(task: str, path: Path, request: dict[str, Any], limits: MediaLimits, report: Report) -> None:
    path = path.resolve()
    total, size = request["facts"]["duration_seconds"], request["facts"]["file_size_bytes"]
    done = 0.0

    def tell() -> None:
        report(Progress("converting", done, total))

    most = size + SPARE_BYTES + int(total * MOST_BYTES_PER_SECOND)
    with Child(path.parent, limits, ChildLimits(limits.memory_bytes, 300 + int(total * 20), most)) as child:
        for message in child.stream(task, {**request, "path": str(path)}, tick=tell):
            beat = message.header.get("beat")
            done = max(done, float(beat)) if isinstance(beat, int | float) else done
    done = total
    tell()
