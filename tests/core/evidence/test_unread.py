"""Writing in letters that the reader does not know is said to be unread, never invented."""

from __future__ import annotations

import numpy as np
import pytest

from segments.core.evidence import text
from segments.core.evidence.arrays import pack
from segments.core.evidence.inside.reading import NOTHING_READ, readable
from segments.core.timeline import Span

LINE = [0.1, 0.6, 0.6, 0.06]


@pytest.mark.parametrize(
    ("read", "score", "shape", "expected"),
    [
        ("Good evening, my name is Anna", 0.99, 14.0, "Good evening, my name is Anna"),
        ("L I V E", 0.9, 8.0, "L I V E"),
        ("π = 3.14159", 0.9, 5.0, "π = 3.14159"),
        ("晚上好我叫安娜", 0.95, 7.0, "晚上好我叫安娜"),
        (NOTHING_READ, 0.9, 13.0, ""),  # Cyrillic, Arabic, Hebrew, Georgian
        (",", 0.906, 13.0, ""),
        ("əəəa", 0.508, 11.0, ""),  # Thai
        ("Kαλησπρα σα, ονομζομαι", 0.903, 12.0, ""),  # Greek without its accents
        (NOTHING_READ, 0.7, 1.2, None),  # a leaf
        ("Wolke am Himmel", 0.3, 6.0, None),  # a guess
    ],
)
def test_what_was_read_is_told_from_what_was_not(read: str, score: float, shape: float, expected: str | None) -> None:
    assert readable(read, score, shape) == expected


def payload(*reads: tuple[float, str]) -> bytes:
    times = np.arange(0.0, 6.0, 0.5)
    states = np.full(len(times), text.LIKE_READ, np.uint8)
    lines = [
        {"time": at, "lines": [{"text": words, "score": 0.9, "box": LINE}] if words != "-" else []}
        for at, words in reads
    ]
    return pack({"reads": lines}, {"text_times": times, "text_states": states})


def test_unread_writing_has_times_and_no_text() -> None:
    made = payload((1.0, ""), (4.0, "-"))

    assert text.track([made], Span(0.0, 6.0)) == ()
    assert [(span.start, span.end) for span in text.unread([made], Span(0.0, 6.0))] == [(0.5, 4.0)]
    assert text.unread([payload((1.0, "Hello"), (4.0, "-"))], Span(0.0, 6.0)) == ()


def test_what_flashes_by_is_not_told() -> None:
    assert text.unread([payload((0.0, ""), (0.5, "-"))], Span(0.0, 6.0)) == ()
