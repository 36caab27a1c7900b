"""Media stage: the one place that opens media files. Nobody else calls `av.open` on bytes that a user gave us.

A text file under any name can be a playlist that makes FFmpeg read other files or the network. The list of formats
stops that: what is not on it is refused before any demuxer sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.stream import Disposition
from av.subtitles.stream import SubtitleStream
from av.video.stream import VideoStream

from segments.core.errors import MediaLimits as LimitsError
from segments.core.errors import MediaNoVideo, MediaUnreadable
from segments.core.media.facts import MediaLimits
from segments.core.media.sniff import refuse_what_is_no_video

FORMATS = ("mov", "matroska", "webm", "avi", "mpegts", "mpeg", "mpegvideo", "flv", "asf", "ogg", "mxf")
TEXT_SUBTITLES = ("subrip", "srt", "mov_text", "ass", "ssa", "webvtt", "text")
THREADS = 2
UNREADABLE = "This file could not be opened as a video. It may be damaged or incomplete: export or download it again."


@contextmanager
def open_media(path: Path, limits: MediaLimits) -> Iterator[InputContainer]:
    """The opened file. Raises MediaUnreadable or MediaLimits with words for people."""
    refuse_what_is_no_video(path)
    options = {
        "format_whitelist": ",".join(FORMATS),
        "protocol_whitelist": "file",
        "max_pixels": str(limits.max_side * limits.max_side),
        "threads": str(THREADS),
    }
    try:
        # "file:" in front: a name such as "concat:a|b" must never be read as a protocol
        container = av.open(f"file:{path}", options=options, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError, UnicodeError) as error:
        raise MediaUnreadable(UNREADABLE) from error
    with container:
        if len(container.streams) > limits.max_streams:
            raise LimitsError(
                f"This file has {len(container.streams)} tracks; at most {limits.max_streams} are accepted. "
                "Export it with one picture and one sound track."
            )
        yield container


@contextmanager
def create_mp4(path: Path) -> Iterator[OutputContainer]:
    """An MP4 to write, with its index in front so that browsers start at once."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        yield container


def picture_track(container: InputContainer) -> VideoStream:
    """The picture track to use: the default one, else the first. Cover art is no video."""
    covers = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    tracks = [s for s in container.streams.video if not s.disposition & covers and s.codec_context is not None]
    if tracks:
        return next((s for s in tracks if s.disposition & Disposition.default), tracks[0])
    if container.streams.audio:
        raise MediaNoVideo("This file has sound but no moving picture. Choose a file with a video track.")
    if container.streams.video:
        raise MediaUnreadable("The picture track of this file uses a format we cannot decode. Export it as H.264 MP4.")
    raise MediaNoVideo("There is no video track in this file. Choose a file with a moving picture.")


def sound_track(container: InputContainer) -> AudioStream | None:
    """The sound track to use: the default one, else the first that can be decoded; None without sound."""
    tracks = [s for s in container.streams.audio if s.codec_context is not None]
    return next((s for s in tracks if s.disposition & Disposition.default), tracks[0] if tracks else None)


def subtitle_track(container: InputContainer) -> SubtitleStream | None:
    """The subtitles to read: text that is meant for everybody; the default track, else the first. Pictures are none."""
    tracks = [s for s in container.streams.subtitles if s.codec_context is not None and s.name in TEXT_SUBTITLES]
    whole = [s for s in tracks if not s.disposition & Disposition.forced] or tracks
    return next((s for s in whole if s.disposition & Disposition.default), whole[0] if whole else None)
