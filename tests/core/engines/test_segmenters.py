"""Where each segmenter puts its boundaries, on evidence made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segments.core.engines.local.entries import Found
from segments.core.engines.local.segmenters import (
    QUERY,
    editorial,
    highlight,
    on_screen_text,
    person,
    pictures,
    scene,
    shot,
    sounds,
    speaker_turn,
    topic,
)
from segments.core.evidence.model import COLOUR_NAMES, Looks, Transition, Voice
from segments.core.timeline import Span
from tests.core.engines import made


def times(found: Found) -> list[tuple[float, float]]:
    return [(round(c.start, 3), round(c.end, 3)) for c in sorted(found.candidates, key=lambda c: c.start)]


def test_shots_tile_the_window_and_carry_their_transition() -> None:
    fade = Transition(19.5, 20.5, "fade", 0.7, ("light change",))
    found = shot.find(made.evidence(30, transitions=(made.cut(10), fade)), "")
    assert times(found) == [(0, 10), (10, 20), (20, 30)]
    assert found.candidates[1].end_reason.as_json() == {
        "because": "A fade.",
        "confidence": 0.7,
        "kind": "fade",
        "from": 19.5,
        "to": 20.5,
        "strength": 0.7,
        "doubts": ["light change"],
    }


def test_without_cuts_the_window_is_one_shot() -> None:
    assert times(shot.find(made.evidence(30, transitions=(), window=Span(5, 20)), "")) == [(5, 20)]


def test_pictures_that_were_not_looked_at_give_no_shots() -> None:
    found = shot.find(made.evidence(30), "")
    assert (found.candidates, found.notes) == ([], ("The pictures were not looked at.",))


def test_scenes_hold_alternating_views_together() -> None:
    colours = {0: "blue", 5: "green", 10: "blue", 15: "green", 20: "red"}
    cuts = tuple(made.cut(time) for time in (5, 10, 15, 20, 25))
    found = scene.find(made.evidence(30, transitions=cuts, looks=made.looks(30, colours=colours)), "")
    assert times(found) == [(0, 20), (20, 30)]


def half_alike() -> Looks:
    """Two looks that share a third of their colours, from second 0 and 10."""
    looks = made.looks(20)
    looks.colour[:] = 0.0
    green, blue, red = (COLOUR_NAMES.index(name) for name in ("green", "blue", "red"))
    looks.colour[:, green] = 0.33
    looks.colour[looks.times < 10, blue] = looks.colour[looks.times >= 10, red] = 0.67
    return looks


def test_speech_over_a_cut_holds_a_scene_together() -> None:
    cut, talk = (made.cut(10),), made.sounds((5, 15, "speech"))
    assert times(scene.find(made.evidence(20, transitions=cut, looks=half_alike(), sounds=talk), "")) == [(0, 20)]
    assert len(scene.find(made.evidence(20, transitions=cut, looks=half_alike()), "").candidates) == 2
    other = made.looks(20, colours={0: "blue", 10: "red"})
    assert len(scene.find(made.evidence(20, transitions=cut, looks=other, sounds=talk), "").candidates) == 2


def test_pictures_of_one_colour_but_other_light_are_two_scenes() -> None:
    looks = made.looks(20, colours={0: "blue"})
    evidence = made.evidence(20, transitions=(made.cut(10),), looks=looks)
    assert times(scene.find(evidence, "")) == [(0, 20)]
    looks.brightness[looks.times >= 10] += 0.3
    looks.contrast[looks.times >= 10] += 0.3
    looks.saturation[looks.times >= 10] += 0.15
    assert times(scene.find(replace(evidence), "")) == [(0, 10), (10, 20)]


def test_signs_of_a_new_part_divide_where_looks_leave_it_open() -> None:
    looks, cuts = made.looks(40, colours={0: "blue"}), (made.cut(20),)
    looks.brightness[looks.times >= 20] += 0.3
    looks.contrast[looks.times >= 20] += 0.28  # alike by .54 where .45 is needed
    plain = made.evidence(40, transitions=cuts, looks=looks)
    assert times(scene.find(plain, "")) == [(0, 40)]
    titled = replace(plain, texts=(made.text(20.5, 24, "Night trains return", "title", 0.2),))
    assert times(scene.find(titled, "")) == [(0, 20), (20, 40)]


def test_views_come_back_only_soon_and_not_in_the_dark() -> None:
    def scenes(length: float, brightness: float) -> int:
        colours = {0: "blue", 5: "red", 5 + length: "blue"}
        looks = made.looks(10 + length, colours=colours, brightness=brightness)
        cuts = (made.cut(5), made.cut(5 + length))
        return len(scene.find(made.evidence(10 + length, transitions=cuts, looks=looks), "").candidates)

    assert scenes(5, 0.45) == 1
    assert scenes(20, 0.45) == 3
    assert scenes(5, 0.05) == 3


def test_a_montage_is_one_scene() -> None:
    colours = dict(zip((0, 10, 12, 14, 16, 18), ("blue", "red", "green", "yellow", "white", "brown"), strict=True))
    cuts = tuple(made.cut(time) for time in (10, 12, 14, 16, 18))
    found = scene.find(made.evidence(30, transitions=cuts, looks=made.looks(30, colours=colours)), "")
    assert times(found) == [(0, 10), (10, 18), (18, 30)]


def test_text_segments_follow_what_stands() -> None:
    texts = (made.text(2, 6, "First caption"), made.text(6.1, 9, "Second one"), made.text(15, 18, "Third"))
    assert times(on_screen_text.find(made.evidence(30, texts=texts), "")) == [(2, 6), (6.1, 9), (15, 18)]


def test_lines_that_come_together_are_one_text() -> None:
    texts = (made.text(2, 8, "The title", "title", 0.3), made.text(2.3, 8.2, "and its author", "title", 0.5))
    assert times(on_screen_text.find(made.evidence(30, texts=texts), "")) == [(2, 8.2)]


def test_a_growing_slide_stays_one_segment() -> None:
    texts = (
        made.text(0, 30, "Agenda alpha beta gamma delta", "slide", 0.1),
        made.text(10, 30, "epsilon", "slide", 0.5),
    )
    assert times(on_screen_text.find(made.evidence(30, texts=texts), "")) == [(0, 30)]


def test_a_channel_logo_is_left_out_and_said_so() -> None:
    logo = made.text(0, 30, "LIVE", "other", 0.0)
    others = tuple(made.text(t, t + 3, f"caption {t}") for t in (2, 10, 20))
    found = on_screen_text.find(made.evidence(30, texts=(logo, *others)), "")
    assert times(found) == [(2, 5), (10, 13), (20, 23)]
    assert found.notes == ('"LIVE" stands for most of the time and was left out.',)


def test_no_text_is_an_empty_answer() -> None:
    assert times(on_screen_text.find(made.evidence(30, texts=()), "")) == []


def test_speech_bridges_breaths_but_not_pauses() -> None:
    talk = made.sounds(
        (0, 4, "speech"), (4, 4.8, "silence"), (4.8, 9, "speech"), (9, 12, "silence"), (12, 15, "speech")
    )
    evidence = made.evidence(15, sounds=talk)
    assert times(sounds.SPEECH.find(evidence, "")) == [(0, 9), (12, 15)]
    assert times(sounds.SILENCE.find(evidence, "")) == [(4, 4.8), (9, 12)]
    assert times(sounds.MUSIC.find(evidence, "")) == []


def test_a_video_without_sound_says_so() -> None:
    found = sounds.SPEECH.find(made.evidence(15, sounds=()), "")
    assert (found.candidates, found.notes) == ([], ("The video has no sound that could be listened to.",))


def test_names_in_subtitles_mark_speaker_turns() -> None:
    said = made.lines((0, 2, "ANNA: Good evening."), (2, 4, "Welcome back."), (4, 6, "BOB: Thank you."))
    assert times(speaker_turn.find(made.evidence(10, words=said), "")) == [(0, 4), (4, 6)]


def test_turns_without_names_are_cut_at_pauses_with_a_note() -> None:
    found = speaker_turn.find(
        made.evidence(20, sounds=made.sounds((0, 5, "speech"), (5, 7, "silence"), (7, 9, "speech"))), ""
    )
    assert times(found) == [(0, 5), (7, 9)]
    assert "cut at pauses" in found.notes[0]


def test_turns_follow_the_voices() -> None:
    voices = (Voice(0, 3, 1, 0.9), Voice(3, 6, 2, 0.8), Voice(7, 9, 2, 0.9), Voice(14, 18, 2, 0.9))
    found = speaker_turn.find(made.evidence(20, sounds=made.sounds((0, 18, "speech")), voices=voices), "")
    assert times(found) == [(0, 3), (3, 9), (14, 18)]
    assert "alike count as one" in found.notes[0]


def test_topics_change_where_the_vocabulary_does() -> None:
    reactor = "The reactor heats water and the turbine makes power from the heat of the reactor"
    garden = "The garden needs roses and tulips so water the roses in the garden every summer"
    said = [(t, t + 4, reactor) for t in range(0, 30, 5)] + [(t, t + 4, garden) for t in range(30, 60, 5)]
    evidence = made.evidence(60, words=made.lines(*said), transitions=(made.cut(29.5), made.cut(50)))
    assert times(topic.find(evidence, "")) == [(0, 29.5), (29.5, 60)]


def test_topics_without_words_are_not_guessed() -> None:
    found = topic.find(made.evidence(60, words=(), texts=(), transitions=(made.cut(30),)), "")
    assert found.candidates == []
    assert "to tell subjects apart" in found.notes[0]


def test_person_of_focus_is_one_large_face_within_a_shot() -> None:
    seen = made.faces([0.5 + i for i in range(5)], 0.3) + made.faces([5.5 + i for i in range(5)], 0.3, 0.28)
    seen += made.faces([10.5 + i for i in range(10)], 0.05)
    evidence = made.evidence(20, faces=seen, transitions=(made.cut(5), made.cut(10)))
    assert times(person.find(evidence, "one person in focus")) == [(0, 5)]
    assert times(person.find(evidence, "people")) == [(0, 5), (5, 10), (10, 20)]


def test_a_face_missed_once_does_not_split() -> None:
    seen = made.faces([0.5, 1.5], 0.3) + made.faces([2.5]) + made.faces([3.5, 4.5], 0.3)
    assert times(person.find(made.evidence(5, faces=seen, transitions=()), "a face")) == [(0, 5)]


def test_a_person_seen_on_most_looks_of_a_short_shot_is_there_for_all_of_it() -> None:
    looks = made.faces([0.5, 1.5], 0.3) + made.faces([4.0]) + made.faces([9.0], 0.3) + made.faces([11.0, 14.0])
    evidence = made.evidence(20, faces=looks, transitions=(made.cut(10),))
    assert times(person.find(evidence, "one person in focus")) == [(0, 10)]


def test_highlight_needs_more_than_one_measure() -> None:
    loud = np.full(600, -30.0, np.float32)
    loud[300:340] = -8.0
    looks = made.looks(60)
    quiet_picture = made.evidence(60, loudness=(loud, 0.1), looks=looks, transitions=(made.cut(5), made.cut(50)))
    looks.motion[(looks.times >= 30) & (looks.times < 34)] = 0.2
    lively_picture = made.evidence(60, loudness=(loud, 0.1), looks=looks, transitions=(made.cut(5), made.cut(50)))
    assert times(highlight.find(lively_picture, "")) == [(29, 37)]
    looks.motion[:] = 0.01
    assert times(highlight.find(quiet_picture, "")) == []


def test_black_pictures_part_a_programme() -> None:
    looks = made.looks(60)
    looks.brightness[(looks.times >= 20) & (looks.times < 21)] = 0.02
    looks.contrast[(looks.times >= 20) & (looks.times < 21)] = 0.0
    evidence = made.evidence(60, looks=looks, transitions=())
    assert times(pictures.BLACK.find(evidence, "")) == [(20, 21)]
    assert times(editorial.find(evidence, "")) == [(0, 20), (21, 60)]


def test_still_and_moving_pictures_are_found() -> None:
    looks = made.looks(30, motion=0.001)
    looks.motion[(looks.times >= 10) & (looks.times < 15)] = 0.1
    looks.pan[(looks.times >= 10) & (looks.times < 15)] = 0.2
    evidence = made.evidence(30, looks=looks)
    assert times(pictures.STILL.find(evidence, "")) == [(0, 10), (15, 30)]
    assert times(pictures.MOTION.find(evidence, "")) == [(10, 15)]
    assert times(pictures.CAMERA.find(evidence, "")) == [(10, 15)]


def test_query_finds_words_that_are_said_or_shown() -> None:
    said = made.lines((1, 3, "Welcome to the show."), (11, 14, "The rocket leaves the launch pad."))
    shown = (made.text(21, 24, "Control room"),)
    cuts = (made.cut(10), made.cut(20))
    evidence = made.evidence(30, transitions=cuts, words=said, texts=shown)
    assert times(QUERY.find(evidence, "rocket launch")) == [(10, 20)]


def test_query_grows_over_neighbours_that_fit_less() -> None:
    shown = (made.text(11, 14, "Rocket launch"), made.text(21, 24, "Launch control"))
    evidence = made.evidence(40, transitions=(made.cut(10), made.cut(20), made.cut(30)), words=(), texts=shown)
    assert times(QUERY.find(evidence, "rocket launch")) == [(10, 30)]


def test_query_says_which_words_it_missed() -> None:
    found = QUERY.find(made.evidence(30, transitions=(), words=(), texts=()), "zebra and lemons")
    assert found.candidates == []
    assert "Not found anywhere: zebra, lemons." in found.notes[0]
