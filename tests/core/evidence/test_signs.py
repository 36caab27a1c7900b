"""Boards that the camera passes are one line each for as long as they are in the picture; what is put over it stays."""

from __future__ import annotations

import numpy as np

from segments.core.evidence import text
from segments.core.evidence.arrays import pack
from segments.core.evidence.model import TextSpan
from segments.core.timeline import Span

Words = tuple[str, float, float]  # what is read, its left edge and its top


def tracked(*readings: tuple[Words, ...], cuts: tuple[float, ...] = (), score: float = 0.95) -> tuple[TextSpan, ...]:
    """One reading a second from second 0 on; a word of n letters is n fiftieths of the picture wide."""
    rows = [
        {
            "time": float(at),
            "lines": [{"text": w, "score": score, "box": [left, top, len(w) / 50, 0.06]} for w, left, top in reading],
        }
        for at, reading in enumerate(readings)
    ]
    times = np.arange(float(len(readings)))
    made = pack({"reads": rows}, {"text_times": times, "text_states": np.full(len(times), text.READ, np.uint8)})
    return text.track([made], Span(0.0, float(len(readings))), [Span(cut, cut) for cut in cuts])


def told(spans: tuple[TextSpan, ...]) -> list[tuple[float, float, str, str]]:
    return [(span.start, span.end, span.text, span.role) for span in spans]


PAN = tuple((("FERRY LINES", 0.75 - 0.25 * n, 0.4), ("OAK & SON", 0.98 - 0.25 * n, 0.4)) for n in range(3))


def test_boards_that_the_camera_passes_are_one_sign_each() -> None:
    assert told(tracked(*PAN, ())) == [(0, 3, "FERRY LINES", "sign"), (0, 3, "OAK & SON", "sign")]


def test_what_the_edge_leaves_of_a_board_and_wrong_letters_belong_to_it() -> None:
    readings = (*PAN[:2], (("RRY LINES", 0.0, 0.4), ("DAK & SON", 0.4, 0.4)), ())
    assert told(tracked(*readings)) == [(0, 3, "FERRY LINES", "sign"), (0, 3, "OAK & SON", "sign")]


def test_a_board_is_another_stretch_in_another_shot() -> None:
    spans = tracked(*PAN, *PAN, (), cuts=(3.0,))
    assert [(s.start, s.end) for s in spans if s.text == "FERRY LINES"] == [(0, 3), (3, 6)]


def test_the_same_label_twice_on_a_still_page_is_two_labels() -> None:
    page = (("high tide", 0.1, 0.2), ("high tide", 0.6, 0.2), ("Tides", 0.1, 0.05))
    later = (*page, ("high tide", 0.6, 0.5))
    spans = tracked(page, page, later, later, ())
    assert sum(s.text.count("high tide") for s in spans) == 3
    assert all(s.role != "sign" for s in spans)


def test_rolling_credits_and_tickers_are_no_signs() -> None:
    credits = tuple((("Directed by Ada Berg", 0.3, 0.6 - 0.2 * n),) for n in range(3))
    assert all(span.role != "sign" for span in tracked(*credits, ()))
    ticker = tuple((("Ferries run again", 0.7 - 0.35 * n, 0.92),) for n in range(3))
    assert all(span.role != "sign" for span in tracked(*ticker, ()))


def test_words_cut_off_by_the_edge_are_left_out_unless_they_stay() -> None:
    assert tracked((("RBOUR GROUND", 0.0, 0.3),), ()) == ()
    assert len(tracked(*[(("HARBOUR GROUND", 0.0, 0.3),)] * 5)) == 1


def test_scores_are_never_put_together() -> None:
    readings = ((("OAK 0-0 ELM", 0.1, 0.05),), (("OAK 1-0 ELM", 0.4, 0.05),), (("OAK 1-1 ELM", 0.7, 0.05),), ())
    assert [span.text for span in tracked(*readings)] == ["OAK 0-0 ELM", "OAK 1-0 ELM", "OAK 1-1 ELM"]


def test_a_scoreboard_among_other_writing_is_one() -> None:
    reading = (("OAK 1-0 ELM", 0.05, 0.05), ("GOAL", 0.1, 0.75), ("9 Ada Berg", 0.1, 0.85), ("REPLAY", 0.8, 0.05))
    roles = {span.text: span.role for span in tracked(reading, reading, reading, ())}
    assert roles["OAK 1-0 ELM"] == "scoreboard"
