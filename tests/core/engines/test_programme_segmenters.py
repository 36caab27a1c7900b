"""Slides, chosen writing, gaps, dialogues, advertisements and calm, on evidence made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from segments.core.engines.local.entries import Found
from segments.core.engines.local.segmenters import (
    dialogue,
    editorial,
    highlight,
    on_screen_text,
    pictures,
    slide,
    transition,
)
from segments.core.engines.local.segmenters.absence import ABSENCE
from segments.core.engines.local.segmenters.which_text import which_text
from segments.core.evidence.model import Evidence, Transition
from tests.core.engines import made


def times(found: Found) -> list[tuple[float, float]]:
    return [(round(c.start, 3), round(c.end, 3)) for c in sorted(found.candidates, key=lambda c: c.start)]


def test_bullets_that_appear_belong_to_their_slide() -> None:
    texts = (
        made.text(0.8, 10, "Arch bridges", "title", 0.1),
        made.text(3, 10, "Stone under load", "slide", 0.3),
        made.text(6, 10, "Roman bridges", "slide", 0.5),
        made.text(10.4, 20, "Cable bridges", "title", 0.1),
        made.text(10.4, 20, "Long spans", "slide", 0.3),
    )
    evidence = made.evidence(30, texts=texts, transitions=(made.cut(10), made.cut(20)))
    assert times(slide.find(evidence, "")) == [(0, 10), (10, 20)]


def test_a_new_page_under_the_same_heading_needs_a_cut() -> None:
    heading = made.text(0, 20, "Summary", "title", 0.1)
    first = [made.text(0, 10, f"First {n}", "slide", 0.2 + 0.1 * n) for n in range(3)]
    second = [made.text(10, 20, f"Second {n}", "slide", 0.2 + 0.1 * n) for n in range(3)]
    texts = (heading, *first, *second)
    assert times(slide.find(made.evidence(60, texts=texts, transitions=(made.cut(10),)), "")) == [(0, 10), (10, 20)]
    assert times(slide.find(made.evidence(60, texts=texts, transitions=()), "")) == [(0, 20)]


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("A name tag is shown", [(2, 6)]),
        ("A price is written on screen", [(12, 15)]),
        ("The word SALE is on screen", [(12, 15)]),
        ("While the scoreboard reads 1 - 0", [(20, 24)]),
        ('The words "Jane Doe" can be read', [(2, 6)]),
        ("The last caption", [(26, 29)]),
        ("A caption", [(8, 10), (26, 29)]),
        ("The e-mail address is shown", []),
    ],
)
def test_descriptions_choose_among_writing(description: str, found: list[tuple[float, float]]) -> None:
    texts = (
        made.text(2, 6, "Jane Doe", "lower_third"),
        made.text(8, 10, "Good evening.", "caption"),
        made.text(12, 15, "SALE\n$4.99", "title", 0.4),
        made.text(20, 24, "OAK 1-0 ELM", "scoreboard", 0.05),
        made.text(24, 26, "OAK 1-1 ELM", "scoreboard", 0.05),
        made.text(26, 29, "Good night.", "caption"),
    )
    evidence = made.evidence(30, texts=texts)
    assert times(on_screen_text.find(evidence, description)) == found


def test_what_was_read_in_a_description_is_said() -> None:
    assert which_text("The closing credits").said == ("the last",)
    assert which_text("A lower third with a name").said == ("lower third",)
    assert which_text("Readable text").said == ()


def test_a_changed_score_is_another_text() -> None:
    boards = [made.text(10 * n, 10 * n + 10, f"OAK {n}-0 ELM", "scoreboard", 0.05) for n in range(3)]
    evidence = made.evidence(30, texts=tuple(boards))
    assert times(on_screen_text.find(evidence, "the scoreboard")) == [(0, 10), (10, 20), (20, 30)]


def test_gaps_of_speech_of_text_and_of_people() -> None:
    evidence = made.evidence(
        20,
        sounds=made.sounds((0, 5, "speech"), (5, 12, "noise"), (12, 20, "speech")),
        texts=(made.text(4, 10, "Hello"),),
        faces=made.faces(range(10), 0.3) + made.faces(range(10, 20)),
    )
    assert times(ABSENCE["speech"].find(evidence, "")) == [(5, 12)]
    assert times(ABSENCE["text"].find(evidence, "")) == [(0, 4), (10, 20)]
    assert times(ABSENCE["people"].find(evidence, "")) == [(10, 20)]
    assert ABSENCE["speech"].find(made.evidence(20), "").notes  # not listened to is not silence


def interview() -> Evidence:
    left, right = made.faces(range(0, 10), 0.3, x=0.3), made.faces(range(10, 20), 0.3, x=0.7)
    again = made.faces(range(20, 30), 0.3, x=0.3) + made.faces(range(30, 60))
    return made.evidence(
        60,
        transitions=(made.cut(10), made.cut(20), made.cut(30)),
        looks=made.looks(60),
        faces=left + right + again,
        sounds=made.sounds((0, 30, "speech"), (30, 60, "music")),
    )


def test_people_who_are_shown_and_heard_in_turn_are_a_dialogue() -> None:
    assert times(dialogue.find(interview(), "")) == [(0, 30)]


def test_an_advertisement_break_is_cut_far_more_quickly_between_black_pictures() -> None:
    looks = made.looks(90)
    for start in (40, 58):
        dark = (looks.times >= start) & (looks.times < start + 1)
        looks.brightness[dark], looks.contrast[dark] = 0.01, 0.0
    cuts = tuple(made.cut(t) for t in (20.0, 40.0, *np.arange(41.0, 58.1, 1.7), 59.0, 75.0))
    evidence = made.evidence(90, looks=looks, transitions=cuts, sounds=made.sounds((0, 90, "other")), texts=())
    assert times(editorial.find_breaks(evidence, "")) == [(41, 58)]
    assert [round(c.start) for c in editorial.units(evidence)] == [0, 41, 59]


def test_calm_is_what_lies_between_the_highlights() -> None:
    loud = np.full(600, -30.0, np.float32)
    loud[300:340] = -8.0
    looks = made.looks(60)
    looks.motion[(looks.times >= 29) & (looks.times < 34)] = 0.2
    evidence = made.evidence(60, loudness=(loud, 0.1), looks=looks, transitions=())
    (moment,) = times(highlight.find(evidence, ""))
    assert times(highlight.find_calm(evidence, "")) == [(0, moment[0]), (moment[1], 60)]


def test_the_named_camera_movement_is_meant_and_ends_at_a_cut() -> None:
    looks = made.looks(30)
    looks.pan[looks.times < 10] = 0.1
    looks.tilt[(looks.times >= 10) & (looks.times < 20)] = -0.1
    evidence = made.evidence(30, looks=looks, transitions=(made.cut(5), made.cut(10), made.cut(20)))
    assert times(pictures.find_camera(evidence, "The camera pans")) == [(0, 5), (5, 10)]
    assert times(pictures.find_camera(evidence, "The camera tilts up or down")) == [(10, 20)]
    assert len(pictures.find_camera(evidence, "The camera moves").candidates) == 3


def test_pictures_without_colour_are_told_from_grey_ones_and_black_ones() -> None:
    looks = made.looks(30, colours={0: "green", 10: "grey", 20: "black"})
    looks.saturation[looks.times >= 10] = 0.01
    looks.brightness[looks.times >= 20], looks.contrast[looks.times >= 20] = 0.01, 0.0
    assert times(pictures.GREY.find(made.evidence(30, looks=looks), "")) == [(10, 20)]


def test_transitions_of_the_named_kind_are_found() -> None:
    changes = (made.cut(5), Transition(10, 11, "dissolve", 0.8), Transition(20, 21.2, "fade", 0.9))
    evidence = made.evidence(30, transitions=changes)
    assert times(transition.find(evidence, "Dissolves")) == [(10, 11)]
    assert times(transition.find(evidence, "Fades to black")) == [(20, 21.2)]
    assert times(transition.find(evidence, "Every transition")) == [(10, 11), (20, 21.2)]


def test_a_description_that_names_one_role_means_the_parts_of_that_role() -> None:
    looks = made.looks(90)
    for start in (10, 79):
        dark = (looks.times >= start) & (looks.times < start + 1)
        looks.brightness[dark], looks.contrast[dark] = 0.01, 0.0
    sounds = made.sounds((0, 10, "music"), (10, 80, "speech"), (80, 90, "music"))
    show = made.evidence(90, looks=looks, transitions=(), sounds=sounds, texts=(), faces=())
    assert times(editorial.find(show, "The opening of the show")) == [(0, 10)]
    assert times(editorial.find(show, "The outro")) == [(80, 90)]
    assert len(editorial.find(show, "Intro, interview, outro").candidates) == 3


def test_a_headline_that_goes_on_holds_a_story_together_and_names_do_not_begin_one() -> None:
    texts = (
        made.text(0.5, 4, "Night trains return", "title", 0.4),
        made.text(11, 18, "Night trains return\nTickets from 29 euros", "lower_third"),
        made.text(21, 26, "Jonas Okafor", "lower_third"),
        made.text(21, 26, "Reporter, Old Quay", "lower_third", 0.86),
        made.text(30.2, 34, "River clean again", "title", 0.4),
    )
    cuts = tuple(made.cut(t) for t in (10.0, 20.0, 30.0, 40.0))
    news = made.evidence(50, looks=made.looks(50), transitions=cuts, sounds=made.sounds((0, 50, "other")), texts=texts)
    assert [round(c.start) for c in editorial.units(news)] == [0, 30]
