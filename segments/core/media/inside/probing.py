"""Inside the child: measure one file. Nothing it declares about itself is believed without looking."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import av.error
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from segments.core.errors import MediaLimits as LimitsError
from segments.core.errors import MediaTooLong, MediaUnreadable
from segments.core.media.containers import container_name, mime_type, playback
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.inside.scan import Packets, scan
from segments.core.media.open import THREADS, UNREADABLE, open_media, picture_track, sound_track
from segments.core.media.wire import Message

FIRST_PICTURE_PACKETS = 600
JUMP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Look:
    """What the opened container says; `declared` seconds are not yet believed, nor are those of all tracks, `whole`."""

    name: str
    declared: float
    whole: float
    aspect: float
    codec: str
    sound_codec: str | None
    pixel_format: str


def probe(request: Message, outlet: Outlet) -> None:
    """Emit the facts as one message."""
    limits = MediaLimits(**request.header["limits"])  # type: ignore[arg-type]
    path = Path(str(request.header["path"]))
    facts = measure(path, str(request.header["filename"]), limits, outlet)
    outlet.emit({"facts": asdict(facts)})


def measure(path: Path, filename: str, limits: MediaLimits, outlet: Outlet) -> MediaFacts:
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise LimitsError(f"This file has {_bytes(size)}; at most {_bytes(limits.max_bytes)} are accepted.")
    with open_media(path, limits) as container:
        stream = picture_track(container)
        _check_sides(stream.codec_context.width, stream.codec_context.height, 1, limits)
        picture = _first_picture(container, stream, outlet)
        sound = sound_track(container)
        look = Look(
            name=container_name(container.format.name, filename, path, container.metadata),
            declared=_declared(container, stream),
            whole=(container.duration or 0) / 1e6 if sound else 0.0,
            aspect=float(stream.codec_context.sample_aspect_ratio or 1),
            codec=stream.codec_context.codec.canonical_name,
            sound_codec=sound.codec_context.codec.canonical_name if sound else None,
            pixel_format=stream.codec_context.pix_fmt or picture.format.name,
        )
    # Opened again: seeking back is not reliable in every container.
    with open_media(path, limits) as container:
        packets = scan(container, picture_track(container), outlet)
    return _facts(look, packets, picture, limits, size)


def _facts(look: Look, packets: Packets, picture: VideoFrame, limits: MediaLimits, size: int) -> MediaFacts:
    width, height, rotation = displayed(picture, look.aspect)
    _check_sides(width, height, limits.min_side, limits)
    start = float(picture.time) if picture.time is not None else min(packets.times, default=0.0)
    duration, rate, variable, notes = _timing(packets, start, look)
    _check_timing(duration, rate, limits)
    return MediaFacts(
        duration_seconds=round(duration, 6),
        resolution=f"{width}x{height}",
        width=width,
        height=height,
        frame_rate=round(rate, 3),
        video_codec=look.codec,
        audio_codec=look.sound_codec,
        bitrate_kbps=round(size * 8 / duration / 1000),
        file_size_bytes=size,
        format_name=look.name,
        start_time=start,
        rotation=rotation,
        variable_frame_rate=variable,
        playback=playback(look.name, look.codec, look.pixel_format, look.sound_codec),
        mime_type=mime_type(look.name),
        notes=tuple(notes),
    )


def displayed(picture: VideoFrame, aspect: float) -> tuple[int, int, int]:
    """Width, height and clockwise rotation of the picture as a player shows it; `aspect` is that of one pixel."""
    believable = 0.1 < aspect < 10
    width, height = round(picture.width * aspect) if believable else picture.width, picture.height
    rotation = round(-picture.rotation / 90) * 90 % 360
    return (height, width, rotation) if rotation in (90, 270) else (width, height, rotation)


def _first_picture(container: InputContainer, stream: VideoStream, outlet: Outlet) -> VideoFrame:
    """The first picture that can be decoded: proof that this is a video, and the zero of its clock."""
    stream.thread_count = THREADS
    for count, packet in enumerate(container.demux(stream)):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            frames = []
        if frames and isinstance(frames[0], VideoFrame):
            return frames[0]
        if count > FIRST_PICTURE_PACKETS:
            break
        outlet.beat()
    raise MediaUnreadable(UNREADABLE)


def _declared(container: InputContainer, stream: VideoStream) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1e6 if container.duration else 0.0


def _timing(packets: Packets, start: float, look: Look) -> tuple[float, float, bool, list[str]]:
    """Duration, average rate, whether the rate varies, and what was odd."""
    times = np.sort(np.asarray(packets.times, np.float64)) - start
    times = times[np.isfinite(times) & (times > -1e-6)]
    if not len(times):
        raise MediaUnreadable(UNREADABLE)
    notes: list[str] = []
    steps = np.diff(times)
    jumps = np.flatnonzero(steps > JUMP_SECONDS)
    if len(jumps):
        notes.append("The clock of this file jumps; what comes after the jump is left out.")
        times, steps = times[: jumps[0] + 1], steps[: jumps[0]]
    steps = steps[steps > 1e-9]
    step = float(np.median(steps)) if len(steps) else packets.last_length or 0.04
    last = packets.last_length if 0 < packets.last_length < 10 * step + 1 else step
    duration = float(times[-1]) + last
    declared = look.declared
    if len(times) == 1 and look.whole > duration:
        return look.whole, 1 / look.whole, True, ["One picture stands while the sound plays."]
    if math.isfinite(declared) and 0.5 * duration < declared < duration:
        duration = max(declared, float(times[-1]) + 1e-3)
    elif declared <= 0 or abs(declared - duration) > max(1.0, 0.05 * duration):
        notes.append("The length that this file declares is not what it contains; it was measured.")
    if packets.broken:
        notes.append("Parts of this file are damaged.")
    # A step must be off by more than the rounding of a millisecond clock to count as irregular.
    irregular = np.abs(steps - step) > max(0.0021, 0.1 * step) if len(steps) else np.zeros(1)
    return duration, len(times) / duration, bool(np.mean(irregular) > 0.02), notes


def _check_sides(width: int, height: int, least: int, limits: MediaLimits) -> None:
    if max(width, height) > limits.max_side:
        raise LimitsError(
            f"This video is {width}×{height} pixels; at most {limits.max_side} per side are accepted. "
            "Export it smaller."
        )
    if min(width, height) < least:
        raise LimitsError(f"This video is {width}×{height} pixels; at least {least} per side are needed.")


def _check_timing(duration: float, rate: float, limits: MediaLimits) -> None:
    if duration < limits.min_duration:
        raise LimitsError(f"This video is {duration:.2f} s long; at least {limits.min_duration:g} s are needed.")
    if duration > limits.max_duration:
        raise MediaTooLong(
            f"This video is {_hours(duration)} long; at most {_hours(limits.max_duration)} are accepted. "
            "Cut it shorter."
        )
    if rate > limits.max_frame_rate:
        raise LimitsError(
            f"This video has {rate:.0f} pictures per second; at most {limits.max_frame_rate:g} are accepted."
        )


def _bytes(size: int) -> str:
    return f"{size / (1 << 30):.2f} GiB" if size >= 1 << 29 else f"{size / (1 << 20):.1f} MiB"


def _hours(seconds: float) -> str:
    return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60):02d} min"
