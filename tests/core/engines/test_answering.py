"""Prompts are answered with what was measured; schemas are filled as fields are; nothing is invented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from segments.core.answer_schema import read_schema
from segments.core.engines.local import answering
from segments.core.evidence.model import Evidence
from segments.core.general import GeneralRequest
from segments.core.progress import silent
from segments.core.timeline import Span
from segments.core.untrusted import Checker
from tests.core.engines import made


@pytest.fixture
def film() -> Evidence:
    """Two shots, red then blue; a title and a line; music, then speech."""
    return made.evidence(
        20,
        transitions=(made.cut(10.0),),
        looks=made.looks(20, colours={0: "red", 10: "blue"}),
        texts=(made.text(1, 6, "TIDES", "title"), made.text(12, 18, "Emil Sand", "lower_third")),
        sounds=made.sounds((0, 10, "music"), (10, 20, "speech")),
        words=made.lines((11, 14, "The moon pulls the water."), (15, 18, "Twice a day it rises.")),
        faces=(),
    )


def told(film: Evidence, prompt: str, **more: Any) -> Any:
    return answering.answer(GeneralRequest(prompt, **more), film, silent)


def filled(film: Evidence, **properties: Any) -> tuple[Any, tuple[str, ...]]:
    check = Checker()
    schema = read_schema({"type": "object", "properties": properties}, check)
    assert check.problems == []
    answer = told(film, "p", schema=schema)
    return json.loads(answer.text), answer.warnings


@pytest.mark.parametrize(
    ("prompt", "expected", "absent"),
    [
        ("What is written on the screen?", "0:01–0:06 title: “TIDES”", "Sound:"),
        ("What is said?", "0:11–0:14 “The moon pulls the water.”", "Sound:"),
        ("When does music play?", "0:00–0:10 music", "What is said"),
        ("How many shots are there?", "2 shots (1 cut)", "Sound:"),
        ("Which colours prevail?", "mostly red and blue", "Sound:"),
        ("Are there people in it?", "No faces were found", "Sound:"),
        ("List the chapters with times", "Chapters:", "Sound:"),
        ("Summarize this video", "The film lasts 0:20 and has 2 shots.", "Sound:"),
    ],
)
def test_words_of_the_prompt_choose_what_is_told(film: Evidence, prompt: str, expected: str, absent: str) -> None:
    answer = told(film, prompt)
    assert expected in answer.text
    assert absent not in answer.text
    assert answer.warnings == ()


def test_film_about_one_subject_is_told_by_its_slides() -> None:
    talk = "The tide rises. The tide falls. The tide turns."
    slides = (made.text(0, 10, "Tide one", "slide", 0.1), made.text(10, 20, "Tide two", "slide", 0.1))
    film = made.evidence(
        20,
        transitions=(made.cut(10.0),),
        looks=made.looks(20),
        texts=slides,
        words=made.lines((1, 19, talk)),
        sounds=(),
    )
    assert told(film, "chapters").text == "Chapters:\n- 0:00–0:10 Tide one\n- 0:10–0:20 Tide two"


def test_film_that_is_all_one_has_no_chapters() -> None:
    film = made.evidence(20, transitions=(), looks=made.looks(20), texts=(), words=(), sounds=())
    assert told(film, "chapters").text == "No chapters could be told apart."


def test_prompt_about_nothing_known_gets_an_overview_and_the_chapters(film: Evidence) -> None:
    text = told(film, "Hm?").text
    assert "The film lasts 0:20" in text
    assert "Chapters:" in text


def test_prompt_about_meaning_is_told_that_it_needs_another_engine(film: Evidence) -> None:
    answer = told(film, "Why is she angry, and which emotions are shown?")
    assert "vision-language model" in answer.warnings[0]
    assert "angry" not in answer.text


def test_window_is_told_as_a_part(film: Evidence) -> None:
    part = made.evidence(20, window=Span(10.0, 20.0), transitions=(), looks=film.looks, sounds=film.sounds)
    assert "The part 0:10–0:20 lasts 0:10 and has 1 shot." in told(part, "Summary").text


def test_needed_evidence_follows_the_prompt() -> None:
    assert answering.needs(GeneralRequest("What is said?")) == {"words"}
    assert "text" in answering.needs(GeneralRequest("What is written?"))
    assert "faces" not in answering.needs(GeneralRequest("Summarize"))


def test_schema_is_filled_like_fields(film: Evidence) -> None:
    value, warnings = filled(
        film,
        title={"type": "string", "description": "Title on screen"},
        has_music={"type": "boolean", "description": "Whether music plays"},
        shot_count={"type": "integer", "description": "Number of shots", "minimum": 1},
    )
    assert value == {"title": "TIDES", "has_music": True, "shot_count": 2}
    assert list(value) == ["title", "has_music", "shot_count"]
    assert warnings == ()


def test_what_no_measurement_answers_is_null_and_named(film: Evidence) -> None:
    value, warnings = filled(
        film,
        mood={"type": "string", "description": "Mood of the film", "enum": ["calm", "tense"]},
        shot_count={"type": "integer", "description": "Number of shots", "exclusiveMinimum": 2},
        id={"type": "string", "format": "uuid", "description": "Title on screen"},
    )
    assert value == {"mood": None, "shot_count": None, "id": None}
    assert "mood, shot_count, id" in warnings[-1]


def test_list_of_objects_with_times_are_segments(film: Evidence) -> None:
    item = {
        "type": "object",
        "properties": {
            "start_time": {"type": "string"},
            "end_time": {"type": "integer"},
            "colour": {"type": "string", "description": "Dominant colour"},
        },
    }
    value, _ = filled(film, shots={"type": "array", "items": item, "description": "Every shot between two cuts"})
    assert [(each["start_time"], each["end_time"]) for each in value["shots"]] == [
        ("00:00:00.000", 10),
        ("00:00:10.000", 20),
    ]
    assert [each["colour"] for each in value["shots"]] == ["red", "blue"]


def test_same_question_gives_the_same_bytes(film: Evidence) -> None:
    assert told(film, "Describe everything: text, sound, shots, chapters") == told(
        film, "Describe everything: text, sound, shots, chapters"
    )
