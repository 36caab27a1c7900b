"""What is said in words, line by line: to bytes for the store, and back as one list for the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.model import Word
from segments.core.timeline import Span

NO_TRACK = "This video has no subtitles in text: add an SRT or WebVTT file to it, then run again."
SPEECH_FAILED = "Speech recognition broke on this video; the log of the server says how."


@dataclass(frozen=True, slots=True)
class Speech:
    """Speech recognition by `faster-whisper`: the folder of its model, or why there is none, in words."""

    folder: Path | None = None
    problem: str = ""


def payload(lines: Iterable[Word], why: str = "") -> bytes:
    """`why` says in sentences for people why there are no lines."""
    return pack({"lines": [list(astuple(line)) for line in lines], "why": why}, {})


def is_lasting(made: bytes) -> bool:
    """Not after a recogniser broke: the next run should try again."""
    return not str(unpack(made)[0]["why"]).endswith(SPEECH_FAILED)


def decide(payloads: Sequence[bytes], window: Span) -> tuple[Word, ...]:
    """The lines that touch `window`, in the order of time; empty when there are none."""
    lines = dict.fromkeys(_line(row) for one in payloads for row in unpack(one)[0]["lines"])
    inside = [line for line in lines if line.start < window.end and line.end > window.start]
    return tuple(sorted(inside, key=lambda line: (line.start, line.end)))


def _line(row: list[Any]) -> Word:
    """Rows of subtitles that were added before languages were kept end earlier."""
    known = dict(zip((each.name for each in fields(Word)), row, strict=False))
    return Word(**{**known, "parts": tuple((text, start, end) for text, start, end in known.get("parts", ()))})


def why_none(payloads: Sequence[bytes]) -> str:
    """The first reason that a payload without lines gives."""
    return next((str(why) for one in payloads if (why := unpack(one)[0]["why"])), "")
