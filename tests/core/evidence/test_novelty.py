"""When a picture is read again: while a page still blends away, not while lines are added or nothing changes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.inside.novelty import NOTHING, TextWatch
from segments.core.media.inside.planes import Planes
from tests.core.engines.made import facts


class Told:
    """Takes what a child would send."""

    def __init__(self) -> None:
        self.headers: list[Mapping[str, object]] = []

    def emit(self, header: Mapping[str, object], _payload: bytes = b"") -> None:
        self.headers.append(header)


def page(*lines: str, level: int = 255) -> NDArray[np.uint8]:
    picture = np.full((360, 640), 20, np.uint8)
    for n, line in enumerate(lines):
        cv2.putText(picture, line, (30, 70 + 80 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.4, level, 3)
    return picture


def watched(*pictures: NDArray[np.uint8]) -> tuple[list[Mapping[str, object]], list[int]]:
    """Half a second apart."""
    told = Told()
    watch = TextWatch(facts(60.0), told)  # type: ignore[arg-type]
    for n, picture in enumerate(pictures):
        frame = av.VideoFrame.from_ndarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), "bgr24").reformat(
            format="yuv420p"
        )
        frame.pts, frame.time_base = n, Fraction(1, 2)
        watch.push(n / 2, Planes(frame))
    return told.headers, [int(state) for state in watch.finish()["text_states"]]


FIRST, SECOND = ("Product launch agenda", "Welcome", "Questions"), ("Photosynthesis", "Leaves absorb light", "Water")


def test_a_page_that_stands_is_read_once() -> None:
    headers, states = watched(*[page(*FIRST)] * 6)
    assert len(headers) == 1
    assert NOTHING not in states[1:]


def test_a_page_read_while_the_one_before_blends_away_is_read_again() -> None:
    rest = cv2.addWeighted(page(*SECOND), 0.84, page(*FIRST), 0.16, 0)
    headers, _ = watched(*[page(*FIRST)] * 4, rest, *[page(*SECOND)] * 4)
    assert [header["again"] for header in headers][-1] is True
    plain, _ = watched(*[page(*FIRST)] * 4, *[page(*SECOND)] * 6)
    assert not any(header["again"] for header in plain)
