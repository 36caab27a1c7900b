"""Each format is read back by a reader that is not ours: SQLite, NumPy, FFmpeg, and YouTube's rules as a pattern.

The browser's own WebVTT reader is asked in tests/browser/test_exports.py.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Mapping

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.exports import FORMATS, only
from segments.core.exports.as_csv import safe
from segments.core.request import RunRequest, parse_run
from segments.core.timeline import Segment
from tests.factories import body

FIELDS = [
    {"name": "title", "type": "string", "description": "Short title"},
    {"name": "score", "type": "number", "description": "How much"},
    {"name": "keywords", "type": "array", "items": {"type": "string"}, "description": "Words"},
    {"name": "peak_at", "type": "timestamp", "format": "hh:mm:ss", "description": "The instant"},
]
TOPIC = {"id": "topic", "description": "One subject.", "fields": FIELDS}
SHOT = {"id": "shot", "description": "One take.", "fields": FIELDS[:1]}
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


def asked(*definitions: Mapping[str, object], **wire: object) -> RunRequest:
    request = body(*(dict(each) for each in definitions or (TOPIC, SHOT)))
    request["response_format"] |= wire  # type: ignore[operator]
    return parse_run(request, duration=None)


def topic(start: float, end: float, title: object = "News", **fields: object) -> Segment:
    known: dict[str, object] = {"title": title, "score": 1.5, "keywords": ["a", "b"], "peak_at": start, **fields}
    return Segment("topic", start, end, known, 0.8)


def shot(start: float, end: float, title: object = None) -> Segment:
    return Segment("shot", start, end, {"title": title}, 0.5)


def written(name: str, request: RunRequest, *segments: Segment) -> str:
    return FORMATS[name].write(request, segments)


def table(text: str) -> list[list[str]]:
    """CSV as NumPy's tokenizer reads it."""
    file = io.StringIO(text.removeprefix("\ufeff").replace("\r\n", "\n"), newline="")
    return [list(row) for row in np.loadtxt(file, dtype=object, delimiter=",", quotechar='"', comments=None, ndmin=2)]


def cues(text: str) -> list[tuple[float, float, str]]:
    """WebVTT as FFmpeg's demuxer reads it: start, end, text."""
    with av.open(io.BytesIO(text.encode()), format="webvtt") as file:
        stream = file.streams.subtitles[0]
        packets = [packet for packet in file.demux(stream) if packet.pts is not None]
        base = float(stream.time_base or 1)
        return [(p.pts * base, (p.pts + p.duration) * base, bytes(p).decode()) for p in packets]


def test_json_is_read_by_sqlite() -> None:
    text = written("json", asked(), topic(0, 10, 'say "hi"\n'), shot(0, 4))
    row = sqlite3.connect(":memory:").execute(
        "select json_extract(?1, '$.topic[0].metadata.title'), json_extract(?1, '$.topic[0].metadata.peak_at'),"
        " json_array_length(?1, '$.shot'), json_type(?1, '$.shot[0].metadata.title')",
        (text,),
    )

    assert row.fetchone() == ('say "hi"\n', "00:00:00", 1, "null")


def test_csv_is_read_by_numpy() -> None:
    text = written("csv", asked(), topic(0.0, 10.5, 'a, "b"'), shot(0.0, 4.25))

    assert table(text) == [
        [
            "definition",
            "number",
            "start_time",
            "end_time",
            "duration_seconds",
            "confidence",
            "title",
            "score",
            "keywords",
            "peak_at",
        ],
        ["topic", "1", "0.0", "10.5", "10.5", "0.8", 'a, "b"', "1.5", "a; b", "00:00:00"],
        ["shot", "1", "0.0", "4.25", "4.25", "0.5", "", "", "", ""],
    ]


def test_csv_has_the_time_format_that_was_asked_for() -> None:
    text = written("csv", asked(TOPIC, segment_time_format="hh:mm:ss.fff"), topic(61.5, 70))

    assert table(text)[1][2:4] == ["00:01:01.500", "00:01:10.000"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "\n+"])
def test_csv_never_hands_a_formula_to_a_spreadsheet(start: str) -> None:
    text = written("csv", asked(), topic(0, 10, f"{start}HYPERLINK(1)", keywords=[f"{start}x"]))

    assert f"'{start}HYPERLINK(1)" in text
    assert f"'{start}x" in text


def test_csv_keeps_negative_numbers_as_numbers() -> None:
    assert table(written("csv", asked(), topic(0, 10, score=-2.5)))[1][7] == "-2.5"


@given(TEXTS)
def test_csv_gives_any_text_back(title: str) -> None:
    plain = title.replace("\r\n", "\n").replace("\r", "\n")  # the reader's own line ends
    expected = safe(title).replace("\r\n", "\n").replace("\r", "\n")
    text = written("csv", asked(SHOT), shot(0, 1, plain))

    assert expected.lstrip("'") == plain.lstrip("'")
    assert table(text)[1][6] == safe(plain)


def test_webvtt_is_read_by_ffmpeg() -> None:
    text = written("webvtt", asked(), topic(3661.5, 3670, "A <b> & --> c"), shot(0, 4))

    assert cues(text) == [
        (0.0, 4.0, "shot"),
        (3661.5, 3670.0, "title: A &lt;b&gt; &amp; --&gt; c\nscore: 1.5\nkeywords: a; b\npeak_at: 01:01:02"),
    ]


@given(TEXTS)
def test_webvtt_gives_one_cue_for_any_text(title: str) -> None:
    found = cues(written("webvtt", asked(SHOT), shot(1, 2, title), shot(2, 2, title)))

    assert [(start, end) for start, end, _ in found] == [(1.0, 2.0), (2.0, 2.001)]


def test_chapters_follow_the_rules_of_youtube() -> None:
    found = (topic(4.2, 60, "Opening <1>"), topic(60.9, 75, ""), topic(3700.5, 3720, "End\nof it"))
    text = written("chapters", asked(TOPIC), *found)

    assert text == "0:00 Opening ‹1›\n1:00 Topic 2\n1:01:40 End of it\n"
    assert all(re.fullmatch(r"(\d+:)?\d{1,2}:\d\d \S.*", line) for line in text.splitlines())


def test_chapters_get_a_line_for_a_late_first_segment() -> None:
    assert written("chapters", asked(TOPIC), topic(30, 60)).startswith("0:00 Start\n0:30 News")


@pytest.mark.parametrize(
    ("definitions", "found", "reason"),
    [
        ((TOPIC, SHOT), [topic(0, 10)], "one definition"),
        ((TOPIC,), [topic(0, 20), topic(10, 30), topic(30, 50)], "overlap"),
        ((TOPIC,), [topic(0, 20), topic(20, 40)], "at least 3"),
        ((TOPIC,), [], "at least 3"),
        ((TOPIC,), [topic(0, 20), topic(20, 25), topic(25, 50)], "10 seconds"),
        ((TOPIC,), [topic(0, 20), topic(20, 40), topic(40, 50)], ""),
    ],
)
def test_chapters_say_why_they_cannot_be(
    definitions: tuple[dict[str, object]], found: list[Segment], reason: str
) -> None:
    said = FORMATS["chapters"].problem(asked(*definitions), found)

    assert reason in said if reason else said == ""


def test_one_definition_can_be_taken_alone() -> None:
    assert list(json.loads(written("json", only(asked(), "shot"), topic(0, 1), shot(0, 1)))) == ["shot"]
    with pytest.raises(KeyError):
        only(asked(), "other")
