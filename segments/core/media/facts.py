"""What is known about a media file after probing, and the limits it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from segments.core.timeline import Span

#: How a browser gets this video: the upload itself, the same streams in MP4, or a re-encoded copy.
Playback = Literal["as_is", "remux", "transcode"]


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """What this installation accepts. Pixels are per side as displayed, durations seconds, sizes bytes."""

    min_side: int = 64
    max_side: int = 8192
    min_duration: float = 0.5
    max_duration: float = 6 * 3600.0
    max_bytes: int = 4 << 30
    max_frame_rate: float = 1000.0
    max_streams: int = 16
    memory_bytes: int = 1 << 30
    silence_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """Probed truth. The first ten names are the public `VideoMetadata`; the rest is ours.

    `duration_seconds` is the length of the picture track on a clock that starts at its first picture.
    `start_time` is that picture's time in the container (for reports on the container's own clock).
    `rotation` is 0, 90, 180 or 270 degrees clockwise; `width` and `height` have it applied, and the pixel aspect too.
    """

    duration_seconds: float
    resolution: str
    width: int
    height: int
    frame_rate: float
    video_codec: str
    audio_codec: str | None
    bitrate_kbps: int | None
    file_size_bytes: int
    format_name: str
    start_time: float = 0.0
    rotation: int = 0
    variable_frame_rate: bool = False
    playback: Playback = "as_is"
    mime_type: str = "application/octet-stream"
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> Span:
        return Span(0.0, self.duration_seconds)
