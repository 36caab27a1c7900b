"""Segments as files that other programs read: JSON, CSV, WebVTT and YouTube chapters. Values in, text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from segments.core.exports import as_chapters, as_csv, as_json, as_webvtt
from segments.core.request import RunRequest
from segments.core.timeline import Segment

__all__ = ["FORMATS", "Format", "only"]

Segments = Iterable[Segment]


def _always(_request: RunRequest, _segments: Segments) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Format:
    """`problem` says in words why a result cannot be written so, "" when it can."""

    name: str
    title: str
    extension: str
    media_type: str
    write: Callable[[RunRequest, Segments], str]
    problem: Callable[[RunRequest, Segments], str] = _always


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("json", "JSON", "json", "application/json", as_json.write),
        Format("csv", "CSV", "csv", "text/csv; charset=utf-8", as_csv.write),
        Format("webvtt", "WebVTT", "vtt", "text/vtt; charset=utf-8", as_webvtt.write),
        Format(
            "chapters",
            "YouTube chapters",
            "txt",
            "text/plain; charset=utf-8",
            as_chapters.write,
            as_chapters.problem,
        ),
    )
}


def only(request: RunRequest, definition_id: str) -> RunRequest:
    """The request as if it had asked for this definition alone; `KeyError` if it is not one of its own."""
    found = tuple(each for each in request.definitions if each.id == definition_id)
    if not found:
        raise KeyError(definition_id)
    return replace(request, definitions=found)
