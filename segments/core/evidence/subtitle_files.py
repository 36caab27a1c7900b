"""Subtitle files as people upload them: SRT and WebVTT, read strictly and refused with the lines that are wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import count

from segments.core.errors import InvalidRequest, Problem
from segments.core.evidence.model import Word

MAX_BYTES = 4 << 20
MAX_LINES = 20_000
MAX_PROBLEMS = 20
MAX_TEXT = 2_000

_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^ \t>]+)?[ \t]+([^>]+)>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_EXAMPLE = "00:00:01,000 --> 00:00:03,500"


def parse(content: bytes) -> tuple[Word, ...]:
    """Its lines in the order of time, markup removed. `InvalidRequest` names each wrong line, with the remedy.

    WebVTT as in https://www.w3.org/TR/webvtt1/; SRT as players read it. Lines may overlap: two people may speak.
    """
    rows = _decoded(content).split("\n")
    problems: list[Problem] = []
    found: list[Word] = []
    for first, block in _blocks(rows):
        try:
            line = _line(first, block)
        except ValueError as error:
            problems.append(Problem("file", str(error)))
            continue
        if line is not None:
            found.append(line)
    if len(found) > MAX_LINES:
        problems.append(Problem("file", f"There are {len(found)} subtitles; at most {MAX_LINES} are accepted."))
    if not found and not problems:
        problems.append(Problem("file", f"No subtitle was found. Send SRT or WebVTT, with lines such as {_EXAMPLE}."))
    if problems:
        raise InvalidRequest(problems[:MAX_PROBLEMS])
    return tuple(sorted(found, key=lambda line: (line.start, line.end)))


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _refused(f"The file is larger than {MAX_BYTES >> 20} MiB, the most that is accepted.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise _refused(
            f"Line {number}: this is not UTF-8 text. Save the subtitles as UTF-8, then send again."
        ) from None
    if "\0" in text:
        raise _refused("This is no text file. Send subtitles as SRT or WebVTT.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(rows: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number of its first row from 1, rows) of every stretch without an empty row, asides of WebVTT left out."""
    block: list[str] = []
    for number, row in zip(count(1), [*rows, ""], strict=False):
        if row.strip():
            block.append(row)
            continue
        first = number - len(block)
        if block and not (first == 1 and block[0].startswith("WEBVTT")) and not _ASIDE.match(block[0]):
            yield first, block
        block = []


def _line(first: int, block: list[str]) -> Word | None:
    """One subtitle; None when it shows nothing. ValueError says what is wrong."""
    at = 0 if "-->" in block[0] else 1
    if at >= len(block) or "-->" not in block[at]:
        raise ValueError(f"Line {first}: times are missing. Write them before the text, as {_EXAMPLE}.")
    times = _TIMES.match(block[at])
    if times is None:
        raise ValueError(f"Line {first + at}: “{block[at].strip()[:60]}” are no times. Write them as {_EXAMPLE}.")
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if end <= start:
        raise ValueError(f"Line {first + at}: the end is not after the start. Correct one of the two times.")
    raw = "\n".join(block[at + 1 :])
    voice = _VOICE.search(raw)
    text = plain(raw)
    speaker = " ".join(html.unescape(voice[1]).split())[:100] if voice else ""
    return Word(start, end, text, "upload", speaker) if text else None


def plain(markup: str) -> str:
    """What a viewer reads: no tags, no control characters, one line."""
    text = html.unescape(_TAG.sub("", markup)).replace("\\N", " ").replace("\\h", " ")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MAX_TEXT]


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return round(whole + int((fraction or "0").ljust(3, "0")) / 1000, 3)


def _refused(message: str) -> InvalidRequest:
    return InvalidRequest([Problem("file", message)])
