"""Subtitles that people add to a video. They replace what the file itself carries."""

from __future__ import annotations

from segments.core.evidence import words
from segments.core.evidence.model import Word
from segments.core.evidence.subtitle_files import parse
from segments.core.timeline import Span
from segments.domain import storage
from segments.domain.videos import display_name
from segments.models import Video


def add(video: Video, *, name: str, content: bytes) -> None:
    """Keep the lines of an SRT or WebVTT file. `InvalidRequest` says what is wrong, and what was there stays."""
    lines = parse(content)
    storage.write_durably(storage.folder(video) / storage.SUBTITLES, words.payload(lines))
    kept = {"name": display_name(name), "lines": len(lines), "last": lines[-1].end}
    Video.objects.filter(pk=video.pk).update(subtitles=kept)


def remove(video: Video) -> None:
    """Back to what the file carries."""
    Video.objects.filter(pk=video.pk).update(subtitles=None)
    (storage.folder(video) / storage.SUBTITLES).unlink(missing_ok=True)


def lines(video: Video) -> tuple[Word, ...]:
    """The added lines in the order of time; empty when there are none."""
    added = payload(video)
    return words.decide([added], Span(0.0, float("inf"))) if added is not None else ()


def payload(video: Video) -> bytes | None:
    """The added lines as evidence; None when there are none."""
    if video.subtitles is None:
        return None
    try:
        return (storage.folder(video) / storage.SUBTITLES).read_bytes()
    except FileNotFoundError:
        return None  # removed at this moment, or by hand: the file's own track is read instead
