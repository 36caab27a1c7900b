"""Chapters for the description of a YouTube video: a line for each segment, `m:ss title`.

YouTube's rules (its help page "Video Chapters"): the first line is 0:00, at least three lines in ascending order, no
chapter shorter than ten seconds. A chapter lasts until the next one, so stretches between segments belong to the
segment before them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from segments.core.exports.table import Row, heading, rows
from segments.core.request import RunRequest
from segments.core.timeline import Segment

FEWEST = 3
SHORTEST = 10.0
LONGEST_TITLE = 100
BEFORE = "Start"
_FORBIDDEN = str.maketrans({"<": "‹", ">": "›"})  # YouTube refuses descriptions with angle brackets


def problem(request: RunRequest, segments: Iterable[Segment]) -> str:
    """Why there are no chapters, in words; "" when there are."""
    if len(request.definitions) != 1:
        return "Chapters need one definition. Choose which."
    found = list(rows(request, segments))
    if any(second.segment.start < first.segment.end - 1e-6 for first, second in pairwise(found)):
        return "Chapters cannot overlap, and these segments do."
    lines = _lines(found)
    if len(lines) < FEWEST:
        return f"YouTube wants at least {FEWEST} chapters; this would be {len(lines)}."
    starts = [start for start, _ in lines]
    if min(*(b - a for a, b in pairwise(starts)), found[-1].segment.end - starts[-1]) < SHORTEST:
        return f"YouTube wants chapters of at least {SHORTEST:g} seconds; some are shorter."
    return ""


def write(request: RunRequest, segments: Iterable[Segment]) -> str:
    """Ask `problem` before."""
    return "".join(f"{_clock(start)} {title}\n" for start, title in _lines(list(rows(request, segments))))


def _lines(found: list[Row]) -> list[tuple[int, str]]:
    """Whole seconds and titles. The first segment is drawn to 0:00, or gets a line before it when it comes late."""
    lines = [(int(row.segment.start), heading(row).translate(_FORBIDDEN)[:LONGEST_TITLE]) for row in found]
    if not lines or lines[0][0] == 0:
        return lines
    return [(0, BEFORE), *lines] if lines[0][0] >= SHORTEST else [(0, lines[0][1]), *lines[1:]]


def _clock(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"
