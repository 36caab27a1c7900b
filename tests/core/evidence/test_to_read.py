"""Which pictures are worth reading, and what is said of those that are not."""

from __future__ import annotations

import cv2
import numpy as np

from segments.core.evidence.to_read import Candidate, distinct, first, second


def candidate(time: float, *, wide: bool = False, words: str = "", again: bool = False) -> Candidate:
    picture = np.zeros((270, 480), np.uint8)
    cv2.putText(picture, words, (20, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 255, 2)
    return Candidate(time, picture, 12.0 if wide else 3.0, again)


def test_surely_written_pictures_are_read_and_one_doubtful_one_now_and_then() -> None:
    doubtful = [candidate(time) for time in (0.0, 1.0, 2.0, 2.4, 3.0, 5.0, 8.0)]
    assert first(doubtful) == [0, 3, 5, 6]
    assert first(doubtful, {1.0}) == [0, 1, 3, 5, 6]  # what stands afterwards is taken for read: it must be
    assert first([candidate(0.0), candidate(1.0, wide=True), candidate(2.0), candidate(2.5, wide=True)]) == [0, 1, 3]


def test_the_others_are_read_where_one_beside_them_held_writing() -> None:
    candidates = [candidate(time) for time in (0.0, 1.0, 2.0, 4.0, 5.0, 20.0, 21.0)]
    assert second(candidates, {0: ["a line"], 3: [], 5: []}) == [1, 2]
    assert second(candidates, {0: [], 3: [], 5: []}) == []
    assert second(candidates, {0: ["far away"], 5: []}) == [1, 2]


def test_what_shows_the_same_as_the_one_before_is_left_out_unless_that_one_was_blending() -> None:
    one, other = candidate(0.0, words="HARBOUR NEWS"), candidate(1.0, words="HARBOUR NEWS")
    assert distinct([other, one]) == [one]
    assert len(distinct([one, candidate(1.0, words="HARBOUR NEWS", again=True)])) == 2
    assert len(distinct([one, candidate(1.0, words="NIGHT TRAINS")])) == 2
