"""What is told about the place of a boundary, whatever put it there."""

from __future__ import annotations

import pytest

from segments.core.engines.local import surroundings
from segments.core.evidence.model import Evidence, SoundKind, SoundSpan, Transition
from segments.core.timeline import Span
from tests.core.engines import made


def _sound(start: float, end: float, kind: SoundKind) -> SoundSpan:
    return SoundSpan(start, end, kind, -20.0, 0.9)


def _evidence(**parts: object) -> Evidence:
    return Evidence(facts=made.facts(30.0), window=Span(0.0, 30.0), **parts)  # type: ignore[arg-type]


def test_strongest_change_of_picture_near_the_boundary_is_told() -> None:
    dissolve = Transition(9.0, 11.0, "dissolve", 0.6)
    around = surroundings.of(_evidence(transitions=(made.cut(5.0, 0.8), made.cut(5.2, 0.95), dissolve)))

    assert around.at(5.1)["cut"] == {"kind": "cut", "strength": 0.95}
    assert around.at(10.0)["cut"] == {"kind": "dissolve", "strength": 0.6}
    assert around.at(20.0)["cut"] is None


@pytest.mark.parametrize(("time", "pause"), [(5.0, 0.0), (10.6, 1.2), (9.9, 1.2), (20.5, 10.0), (0.5, 0.0)])
def test_pause_in_the_talk_is_as_long_as_nobody_speaks(time: float, pause: float) -> None:
    talk = (_sound(0.0, 10.0, "speech"), _sound(10.0, 11.2, "silence"), _sound(11.2, 20.0, "speech"))
    around = surroundings.of(_evidence(sounds=(*talk, _sound(20.0, 30.0, "music"))))

    assert around.at(time)["speech_pause"] == pytest.approx(pause)


def test_texts_that_come_and_go_are_counted() -> None:
    texts = (made.text(2.0, 8.0, "One"), made.text(8.2, 12.0, "Two"), made.text(8.0, 9.0, "Three"))

    assert surroundings.of(_evidence(texts=texts)).at(8.1) == {"texts_come": 2, "texts_go": 1}


def test_what_was_not_looked_at_is_not_told() -> None:
    assert surroundings.of(_evidence()).at(3.0) == {}
    assert surroundings.of(_evidence(sounds=(_sound(0.0, 30.0, "music"),))).at(3.0) == {}
