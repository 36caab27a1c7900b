from __future__ import annotations

import pytest

from segments.core.definition import parse_definitions
from segments.core.errors import InvalidRequest
from segments.core.presets import PRESETS, preset


def test_presets_are_offered_in_this_order() -> None:
    assert [entry.title for entry in PRESETS] == [
        "Shot Detection",
        "Topic Changes",
        "Sports Highlights",
        "Speaker Diarization",
        "OCR",
        "Editorial Segment",
        "Person of Focus",
        "Write My Own",
    ]


@pytest.mark.parametrize("entry", PRESETS[:-1], ids=lambda entry: entry.name)
def test_every_preset_is_ready_to_run(entry: object) -> None:
    assert parse_definitions(entry.definitions, duration=60.0)  # type: ignore[attr-defined]


def test_the_last_one_only_wants_a_description() -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_definitions(preset("write-my-own").definitions, duration=60.0)
    assert [problem.path for problem in caught.value.problems] == ["segment_definitions[0].description"]


def test_every_preset_has_its_own_name_and_a_hint() -> None:
    assert len({entry.name for entry in PRESETS}) == len(PRESETS)
    assert all(entry.hint and "\n" not in entry.hint for entry in PRESETS)


def test_a_changed_copy_leaves_the_preset_alone() -> None:
    preset("ocr").definitions[0]["id"] = "changed"
    assert preset("ocr").definitions[0]["id"] == "on_screen_text"


def test_an_unknown_preset_is_an_error() -> None:
    with pytest.raises(KeyError):
        preset("nope")
