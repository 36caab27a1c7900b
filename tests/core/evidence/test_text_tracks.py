"""From readings to writing that stands: what blends while pictures dissolve, and words that are chance."""

from __future__ import annotations

import numpy as np

from segments.core.evidence import text
from segments.core.evidence.arrays import pack
from segments.core.timeline import Span
from tests.core.counting import calls

ROWS = {"Wear a helmet": 0.3, "Follow the exit": 0.4, "Wwrlloa thelmit": 0.3}


def payload(*reads: tuple[float, tuple[str, ...]], score: float = 0.95) -> bytes:
    times = np.arange(0.0, 10.0, 0.5)
    states = np.full(len(times), text.LIKE_READ, np.uint8)
    rows = [
        {
            "time": at,
            "lines": [{"text": line, "score": score, "box": [0.1, ROWS.get(line, 0.5), 0.5, 0.06]} for line in lines],
        }
        for at, lines in reads
    ]
    return pack({"reads": rows}, {"text_times": times, "text_states": states})


def tracked(made: bytes, *transitions: Span) -> list[tuple[float, float, str]]:
    return [(span.start, span.end, span.text) for span in text.track([made], Span(0.0, 10.0), transitions)]


def test_lines_that_appear_during_a_dissolve_are_one_slide_from_its_end() -> None:
    made = payload((2.5, ("Wear a helmet",)), (3.0, ("Wear a helmet", "Follow the exit")), (8.0, ()))

    assert tracked(made, Span(2.0, 3.2), Span(8.0, 8.0)) == [(3.2, 8.0, "Wear a helmet\nFollow the exit")]


def test_what_is_read_only_while_pictures_blend_is_nothing() -> None:
    assert tracked(payload((2.5, ("Wwrlloa thelmit",)), (3.0, ())), Span(2.0, 3.2)) == []


def test_writing_that_stands_through_a_dissolve_keeps_its_times() -> None:
    assert tracked(payload((1.0, ("Wear a helmet",)), (6.0, ())), Span(2.0, 3.2)) == [(0.5, 6.0, "Wear a helmet")]


def test_single_unsure_word_is_chance() -> None:
    assert tracked(payload((1.0, ("BUNKSY",)), (4.0, ()), score=0.76)) == []
    assert tracked(payload((1.0, ("BUNNY",)), (4.0, ()), score=0.9)) == [(0.5, 4.0, "BUNNY")]
    assert tracked(payload((1.0, ("Big BUNNY",)), (4.0, ()), score=0.76)) == [(0.5, 4.0, "Big BUNNY")]


def test_a_bullet_that_is_read_as_another_sign_makes_no_new_line() -> None:
    made = payload((1.0, ("· Wear a helmet",)), (4.0, ("• Wear a helmet",)), (6.0, ()))
    assert [span[:2] for span in tracked(made)] == [(0.5, 6.0)]


def test_lines_that_are_lost_one_look_apart_are_one_block() -> None:
    made = payload((1.0, ("Wear a helmet", "Follow the exit")), (6.0, ("Wear a helmet",)), (6.5, ()))
    assert [span[2] for span in tracked(made)] == ["Wear a helmet\nFollow the exit"]


def test_what_fades_stands_for_a_part_of_the_time_in_which_it_is_not_seen() -> None:
    times = np.arange(0.0, 10.0, 0.5)
    states = np.full(len(times), text.LIKE_READ, np.uint8)
    states[(times >= 5.0) & (times < 6.0)] = text.UNSURE
    states[times >= 6.0] = text.NOTHING
    lines = [{"text": "Live from Lisbon", "score": 0.95, "box": [0.1, 0.8, 0.4, 0.06]}]
    made = pack({"reads": [{"time": 1.0, "lines": lines}]}, {"text_times": times, "text_states": states})
    assert tracked(made) == [(0.5, 5.5, "Live from Lisbon")]
    assert tracked(made, Span(5.8, 5.8))[0][1] == 5.8  # with the cut under which it goes
    assert tracked(made, Span(5.7, 8.0))[0][1] == 5.7  # with the fade


def test_part_of_a_line_that_is_read_once_is_a_shred_of_it() -> None:
    whole = {"text": "Questions and answers", "score": 1.0, "box": [0.1, 0.7, 0.4, 0.06]}
    part = {"text": "swers", "score": 1.0, "box": [0.4, 0.7, 0.09, 0.06]}
    other = {"text": "swers", "score": 1.0, "box": [0.4, 0.2, 0.09, 0.06]}
    times, states = np.arange(0.0, 5.0, 0.5), np.full(10, text.READ, np.uint8)
    for last, expected in ((part, 1), (other, 2)):
        rows = [{"time": 1.0, "lines": [whole]}, {"time": 2.0, "lines": [last]}, {"time": 3.0, "lines": []}]
        assert len(tracked(pack({"reads": rows}, {"text_times": times, "text_states": states}))) == expected


def test_an_hour_of_shreds_costs_its_length_and_not_its_square() -> None:
    def tracking(minutes: int) -> int:
        shreds = [(t * 1.0, (f"Banner number {t}", f"Row {t * 7}")) for t in range(1, 60 * minutes)]
        times = np.arange(0.0, 60.0 * minutes, 1.0)
        rows = [
            {
                "time": t,
                "lines": [
                    {"text": x, "score": 0.9, "box": [0.1, 0.2 + 0.3 * n, 0.5, 0.06]} for n, x in enumerate(both)
                ],
            }
            for t, both in shreds
        ]
        made = pack({"reads": rows}, {"text_times": times, "text_states": np.full(len(times), text.READ, np.uint8)})
        cuts = [Span(t, t) for t in times[::5]]
        return calls(lambda: text.track([made], Span(0.0, 60.0 * minutes), cuts))

    assert tracking(10) < 2.5 * tracking(5)
