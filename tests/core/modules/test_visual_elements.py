"""Windows of three seconds, and what is said about each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.evidence.model import Evidence
from segments.core.modules.base import ModuleSegment
from segments.core.modules.visualelements import VisualElements, windows
from segments.core.progress import silent
from tests.core.engines import made


def elements(film: Evidence) -> list[ModuleSegment]:
    return VisualElements().find(film, {}, silent)


@given(st.floats(0.01, 10_000))
def test_windows_cover_the_film_and_a_short_rest_joins(duration: float) -> None:
    found = windows(duration)
    assert (found[0].start, found[-1].end) == (0, duration)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert all(window.length == 3.0 for window in found[:-1])
    assert found[-1].length < 3.5
    assert len(found) == 1 or found[-1].length >= 0.5 - 1e-6


@pytest.mark.parametrize(("duration", "lengths"), [(6.4, [3, 3.4]), (6.5, [3, 3, 0.5]), (6.0, [3, 3]), (0.3, [0.3])])
def test_a_rest_under_half_a_second_is_no_window(duration: float, lengths: list[float]) -> None:
    assert [round(window.length, 3) for window in windows(duration)] == lengths


def test_each_window_tells_how_it_looks() -> None:
    looks = made.looks(6, colours={0: "red", 3: "blue"}, brightness=0.7, motion=0.1)
    first, second = elements(made.evidence(6, looks=looks, faces=made.faces([1.0], 0.2, 0.1)))
    assert first.content == "Colors: red; Brightness: bright; Motion: much"
    assert first.metadata["colors"] == [{"name": "red", "hex": "#e6261f", "share": 1.0}]
    assert (first.metadata["frame_time"], first.metadata["faces"], first.metadata["objects"]) == (1.4, 2, [])
    assert (first.metadata["brightness"], first.metadata["contrast"], first.metadata["sharpness"]) == (0.7, 0.2, 50.0)
    assert (second.metadata["colors"][0]["name"], second.metadata["faces"]) == ("blue", None)


def test_nothing_is_said_about_pictures_that_were_not_seen() -> None:
    film = made.evidence(6, looks=made.looks(3), faces=())
    last = elements(film)[-1]
    assert (last.content, last.metadata["brightness"], last.metadata["colors"]) == ("", None, [])
