"""Inside the child: read the lines of a subtitle track."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import AssSubtitle

from segments.core.evidence import words
from segments.core.evidence.languages import bcp47
from segments.core.evidence.model import Word
from segments.core.evidence.subtitle_files import plain
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.open import open_media, picture_track, subtitle_track
from segments.core.media.wire import Message

#: How long a line stands whose end the file does not tell, unless the next one comes earlier.
USUAL_SECONDS = 4.0


def read(request: Message, outlet: Outlet) -> None:
    """Emit one message: the lines, none when the file has no subtitles in text."""
    header = cast(dict[str, Any], request.header)
    facts, limits = MediaFacts(**header["facts"]), MediaLimits(**header["limits"])
    with open_media(Path(header["path"]), limits) as container:
        lines = list(_lines(container, facts.start_time, outlet))
    outlet.emit({"words": len(lines)}, words.payload(_ended(lines)))


def _lines(container: InputContainer, zero: float, outlet: Outlet) -> Iterator[Word]:
    track = subtitle_track(container)
    if track is None or track.time_base is None:
        return
    base = float(track.time_base)
    language = bcp47(track.language)
    try:
        # the pictures are passed over too, so that a long film shows that we live
        for packet in container.demux(track, picture_track(container)):
            outlet.beat()
            if packet.stream is not track or packet.pts is None:
                continue
            begin = round(packet.pts * base - zero, 3)
            text = _text(cast("Packet[SubtitleStream]", packet))
            if text:
                yield Word(begin, round(begin + (packet.duration or 0) * base, 3), text, "subtitles", language=language)
    except av.error.FFmpegError:
        return  # the rest of the track is damaged; what was read holds


def _text(packet: Packet[SubtitleStream]) -> str:
    try:
        parts = packet.decode()
    except av.error.FFmpegError:
        return ""
    return plain(" ".join(part.dialogue.decode(errors="replace") for part in parts if isinstance(part, AssSubtitle)))


def _ended(lines: list[Word]) -> list[Word]:
    """A line without an end stands until the next one begins, at most the usual time."""
    whole = []
    for n, line in enumerate(lines):
        following = lines[n + 1].start if n + 1 < len(lines) else line.start + USUAL_SECONDS
        end = max(line.start + 0.1, min(following, line.start + USUAL_SECONDS))
        whole.append(line if line.end > line.start else replace(line, end=round(end, 3)))
    return whole
