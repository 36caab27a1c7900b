from __future__ import annotations

import pytest

from segments.core.engines.local.limits import Limits, parse_limits
from segments.core.timeline import Span


@pytest.mark.parametrize(
    ("description", "shortest", "longest"),
    [
        ("Shots longer than 10 seconds", 10.0, None),
        ("Shots that last at least two minutes", 120.0, None),
        ("Music of no more than that", None, None),
        ("Shots shorter than 1.5 s", None, 1.5),
        ("Slides lasting no longer than half an hour", None, None),
        ("Pauses of at most 3 secs", None, 3.0),
        ("Pauses over 3 seconds", 3.0, None),
        ("Music for up to half a minute", None, None),
        ("Speech of 20 seconds or more", 20.0, None),
        ("Shots under two seconds", None, 2.0),
        ("Slides, minimum 5 seconds", 5.0, None),
        ("Takes between 5 and 20 seconds long", 5.0, 20.0),
        ("Clips from 2 to 3 minutes long", 120.0, 180.0),
        ("Shots more than 1 min long but less than 2 minutes", 60.0, 120.0),
    ],
)
def test_lengths(description: str, shortest: float | None, longest: float | None) -> None:
    limits = parse_limits(description)
    assert (limits.shortest, limits.longest) == (shortest, longest)


@pytest.mark.parametrize(
    ("description", "part"),
    [
        ("Shots in the first five minutes", Span(0.0, 300.0)),
        ("Shots during the first minute", Span(0.0, 60.0)),
        ("Shots in the last 30 seconds", Span(570.0, 600.0)),
        ("Shots in the second half", Span(300.0, 600.0)),
        ("Shots between 1:00 and 2:30", Span(60.0, 150.0)),
        ("Shots after 00:01:30", Span(90.0, 600.0)),
        ("Shots before 2:05.5", Span(0.0, 125.5)),
        ("Music from 0:20 to 1:00", Span(20.0, 60.0)),
        ("Shots of the first minute", Span(0.0, 60.0)),
        ("Shots in the first hour", Span(0.0, 600.0)),
        ("Shots between 3:00 and 1:00", None),
        ("Shots between two cuts", None),
        ("Shots after the goal", None),
    ],
)
def test_parts_of_the_video(description: str, part: Span | None) -> None:
    assert parse_limits(description).where(600.0) == part


def test_conditions_are_read_and_taken_out() -> None:
    assert parse_limits("Shots with at least two people, without speech") == Limits(
        rest="Shots  ,",
        people=2,
        without=("speech",),
        said=("with at least two people", "without speech"),
    )


@pytest.mark.parametrize(
    ("description", "without", "required"),
    [
        ("Parts where nobody speaks", ("speech",), ()),
        ("Shots with music and without any text", ("text",), ("music",)),
        ("Shots with visible people", (), ("people",)),
        ("Shots with no music", ("music",), ()),
    ],
)
def test_what_must_and_must_not_be_there(description: str, without: tuple[str, ...], required: tuple[str, ...]) -> None:
    limits = parse_limits(description)
    assert (limits.without, limits.required) == (without, required)


def test_a_plain_description_stays_as_it_is() -> None:
    text = "one uninterrupted camera take between two cuts or transitions."
    assert parse_limits(text) == Limits(rest=text)


@pytest.mark.parametrize(
    ("description", "people"),
    [
        ("Shots with two or more people", 2),
        ("Shots with more than two people", 3),
        ("Shots with at least 4 faces", 4),
        ("Two people talk", None),
    ],
)
def test_numbers_of_people(description: str, people: int | None) -> None:
    assert parse_limits(description).people == people


def test_neither_nor_names_two_conditions() -> None:
    assert parse_limits("Noise, neither speech nor music").without == ("speech", "music")


def test_nobody_in_the_picture_is_a_condition() -> None:
    assert parse_limits("Shots in which nobody is visible").without == ("people",)
