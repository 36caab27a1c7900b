"""What is said in words, line by line: to bytes for the store, and back as one list for the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.model import Word
from segments.core.timeline import Span


def payload(lines: Iterable[Word]) -> bytes:
    rows = [[line.start, line.end, line.text, line.source, line.speaker] for line in lines]
    return pack({"lines": rows}, {})


def decide(payloads: Sequence[bytes], window: Span) -> tuple[Word, ...]:
    """The lines that touch `window`, in the order of time; empty when there are none."""
    lines = [Word(*row) for one in payloads for row in unpack(one)[0]["lines"]]
    inside = [line for line in lines if line.start < window.end and line.end > window.start]
    return tuple(sorted(inside, key=lambda line: (line.start, line.end)))
