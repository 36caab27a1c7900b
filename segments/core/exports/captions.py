"""What is said as captions for a player: WebVTT (W3C), a cue for each line, times of the video."""

from __future__ import annotations

from collections.abc import Iterable

from segments.core.evidence.model import Word
from segments.core.exports.as_webvtt import SHORTEST, escaped
from segments.core.exports.table import one_line
from segments.core.request import format_time


def captions(lines: Iterable[Word]) -> str:
    """Lines in the order of time; who speaks is a voice tag where the subtitles name somebody."""
    return "\n".join(["WEBVTT", "", *(_cue(line) for line in lines)])


def _cue(line: Word) -> str:
    start, end = line.start, max(line.end, line.start + SHORTEST)
    times = f"{format_time(start, 'hh:mm:ss.fff')} --> {format_time(end, 'hh:mm:ss.fff')}"
    voice = f"<v {escaped(one_line(line.speaker))}>" if line.speaker else ""
    return "\n".join([times, f"{voice}{escaped(one_line(line.text))}", ""])
