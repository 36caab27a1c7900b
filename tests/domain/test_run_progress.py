"""Progress maths: never backwards, never a promise without ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.progress import Progress
from segments.core.timeline import Span
from segments.domain.progress import MAX_CUTS, RunProgress


class Ticks:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def progress_of(ticks: Ticks, *keys: str, total: float = 100.0) -> RunProgress:
    progress = RunProgress(list(keys or ("pictures",)), total, ticks)
    progress.enter(Span(0.0, total))
    return progress


def test_no_number_in_the_first_two_seconds(ticks: Ticks) -> None:
    progress = progress_of(ticks)
    ticks.now += 1.9
    progress.advance(Progress("pictures", 50, 100))
    assert progress.snapshot()["percent"] is None
    ticks.now += 0.1
    assert progress.snapshot()["percent"] == 50.0


def test_percent_weighs_stages_by_their_cost(ticks: Ticks) -> None:
    progress = progress_of(ticks, "pictures", "text")
    ticks.now += 3
    progress.advance(Progress("pictures", 100, 100))
    assert progress.snapshot()["percent"] == pytest.approx(33.3)
    progress.advance(Progress("text", 50, 100))
    assert progress.snapshot()["percent"] == pytest.approx(66.7)


def test_percent_stays_below_hundred_until_the_run_is_over(ticks: Ticks) -> None:
    progress = progress_of(ticks)
    ticks.now += 3
    progress.advance(Progress("pictures", 100, 100))
    assert progress.snapshot()["percent"] == 99.0


def test_stage_that_was_not_announced_does_not_push_percent_back(ticks: Ticks) -> None:
    progress = progress_of(ticks)
    ticks.now += 3
    progress.advance(Progress("pictures", 80, 100))
    before = progress.percent
    progress.advance(Progress("sound", 1, 100))
    assert progress.percent >= before


def test_report_going_back_does_not_undo_coverage(ticks: Ticks) -> None:
    progress = progress_of(ticks)
    progress.advance(Progress("pictures", 60, 100))
    progress.advance(Progress("pictures", 40, 100))
    assert progress.snapshot()["covered"] == [[0.0, 60.0]]


def test_coverage_is_what_pictures_have_passed(ticks: Ticks) -> None:
    progress = progress_of(ticks, "pictures", "text", "resolving")
    progress.advance(Progress("pictures", 80, 100))
    progress.advance(Progress("text", 30, 100))
    seen = progress.snapshot()
    assert (seen["covered"], seen["done"], seen["total"]) == ([[0.0, 80.0]], 80.0, 100.0)


def test_coverage_adds_up_over_windows(ticks: Ticks) -> None:
    progress = RunProgress(["pictures"], 600.0, ticks)
    progress.enter(Span(0, 300))
    progress.leave(Span(0, 300), ["pictures"])
    progress.enter(Span(300, 600))
    progress.advance(Progress("pictures", 150, 300))
    seen = progress.snapshot()
    assert (seen["covered"], seen["done"]) == ([[0.0, 450.0]], 450.0)
    assert progress.percent == pytest.approx(75)


def test_coverage_keeps_the_gap_of_a_window_that_starts_later(ticks: Ticks) -> None:
    progress = RunProgress(["pictures"], 100.0, ticks)
    progress.enter(Span(300, 400))
    progress.advance(Progress("pictures", 20, 100))
    assert progress.snapshot()["covered"] == [[300.0, 320.0]]


def test_words_name_the_stage_and_what_is_done(ticks: Ticks) -> None:
    progress = progress_of(ticks, "pictures", "text", "resolving")
    ticks.now += 4
    progress.advance(Progress("pictures", 100, 100))
    ticks.now += 1.5
    progress.advance(Progress("text", 10, 100))
    seen = progress.snapshot()
    assert (seen["stage"], seen["words"]) == ("text", "Reading on-screen text")
    assert seen["stages"] == [
        {"key": "pictures", "words": "Looked at pictures", "state": "done", "percent": 100, "seconds": 4.0},
        {"key": "text", "words": "Reading on-screen text", "state": "running", "percent": 10, "seconds": 1.5},
        {"key": "resolving", "words": "Putting it together", "state": "todo", "percent": 0, "seconds": 0.0},
    ]


def test_cuts_add_up_to_a_limit(ticks: Ticks) -> None:
    progress = progress_of(ticks)
    progress.advance(Progress("pictures", 1, 100, cuts=(1.23456, 2.0)))
    progress.advance(Progress("pictures", 2, 100, cuts=tuple(float(n) for n in range(3, MAX_CUTS + 50))))
    assert progress.cuts[:3] == [1.235, 2.0, 3.0]
    assert len(progress.cuts) == MAX_CUTS


@pytest.mark.parametrize(
    ("elapsed", "percent", "shown"), [(4.9, 50, None), (5.0, 9, None), (5.0, 10, 45.0), (10.0, 50, 10.0)]
)
def test_time_left_needs_some_time_and_some_work(
    ticks: Ticks, elapsed: float, percent: float, shown: float | None
) -> None:
    progress = progress_of(ticks)
    ticks.now += elapsed
    progress.advance(Progress("pictures", percent, 100))
    assert progress.snapshot()["eta_seconds"] == shown


def test_time_left_that_grew_twice_is_hidden_until_it_falls(ticks: Ticks) -> None:
    progress = progress_of(ticks)
    ticks.now += 10
    progress.advance(Progress("pictures", 50, 100))
    shown = [progress.snapshot()["eta_seconds"]]
    for _ in range(2):
        ticks.now += 5
        shown.append(progress.snapshot()["eta_seconds"])
    progress.advance(Progress("pictures", 90, 100))
    shown.append(progress.snapshot()["eta_seconds"])
    assert shown == [10.0, 15.0, None, pytest.approx(2.2)]


reports = st.tuples(
    st.sampled_from(["pictures", "text", "resolving", "sound"]), st.floats(0, 120), st.sampled_from([0.0, 50.0, 100.0])
)


@given(st.lists(st.one_of(reports, st.just("next")), max_size=40), st.sampled_from([60.0, 300.0, 750.0]))
def test_percent_never_falls_and_coverage_stays_inside(steps: list[object], total: float) -> None:
    progress = RunProgress(["pictures", "text", "resolving"], total, Ticks())
    parts = [Span(start, min(total, start + 300)) for start in range(0, int(total), 300)]
    at = iter(parts)
    window = next(at)
    progress.enter(window)
    before: tuple[float, float] = (0.0, 0.0)
    for step in steps:
        if isinstance(step, tuple):
            progress.advance(Progress(step[0], step[1], step[2]))
        elif (following := next(at, None)) is not None:
            progress.leave(window, ["pictures", "text"])
            window = following
            progress.enter(window)
        seen = progress.snapshot()
        now = (progress.percent, float(str(seen["done"])))
        assert before[0] <= now[0] < 100
        assert 0 <= now[1] <= total
        before = now
