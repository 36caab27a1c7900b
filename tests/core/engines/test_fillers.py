"""What each filler says, and when it says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from segments.core.definition import parse_definitions
from segments.core.engines.local.entries import Asked
from segments.core.engines.local.fillers import choose, fill
from segments.core.evidence.model import COLOUR_NAMES, Evidence, Transition, Voice
from segments.core.timeline import Span
from tests.core.engines import made

WHOLE = Span(0.0, 10.0)


def value(
    name: str, kind: str, evidence: Evidence, span: Span = WHOLE, siblings: tuple[Span, ...] = (), **more: object
) -> object:
    wire = made.field(name, kind, str(more.pop("description", "as named")), **more)
    if kind == "array":
        wire["items"] = {"type": "string"}
    if kind == "timestamp":
        wire["format"] = "seconds"
    spec = parse_definitions([{"id": "x", "description": "y", "fields": [wire]}], duration=None)[0].fields[0]
    filler = choose(spec)
    assert filler is not None
    found = fill(filler, Asked(spec, span, evidence, siblings or (span,)))
    return found.value if found else None


def looking(**tracks: float) -> Evidence:
    return made.evidence(10, looks=made.looks(10, **tracks), transitions=())


MOTIONS = ["static", "pan", "tilt", "zoom", "tracking", "handheld"]


@pytest.mark.parametrize(
    ("tracks", "name"),
    [
        ({}, "static"),
        ({"pan": 0.2}, "pan"),
        ({"pan": -0.2, "tilt": 0.05}, "pan"),
        ({"tilt": 0.15}, "tilt"),
        ({"zoom": -0.1}, "zoom"),
        ({"pan": 0.015, "tilt": 0.02}, "static"),
        ({"pan": 0.03}, None),
        ({"motion": 0.1}, None),
    ],
)
def test_camera_motion(tracks: dict[str, float], name: str | None) -> None:
    assert value("camera_motion", "string", looking(**tracks), enum=MOTIONS) == name


def test_shaking_without_direction_is_not_named() -> None:
    evidence = looking()
    assert evidence.looks is not None
    evidence.looks.pan[:] = np.where(np.arange(len(evidence.looks.pan)) % 2, 0.15, -0.15)
    assert value("camera_motion", "string", evidence, enum=MOTIONS) is None


def test_camera_motion_is_said_in_the_words_offered() -> None:
    assert value("camera", "string", looking(pan=0.2), enum=["still", "moving"]) == "moving"
    assert value("camera", "string", looking(), enum=["still", "moving"]) == "still"


def test_camera_motion_over_a_cut_is_not_one_movement() -> None:
    evidence = made.evidence(10, looks=made.looks(10), transitions=(made.cut(5),))
    assert value("camera_motion", "string", evidence, enum=MOTIONS) is None


def test_camera_motion_of_two_pictures_is_not_known() -> None:
    assert value("camera_motion", "string", looking(), Span(0, 0.4)) is None


SIZES = ["extreme_wide", "wide", "medium", "close_up", "extreme_close_up"]


@pytest.mark.parametrize(
    ("height", "name"),
    [(0.8, "extreme_close_up"), (0.4, "close_up"), (0.25, "medium"), (0.1, "wide"), (0.03, "extreme_wide")],
)
def test_shot_size_follows_the_face(height: float, name: str) -> None:
    seen = made.faces([1, 3, 5, 7], height)
    assert value("shot_size", "string", made.evidence(10, faces=seen), enum=SIZES) == name


def test_shot_size_without_a_face_is_not_known() -> None:
    assert value("shot_size", "string", made.evidence(10, faces=made.faces([1, 3, 5])), enum=SIZES) is None
    assert value("shot_size", "string", made.evidence(10), enum=SIZES) is None


def test_shot_size_from_a_single_sighting_is_not_known() -> None:
    seen = made.faces([1], 0.3) + made.faces([2, 3, 4, 5])
    assert value("shot_size", "string", made.evidence(10, faces=seen), enum=SIZES) is None


@pytest.mark.parametrize(
    ("x", "height", "name"), [(0.2, 0.3, "left"), (0.5, 0.3, "center"), (0.9, 0.3, "right"), (0.5, 0.05, "background")]
)
def test_screen_position(x: float, height: float, name: str) -> None:
    seen = made.faces([1, 2, 3], height, x=x)
    offered = ["center", "left", "right", "background"]
    assert value("screen_position", "string", made.evidence(10, faces=seen), enum=offered) == name


TEXTS = (
    made.text(1, 8, "A Trip to the Moon\nby Ada Berg", "title", 0.3),
    made.text(2, 6, "Ada Berg\nAstronomer", "lower_third", 0.8),
)


def test_text_reads_from_top_to_bottom() -> None:
    shown = made.evidence(10, texts=TEXTS)
    assert value("text", "string", shown) == "A Trip to the Moon\nby Ada Berg\nAda Berg\nAstronomer"
    assert value("text_lines", "array", shown, description="Lines of text") == [
        "A Trip to the Moon",
        "by Ada Berg",
        "Ada Berg",
        "Astronomer",
    ]


def test_title_is_the_first_line_of_the_largest_text() -> None:
    assert value("title", "string", made.evidence(10, texts=TEXTS)) == "A Trip to the Moon"


def test_a_name_tag_is_no_title() -> None:
    assert value("title", "string", made.evidence(10, texts=TEXTS[1:], words=())) is None


def test_without_a_title_repeated_words_stand_in() -> None:
    assert value("title", "string", made.evidence(10, words=SAID, texts=())) == "Heat, reactor"


KINDS = ["title", "lower_third", "caption", "sign", "slide", "other"]


@pytest.mark.parametrize(
    ("role", "kind"), [("title", "title"), ("lower_third", "lower_third"), ("scoreboard", "other")]
)
def test_kind_of_text(role: str, kind: str) -> None:
    shown = made.evidence(10, texts=(made.text(1, 9, "Hello", role),))  # type: ignore[arg-type]
    assert value("kind", "string", shown, description="Role of the text", enum=KINDS) == kind


def test_a_role_that_is_not_offered_is_not_known() -> None:
    shown = made.evidence(10, texts=(made.text(1, 9, "Hello", "scoreboard"),))
    assert value("kind", "string", shown, description="Role of the text", enum=["title", "caption"]) is None


@pytest.mark.parametrize(
    ("name", "kind", "written", "found"),
    [
        ("price", "number", "Only $1,299.50 today", 1299.5),
        ("price", "string", "Now 20 € each", "20 €"),
        ("price", "number", "No numbers", None),
        ("score", "string", "LIONS 2 - 1 BEARS", "2 - 1"),
        ("date", "string", "On 4 July 1976 in Rome", "4 July 1976"),
        ("website", "string", "Visit www.example.org now", "www.example.org"),
    ],
)
def test_numbers_and_names_in_text(name: str, kind: str, written: str, found: object) -> None:
    assert value(name, kind, made.evidence(10, texts=(made.text(1, 9, written),))) == found


SAID = made.lines(
    (1, 3, "The reactor makes heat."), (4, 6, "Heat from the reactor turns a turbine."), (7, 9, "So there.")
)


def test_what_is_said() -> None:
    spoken = made.evidence(10, words=SAID)
    assert value("transcript", "string", spoken) == (
        "The reactor makes heat. Heat from the reactor turns a turbine. So there."
    )
    assert value("gist", "string", spoken) == "Heat from the reactor turns a turbine."
    assert value("word_count", "integer", spoken) == 13
    assert value("speech_rate", "number", spoken, description="Words per minute") == 78.0


def test_nothing_said_is_not_known() -> None:
    for silent in (made.evidence(10), made.evidence(10, words=())):
        assert value("transcript", "string", silent) is None
        assert value("word_count", "integer", silent) is None


def test_speaker_is_only_a_written_name() -> None:
    named = made.evidence(10, words=made.lines((1, 3, "ANNA: Hello."), (4, 5, "How are you?")))
    tagged = made.evidence(10, words=SAID, texts=(TEXTS[1],))
    assert value("speaker", "string", named) == "ANNA"
    assert value("speaker", "string", tagged) == "Ada Berg"
    assert value("speaker", "string", made.evidence(10, words=SAID, texts=())) is None


def test_keywords_are_what_is_rare_elsewhere() -> None:
    spoken = made.evidence(
        20, words=SAID + made.lines((11, 13, "The garden makes roses."), (14, 16, "Roses in the garden."))
    )
    halves = (Span(0, 10), Span(10, 20))
    wanted = {"description": "Up to two keywords", "siblings": halves}
    assert value("keywords", "array", spoken, halves[1], **wanted)[:2] == ["garden", "roses"]  # type: ignore[index, arg-type]


def test_a_listed_topic_is_the_one_that_is_named() -> None:
    offered = ["energy", "reactor", "garden"]
    assert value("topic", "string", made.evidence(10, words=SAID), enum=offered) == "reactor"
    assert value("topic", "string", made.evidence(10, words=SAID), enum=["sports", "garden"]) is None


SOUNDS = made.sounds((0, 6, "speech"), (6, 10, "music"))


@pytest.mark.parametrize(
    ("name", "evidence", "found"),
    [
        ("speaking", made.evidence(10, sounds=SOUNDS), True),
        ("has_silence", made.evidence(10, sounds=SOUNDS), False),
        ("has_music", made.evidence(10), None),
        ("has_music", made.evidence(10, sounds=()), None),
        ("text_visible", made.evidence(10, texts=TEXTS), True),
        ("text_visible", made.evidence(10, texts=()), False),
        ("face", made.evidence(10, faces=made.faces([1, 2], 0.3)), True),
        ("face", made.evidence(10, faces=()), None),
        ("black_and_white", looking(saturation=0.01), True),
        ("black_and_white", made.evidence(10, looks=made.looks(10, colours={0: "red"})), False),
        ("is_dark", looking(brightness=0.1), True),
        ("is_static", looking(motion=0.0), True),
        ("has_cut", made.evidence(10, transitions=(made.cut(5),)), True),
    ],
)
def test_yes_and_no(name: str, evidence: Evidence, found: bool | None) -> None:
    assert value(name, "boolean", evidence) is found


def test_counts() -> None:
    seen = made.faces([1, 2, 3, 4], 0.3, 0.2)
    evidence = made.evidence(10, faces=seen, transitions=(made.cut(2), made.cut(4), made.cut(10)), texts=TEXTS)
    assert value("people_count", "integer", evidence) == 2
    assert value("cuts", "integer", evidence) == 2
    assert value("shots", "integer", evidence) == 3
    assert value("text_lines", "integer", evidence, description="Lines of text") == 4
    assert value("duration", "number", evidence) == 10.0


def test_levels() -> None:
    evidence = made.evidence(10, looks=made.looks(10, brightness=0.7), loudness=(np.full(100, -20.0, np.float32), 0.1))
    assert value("loudness", "number", evidence) == -20.0
    assert value("loudness", "integer", evidence) == -20
    assert value("brightness", "number", evidence) == 0.7
    assert value("lighting", "string", evidence, enum=["dark", "bright"]) == "bright"


def test_moments_lie_where_it_happens() -> None:
    loud = np.full(100, -40.0, np.float32)
    loud[70] = -5.0
    evidence = made.evidence(
        10, loudness=(loud, 0.1), texts=TEXTS, sounds=SOUNDS, faces=made.faces([1]) + made.faces([2], 0.3)
    )
    assert value("loudest_moment", "timestamp", evidence) == 7.05
    assert value("text_appears", "timestamp", evidence, description="When the text first appears") == 1.0
    assert value("first_face", "timestamp", evidence, description="When a face appears") == 2.0
    assert value("starts_talking", "timestamp", evidence) == 0.0


def test_peak_of_a_flat_video_is_not_known() -> None:
    evidence = made.evidence(10, looks=made.looks(10), loudness=(np.full(100, -23.0, np.float32), 0.1), transitions=())
    assert value("peak_at", "timestamp", evidence) is None


def test_colours_by_share() -> None:
    evidence = made.evidence(10, looks=made.looks(10, colours={0: "blue", 7: "red"}))
    assert value("main_colour", "string", evidence) == "blue"
    assert value("colours", "array", evidence) == ["blue", "red"]
    assert value("colours", "array", evidence, enum=["red", "green"]) == ["red"]


def test_transition_at_the_start() -> None:
    evidence = made.evidence(10, transitions=(Transition(4.5, 5.5, "dissolve", 0.8),))
    assert value("transition", "string", evidence, Span(5, 10), enum=["cut", "dissolve"]) == "dissolve"
    assert value("transition", "string", evidence, Span(5, 10), enum=["cut", "wipe"]) is None


def test_roles_need_place_and_shape() -> None:
    units = (Span(0, 10), Span(10, 90), Span(90, 100))
    programme = made.evidence(
        100,
        sounds=made.sounds((0, 10, "music"), (10, 90, "speech"), (90, 100, "music")),
        faces=made.faces(range(10, 90), 0.3),
        transitions=(),
        texts=(),
    )
    offered = ["intro", "segment", "interview", "b_roll", "ad_break", "outro"]
    roles = [value("role", "string", programme, unit, units, enum=offered) for unit in units]
    assert roles == ["intro", "segment", "outro"]  # one who talks for long is no interview
    assert value("role", "string", made.evidence(100), units[1], units, enum=offered) is None


def test_summary_says_only_what_was_measured() -> None:
    seen = made.evidence(
        10,
        looks=made.looks(10, pan=0.2),
        faces=made.faces([1, 3, 5], 0.4),
        sounds=made.sounds((0, 10, "music")),
        transitions=(),
    )
    assert value("summary", "string", seen) == "A close-up of a face, the camera pans, music plays."
    assert value("summary", "string", looking()) == "A mostly grey picture, the camera is still."
    assert value("summary", "string", made.evidence(10)) is None


def painted(saturation: float = 0.3, **shares: float) -> Evidence:
    """Every picture with these shares of colours."""
    looks = made.looks(10, saturation=saturation)
    looks.colour[:] = [shares.get(name, 0.0) for name in COLOUR_NAMES]
    return made.evidence(10, looks=looks, transitions=())


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"green": 0.55, "grey": 0.45}, "A mostly green picture"),
        ({"green": 0.36, "blue": 0.3, "red": 0.34}, "A mostly green and red picture"),
        ({"green": 0.32, "grey": 0.3, "yellow": 0.22, "white": 0.16}, "A mostly green and grey picture"),
        ({"grey": 0.34, "green": 0.2, "yellow": 0.17, "blue": 0.14, "white": 0.15}, "A picture in many colours"),
        ({"black": 0.4, "white": 0.2, "red": 0.32, "blue": 0.08}, "A mostly black and red picture"),
        ({"black": 0.24, "white": 0.24, "grey": 0.2, "red": 0.32}, "A picture with much red"),
        ({"grey": 0.4, "white": 0.2, "red": 0.2, "blue": 0.2}, "A picture in muted colours"),
    ],
)
def test_colours_are_named_by_the_area_that_they_cover(shares: dict[str, float], words: str) -> None:
    assert value("summary", "string", painted(**shares)) == f"{words}, the camera is still."


def test_a_blue_lower_third_does_not_colour_a_black_and_white_film() -> None:
    inserted = painted(0.07, grey=0.7, black=0.19, blue=0.11)
    assert value("summary", "string", inserted) == "A black-and-white picture, the camera is still."
    assert value("is_black_and_white", "boolean", inserted) is True
    assert value("dominant_colour", "string", inserted) == "grey"
    pale = painted(0.06, grey=0.8, black=0.19, blue=0.01)  # as much saturation, but all over the picture
    assert value("is_black_and_white", "boolean", pale) is False
    assert value("is_black_and_white", "boolean", painted(0.3, grey=0.6, blue=0.4)) is False


def test_summary_quotes_the_central_line() -> None:
    spoken = made.evidence(10, words=SAID)
    assert value("summary", "string", spoken) == 'Somebody says "Heat from the reactor turns a turbine".'


def test_speakers_are_named_where_a_name_is_shown_and_numbered_else() -> None:
    voices = (Voice(0, 10, 1, 0.9), Voice(10, 20, 2, 0.9), Voice(20, 30, 1, 0.9))
    talk = made.evidence(30, voices=voices, texts=(made.text(2, 6, "Clara Voss\nPresenter", "lower_third"),))
    said = [value("speaker", "string", talk, Span(start, start + 10)) for start in (0.0, 10.0, 20.0)]
    assert said == ["Clara Voss", "Speaker 2", "Clara Voss"]
    assert value("player_name", "string", talk, Span(10, 20)) is None  # who speaks need not be who is asked for


def test_a_score_that_changes_means_that_points_were_scored() -> None:
    boards = (made.text(0, 21, "OAK 0-0 ELM", "scoreboard", 0.05), made.text(21, 60, "OAK 1-0 ELM", "scoreboard", 0.05))
    match = made.evidence(60, texts=boards)
    assert value("is_score", "boolean", match, Span(12, 20)) is True
    assert value("is_score", "boolean", match, Span(40, 50)) is False
    assert value("is_score", "boolean", made.evidence(60, texts=()), Span(12, 20)) is None


def test_a_headline_at_the_bottom_is_a_title_where_there_is_no_other_and_a_name_is_none() -> None:
    strap = made.evidence(10, texts=(made.text(1, 8, "River clean again\nSwimming allowed", "lower_third"),))
    name = made.evidence(10, texts=(made.text(1, 8, "Clara Voss\nPresenter", "lower_third"),))
    assert value("title", "string", strap) == "River clean again"
    assert value("title", "string", name) is None
