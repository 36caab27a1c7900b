"""Uploaded subtitles: what is read, what is refused and in which words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.errors import InvalidRequest
from segments.core.evidence import words
from segments.core.evidence.model import Word
from segments.core.evidence.subtitle_files import MAX_BYTES, parse
from segments.core.timeline import Span

SRT = """\
1
00:00:01,000 --> 00:00:02,500
Hello <i>world</i>,
second row

2
00:00:03,000 --> 00:00:04,000
{\\an8}Bye &amp; go
"""


def said(content: str) -> list[tuple[float, float, str]]:
    return [(line.start, line.end, line.text) for line in parse(content.encode())]


def problems(content: bytes) -> list[str]:
    with pytest.raises(InvalidRequest) as refused:
        parse(content)
    assert {problem.path for problem in refused.value.problems} == {"file"}
    return [problem.message for problem in refused.value.problems]


def test_srt_is_read_without_its_markup() -> None:
    assert said(SRT) == [(1.0, 2.5, "Hello world, second row"), (3.0, 4.0, "Bye & go")]


@pytest.mark.parametrize(
    "content",
    [
        SRT.replace("\n", "\r\n").encode(),
        SRT.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + SRT.encode(),
        SRT.encode("utf-16"),
        SRT.rstrip("\n").encode(),
        ("\n\n" + SRT.replace("\n\n", "\n \n\n")).encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "no-last-newline", "more-empty-rows"],
)
def test_line_ends_and_encodings_do_not_matter(content: bytes) -> None:
    assert parse(content) == parse(SRT.encode())


def test_webvtt_is_read_with_its_voices_and_without_its_asides() -> None:
    content = (
        "WEBVTT - with a title\n\nNOTE 00:00:00.000 --> nothing\n\nSTYLE\n::cue {}\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start\n<v.loud Anna K.>Good <b>evening</b></v>\n\n"
        "01:00:00.500 --> 01:00:01.000\nLate\n"
    )
    assert parse(content.encode()) == (
        Word(1.0, 2.0, "Good evening", "upload", "Anna K."),
        Word(3600.5, 3601.0, "Late", "upload"),
    )


def test_lines_come_in_the_order_of_time_and_may_overlap() -> None:
    content = "00:00:05,000 --> 00:00:07,000\nB\n\n00:00:01,000 --> 00:00:06,000\nA\n"
    assert said(content) == [(1.0, 6.0, "A"), (5.0, 7.0, "B")]


def test_lines_that_show_nothing_are_left_out() -> None:
    assert said(SRT + "\n3\n00:00:05,000 --> 00:00:06,000\n<i></i>\n")[-1][2] == "Bye & go"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["No subtitle was found. Send SRT or WebVTT, with lines such as 00:00:01,000 --> 00:00:03,500."]),
        (b"WEBVTT\n", ["No subtitle was found. Send SRT or WebVTT, with lines such as 00:00:01,000 --> 00:00:03,500."]),
        (
            b"1\n00:00:01 --> 00:00:02,000\nA\n\n2\nB\n",
            [
                "Line 2: \u201c00:00:01 --> 00:00:02,000\u201d are no times. "
                "Write them as 00:00:01,000 --> 00:00:03,500.",
                "Line 5: times are missing. Write them before the text, as 00:00:01,000 --> 00:00:03,500.",
            ],
        ),
        (
            b"00:00:02,000 --> 00:00:02,000\nA\n",
            ["Line 1: the end is not after the start. Correct one of the two times."],
        ),
        (
            b"00:00:01,000 --> 00:00:02,000\nCaf\xe9\n",
            ["Line 2: this is not UTF-8 text. Save the subtitles as UTF-8, then send again."],
        ),
        (b"\0\0\0\x18ftypmp42", ["This is no text file. Send subtitles as SRT or WebVTT."]),
        (b"x" * (MAX_BYTES + 1), ["The file is larger than 4 MiB, the most that is accepted."]),
    ],
)
def test_wrong_files_are_refused_with_line_and_remedy(content: bytes, expected: list[str]) -> None:
    assert problems(content) == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with suppress(InvalidRequest):
        lines = parse(content)
        assert lines
        assert all(line.end > line.start and line.text for line in lines)


def test_lines_come_back_from_the_store_cut_to_the_window() -> None:
    lines = parse(SRT.encode())
    kept = words.payload(lines)
    assert words.decide([kept], Span(0, 10)) == lines
    assert words.decide([kept], Span(2.6, 10)) == lines[1:]
    assert words.decide([words.payload([])], Span(0, 10)) == ()
