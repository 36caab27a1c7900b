"""Media stage: still pictures of a video: one poster, and a sheet of small tiles for the timeline."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from segments.core.media.child import Child
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.files import replacing
from segments.core.media.inside.sandbox import ChildLimits

POSTER_TASK = "segments.core.media.inside.stills:poster"
STILL_TASK = "segments.core.media.inside.stills:still"
SPRITE_TASK = "segments.core.media.inside.stills:sprite"
TILE_WIDTH, TILE_HEIGHT = 160, 90
MOST_TILES = 200
LEAST_INTERVAL = 0.5
COLUMNS = 10


@dataclass(frozen=True, slots=True)
class SpriteFacts:
    """How to find tile n (from 0, row by row): it shows the video at about (n + ½) × `interval` seconds."""

    columns: int
    rows: int
    tile_width: int
    tile_height: int
    interval: float
    count: int


def make_poster(path: Path, out: Path, facts: MediaFacts, limits: MediaLimits) -> None:
    """Write a JPEG of at most 640 pixels width; a dark or empty picture is avoided when a better one is near."""
    _write(out, POSTER_TASK, {"path": str(path.resolve()), "facts": asdict(facts)}, limits)


def make_still(path: Path, out: Path, facts: MediaFacts, limits: MediaLimits, *, moment: float) -> None:
    """Write the picture that is shown at `moment` seconds as a JPEG of at most 640 pixels width."""
    _write(out, STILL_TASK, {"path": str(path.resolve()), "facts": asdict(facts), "moment": moment}, limits)


def make_sprite(path: Path, out: Path, facts: MediaFacts, limits: MediaLimits) -> SpriteFacts:
    """Write one JPEG with up to 200 tiles, evenly spread over the video."""
    sprite = sprite_of(facts.duration_seconds)
    request = {"path": str(path.resolve()), "facts": asdict(facts), "sprite": asdict(sprite)}
    _write(out, SPRITE_TASK, request, limits)
    return sprite


def sprite_of(duration: float) -> SpriteFacts:
    """The sheet's shape for a video of this length."""
    interval = max(LEAST_INTERVAL, duration / MOST_TILES)
    count = min(MOST_TILES, max(1, math.ceil(duration / interval - 1e-6)))
    columns = min(COLUMNS, count)
    return SpriteFacts(columns, math.ceil(count / columns), TILE_WIDTH, TILE_HEIGHT, round(interval, 6), count)


def _write(out: Path, task: str, request: dict[str, Any], limits: MediaLimits) -> None:
    folder = Path(request["path"]).parent
    cpu_seconds = 120 + int(request["facts"]["duration_seconds"] / 10)
    with Child(folder, limits, ChildLimits(limits.memory_bytes, cpu_seconds)) as child:
        answer = child.run(task, {**request, "limits": asdict(limits)})
    with replacing(out) as temporary:
        temporary.write_bytes(answer.payload)
