"""Whatever was measured and whatever is asked: the guarantees of a result hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.core.engines.local.engine import LocalEngine
from segments.core.evidence.model import Evidence, Voice
from segments.core.progress import silent
from segments.core.request import RunRequest
from tests.core.engines import made
from tests.core.engines.contract import all_definitions, check_value

DURATION = 40.0
times = st.floats(0.0, DURATION, allow_nan=False).map(lambda t: round(t, 3))
pairs = st.tuples(times, times).map(sorted).filter(lambda p: p[1] - p[0] > 0.05)
words = st.sampled_from(["Bees", "OAK 1-0 ELM", "Jane Doe", "$4.99", "12", "The crust turns brown", "GOAL!", "…"])
roles = st.sampled_from(["title", "lower_third", "caption", "slide", "scoreboard", "sign", "other"])
texts = st.lists(st.tuples(pairs, words, roles, st.floats(0, 0.9)), max_size=8)
kinds = st.sampled_from(["speech", "music", "silence", "noise", "other"])


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    edges = sorted({0.0, DURATION, *draw(st.lists(times, max_size=6))})
    sounds = [(a, b, draw(kinds)) for a, b in pairwise(edges)]
    cuts = sorted(set(draw(st.lists(times, max_size=8))))
    return made.evidence(
        DURATION,
        transitions=tuple(made.cut(t) for t in cuts),
        looks=made.looks(DURATION, motion=draw(st.floats(0, 0.2)), brightness=draw(st.floats(0, 1)), rate=2.0),
        faces=made.faces([t + 0.5 for t in range(40)], draw(st.floats(0.05, 0.9))) if draw(st.booleans()) else (),
        texts=tuple(made.text(p[0], p[1], said, role, top) for p, said, role, top in draw(texts)),
        sounds=made.sounds(*sounds),
        voices=tuple(Voice(a, b, 1 + n % 2, 0.8) for n, (a, b, kind) in enumerate(sounds) if kind == "speech"),
        words=made.lines(*[(a, b, draw(words)) for a, b in pairwise(edges)]) if draw(st.booleans()) else None,
    )


@pytest.mark.parametrize("limits", [(None, None), (2.0, 5.0)])
@settings(max_examples=40, deadline=None)
@given(evidences(), pairs)
def test_every_result_keeps_its_guarantees(
    limits: tuple[float | None, float | None], evidence: Evidence, window: list[float]
) -> None:
    start, end = window if window[1] - window[0] >= 1 else (0.0, DURATION)
    request = RunRequest(all_definitions(), start=start, end=end, min_duration=limits[0], max_duration=limits[1])
    segments = LocalEngine().segment(request, evidence, silent).segments
    for definition in request.definitions:
        own = [segment for segment in segments if segment.definition_id == definition.id]
        assert all(first.end <= second.start for first, second in pairwise(own))
        for segment in own:
            assert start - 0.001 <= segment.start < segment.end <= end + 0.001
            assert (limits[0] or 0) <= round(segment.end - segment.start, 6) <= (limits[1] or DURATION)
            assert 0.0 <= segment.confidence <= 1.0
            for spec in definition.fields:
                check_value(spec, segment.fields[spec.name], segment)
