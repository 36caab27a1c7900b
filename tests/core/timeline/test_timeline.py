from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.timeline import Span, clip, gaps, union

spans = st.tuples(st.floats(0, 100), st.floats(0, 50)).map(lambda t: Span(t[0], t[0] + t[1]))


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Span(2.0, 1.0)


def test_gaps_are_what_no_span_covers() -> None:
    assert gaps([Span(2, 4), Span(3, 6), Span(-5, 1), Span(9, 20)], Span(0, 10)) == [Span(1, 2), Span(6, 9)]
    assert gaps([], Span(0, 10)) == [Span(0, 10)]
    assert gaps([Span(0, 10)], Span(0, 10)) == []


def test_a_span_is_no_place_for_nan() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(float("nan"), 1.0)


def test_touching_spans_share_nothing_but_join() -> None:
    assert Span(0, 5).overlap(Span(5, 9)) == 0
    assert union([Span(5, 9), Span(0, 5)]) == [Span(0, 9)]


def test_clip_keeps_only_what_lies_inside() -> None:
    assert clip([Span(0, 4), Span(6, 9), Span(9, 12)], Span(2, 9)) == [Span(2, 4), Span(6, 9)]


@given(st.lists(spans))
def test_union_is_sorted_disjoint_and_covers_the_same(found: list[Span]) -> None:
    joined = union(found)
    assert all(first.end < second.start for first, second in pairwise(joined))
    assert all(any(j.start <= s.start and s.end <= j.end for j in joined) for s in found)


@given(st.lists(spans), spans)
def test_clip_never_leaves_the_window(found: list[Span], window: Span) -> None:
    assert all(window.start <= part.start < part.end <= window.end for part in clip(found, window))
