"""The quality bench measures what it says: scores on known answers, and one tiny composed film from start to end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from segments.core.timeline import Span
from tests.bench.quality import baselines, scoring, tasks
from tests.bench.quality.answers import answers, field_answers
from tests.bench.quality.asking import Written, free, kind
from tests.bench.quality.drawing import FOREST, KITCHEN, STREET, scenery, writing
from tests.bench.quality.measured import measured
from tests.bench.quality.planning import Film, Reel
from tests.bench.quality.sounding import hiss
from tests.bench.quality.templates import FIELDS, TEMPLATES
from tests.bench.quality.written import FREE

THREE = [Span(0, 10), Span(10, 20), Span(20, 30)]


def test_spans_score_by_their_overlap() -> None:
    assert scoring.f1(THREE, THREE) == scoring.strict_f1(THREE, THREE) == 1.0
    assert scoring.f1([], []) == 1.0
    assert scoring.f1([], THREE) == scoring.f1([Span(50, 60)], THREE) == 0.0
    assert scoring.f1([Span(0, 10), Span(10, 30)], THREE) == pytest.approx(2 * 2 / 5)
    assert scoring.time_iou([Span(0, 20)], THREE) == pytest.approx(2 / 3)
    assert scoring.turn_f1([Span(0.4, 10), Span(10.6, 20), Span(20, 30)], THREE) == pytest.approx(2 / 3)


def test_boundaries_score_by_their_places() -> None:
    assert scoring.pk([10, 20], [10, 20], 30) == scoring.window_diff([10, 20], [10, 20], 30) == 0.0
    assert 0 < scoring.pk([12, 20], [10, 20], 30) < scoring.pk([], [10, 20], 30)
    assert scoring.window_diff([10, 11, 20], [10, 20], 30) > 0
    assert baselines.uniform(3, 30) == [10, 20]


def test_words_score_by_their_letters() -> None:
    assert scoring.word_recall("the Bees fly", "bees fly home") == pytest.approx(2 / 3)
    assert scoring.character_errors("kitten", "sitting") == 3


def test_at_least_forty_definitions_are_written_and_about_half_is_held_out() -> None:
    assert len(FREE) >= 40
    assert len({written.id for written in FREE}) == len(FREE)
    assert 0.4 < sum(written.held_out for written in FREE) / len(FREE) < 0.6


def test_a_tiny_film_goes_through_the_bench(tmp_path: Path) -> None:
    film = tiny_film()
    film.write(tmp_path / "tiny.mp4")
    films = {"tiny": [measured(film, tmp_path / "tiny.mp4", tmp_path)]}
    shots = free("shot", "tiny", "Every shot.", kind("shot"))

    found = answers([shots, _for_tiny("shots_measured")], films)

    assert [answer.f1 for answer in found] == [1.0, 1.0]
    values = {value.where.split(".")[1]: value for value in field_answers(found[1])}
    assert any(value.right for value in values.values())
    assert {row.metric: row.value for row in tasks.texts(films)}["word recall"] == 1.0
    assert [row.value for row in tasks.two_runs(films, [shots])] == [1.0, 1.0]
    assert list(tmp_path.glob("*.evidence"))  # a second run reads this instead of the film


def tiny_film() -> Film:
    reel = Reel("tiny", 1)
    reel.shot(scenery(KITCHEN, 1), 2.0)
    title = reel.shot(scenery(FOREST, 2), 2.0)
    reel.write("title", ["BREAD"], writing(["BREAD"], 0.5, 0.5, 60, centred=True), title, reel.at)
    reel.shot(scenery(STREET, 3), 2.0, light="dark")
    reel.add_sound("noise", hiss(3.0, 1), 0.0)
    return reel.film()


def _for_tiny(key: str) -> Written:
    return replace(next(w for w in (*TEMPLATES, *FIELDS) if w.id == key), films=("tiny",))
