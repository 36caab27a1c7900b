"""WebVTT (W3C): a cue for each segment, its fields as lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from segments.core.exports.table import Row, one_line, rows, words
from segments.core.request import RunRequest, format_time
from segments.core.timeline import Segment

#: A cue that ends when it starts is none: the shortest in seconds.
SHORTEST = 0.001


def write(request: RunRequest, segments: Iterable[Segment]) -> str:
    """All definitions on one time axis: cues sorted by start, named `definition number`."""
    found = sorted(rows(request, segments), key=lambda row: (row.segment.start, row.segment.end))
    return "\n".join(["WEBVTT", "", *(_cue(row) for row in found)])


def _cue(row: Row) -> str:
    start, end = row.segment.start, max(row.segment.end, row.segment.start + SHORTEST)
    times = f"{format_time(start, 'hh:mm:ss.fff')} --> {format_time(end, 'hh:mm:ss.fff')}"
    texts = [(name, one_line(words(value))) for name, value in row.metadata.items()]
    lines = [escaped(f"{name}: {text}") for name, text in texts if text] or [escaped(row.definition.id)]
    return "\n".join([f"{escaped(one_line(row.definition.id))} {row.number}", times, *lines, ""])


def escaped(text: str) -> str:
    """Without signs that would begin a tag, an escape or a time line."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
