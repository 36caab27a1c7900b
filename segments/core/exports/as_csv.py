"""A table for spreadsheets: RFC 4180 with a byte order mark, which they need to read UTF-8.

A text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises ("CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from segments.core.exports.table import Row, rows, words
from segments.core.request import RunRequest, format_time
from segments.core.timeline import Segment

FIRST = ("definition", "number", "start_time", "end_time", "duration_seconds", "confidence")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_BYTE_ORDER_MARK = "\ufeff"


def write(request: RunRequest, segments: Iterable[Segment]) -> str:
    """One line for each segment, one column for each field name; definitions share a column of the same name."""
    names = list(dict.fromkeys(spec.name for definition in request.definitions for spec in definition.fields))
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*FIRST, *(safe(name) for name in names)])
    for row in rows(request, segments):
        table.writerow(_cells(row, names, request.time_format))
    return _BYTE_ORDER_MARK + text.getvalue()


def _cells(row: Row, names: list[str], time_format: str) -> list[object]:
    segment = row.segment
    times = (format_time(segment.start, time_format), format_time(segment.end, time_format))
    facts = (safe(row.definition.id), row.number, *times, round(segment.end - segment.start, 3), segment.confidence)
    return [*facts, *(_cell(row.metadata.get(name)) for name in names)]


def _cell(value: object) -> object:
    """Numbers stay numbers, also negative ones; all else is text and made safe."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return safe(words(value))


def safe(text: str) -> str:
    """An apostrophe before what a spreadsheet might take for a formula, and before one that is there already.

    So taking one apostrophe away from each cell that begins with one gives the exact text again.
    """
    return f"'{text}" if text.startswith((*_FORMULA, "'")) or text.lstrip().startswith(_FORMULA) else text
