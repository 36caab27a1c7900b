from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from segments.core.engines.candidates import Boundary, Candidate, Reason
from segments.core.engines.constraints import Durations, constrain
from segments.core.timeline import Span, clip

WHY = Reason("made", 0.8)
WHOLE = [Span(0.0, 60.0)]


def candidate(start: float, end: float, confidence: float = 0.8) -> Candidate:
    return Candidate(start, end, WHY, WHY, confidence)


def spans(found: list[Candidate]) -> list[tuple[float, float]]:
    return [(part.start, part.end) for part in found]


times = st.floats(0.0, 100.0, allow_nan=False)
candidates = st.lists(
    st.tuples(times, st.floats(0.0005, 40.0), st.floats(0.0, 1.0)).map(lambda t: candidate(t[0], t[0] + t[1], t[2])),
    max_size=25,
)
boundaries = st.lists(st.tuples(times, st.floats(0.0, 1.0)), max_size=25).map(
    lambda found: sorted((Boundary(t, s, "made") for t, s in found), key=lambda b: b.time)
)
analysed = st.lists(st.tuples(times, times), min_size=1, max_size=4).map(
    lambda pairs: [Span(a, b) for a, b in pairwise(sorted({t for pair in pairs for t in pair}))][::2]
)
durations = st.tuples(st.floats(2.0, 20.0), st.floats(0.0, 20.0)).map(lambda t: (t[0], t[0] + t[1]))


@given(candidates, analysed, durations, boundaries)
def test_every_result_keeps_every_limit(
    wanted: list[Candidate], where: list[Span], limits: tuple[float, float], places: list[Boundary]
) -> None:
    found = constrain(wanted, where, Durations.of(*limits), places)
    low, high = Durations.of(*limits).shortest, Durations.of(*limits).longest
    for part in found:
        assert low <= round((part.end - part.start) * 1000) <= (high or 0)
        assert part.start == round(part.start, 3)
        assert any(span.start - 1e-9 <= part.start and part.end <= span.end + 1e-9 for span in where)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(candidates, analysed)
def test_without_durations_time_is_neither_lost_nor_won(wanted: list[Candidate], where: list[Span]) -> None:
    found = constrain(wanted, where, Durations())
    covered = sum(part.end - part.start for part in found)
    asked = sum(s.length for span in where for s in _union(clip((c.span for c in wanted), span)))
    assert abs(covered - asked) <= 0.002 * (len(wanted) + len(where) + 1)


def _union(parts: list[Span]) -> list[Span]:
    from segments.core.timeline import union

    return union(parts)


@given(candidates, analysed, durations, boundaries)
def test_constraining_twice_changes_nothing(
    wanted: list[Candidate], where: list[Span], limits: tuple[float, float], places: list[Boundary]
) -> None:
    once = constrain(wanted, where, Durations.of(*limits), places)
    assert spans(constrain(once, where, Durations.of(*limits), places)) == spans(once)


def test_times_are_rounded_to_milliseconds() -> None:
    found = constrain([candidate(1.00049, 2.0006)], WHOLE, Durations())
    assert spans(found) == [(1.0, 2.001)]


def test_rounding_never_leaves_the_analysed_part() -> None:
    found = constrain([candidate(0.0, 10.0)], [Span(0.0004, 9.9996)], Durations())
    assert spans(found) == [(0.001, 9.999)]


def test_an_overlapped_segment_begins_where_the_other_ends() -> None:
    assert spans(constrain([candidate(0, 5), candidate(3, 8)], WHOLE, Durations())) == [(0, 5), (5, 8)]


def test_a_segment_inside_another_goes() -> None:
    assert spans(constrain([candidate(0, 9), candidate(3, 8)], WHOLE, Durations())) == [(0, 9)]


def test_a_long_segment_is_split_at_the_strongest_inner_boundary() -> None:
    places = [Boundary(6.0, 0.4, "weak"), Boundary(8.0, 0.9, "strong")]
    found = constrain([candidate(0, 16)], WHOLE, Durations.of(None, 10.0), places)
    assert spans(found) == [(0, 8), (8, 16)]
    assert "strong" in found[0].end_reason.because


def test_a_boundary_next_to_an_end_leaves_no_sliver() -> None:
    found = constrain([candidate(0, 16)], WHOLE, Durations.of(None, 10.0), [Boundary(0.5, 1.0, "strong")])
    assert spans(found) == [(0, 8), (8, 16)]


def test_a_long_segment_without_boundaries_is_cut_equally() -> None:
    found = constrain([candidate(0, 25)], WHOLE, Durations.of(None, 10.0))
    assert spans(found) == [
        (0, 8.333),
        (8.333, 16.666),
        (16.666, 25),
    ]


def test_a_short_segment_joins_the_more_similar_neighbour() -> None:
    def likeness(left: Span, right: Span) -> float:
        return 0.9 if right.start == 7 else 0.1

    wanted = [candidate(0, 6), candidate(6, 7), candidate(7, 12)]
    assert spans(constrain(wanted, WHOLE, Durations.of(3.0, None), (), likeness)) == [(0, 6), (6, 12)]


def test_a_short_segment_alone_grows_into_free_time() -> None:
    found = constrain([candidate(10, 11)], WHOLE, Durations.of(3.0, None))
    assert spans(found) == [(9, 12)]
    assert found[0].confidence < 0.8


def test_a_short_segment_without_room_goes() -> None:
    assert constrain([candidate(0, 1)], [Span(0.0, 2.0)], Durations.of(3.0, None)) == []


def test_a_length_that_cannot_be_divided_loses_its_end() -> None:
    assert spans(constrain([candidate(0, 15)], WHOLE, Durations.of(10.0, 12.0))) == [(0, 12)]


def test_segments_never_join_across_analysed_parts() -> None:
    where = [Span(0.0, 2.5), Span(2.5, 10.0)]
    found = constrain([candidate(0, 10)], where, Durations())
    assert spans(found) == [(0, 2.5), (2.5, 10)]
    assert found[0].end_reason.because == "The analysed part begins or ends here."
