"""Which segmenter and which filler the user's words lead to."""

from __future__ import annotations

import pytest

from segments.core.definition import FieldSpec, ItemSpec, SegmentDefinition
from segments.core.engines.local.fillers import choose
from segments.core.engines.local.plan import plan
from segments.core.engines.local.qualifiers import qualifier
from segments.core.presets import PRESETS

SEGMENTERS = [
    ("Shots", "shot"),
    ("Each time the camera angle changes", "shot"),
    ("A single uninterrupted take", "shot"),
    ("Shots in which a person speaks to the camera", "shot"),
    ("Shots with text on screen", "shot"),
    ("A continuous stretch in one location", "scene"),
    ("Night scenes", "scene"),
    ("Slides of the presentation, one segment per slide", "slide"),
    ("Title cards of the silent film", "on_screen_text"),
    ("The moments when subtitles are visible", "on_screen_text"),
    ("Text stays on screen", "on_screen_text"),
    ("Scoreboard is visible", "on_screen_text"),
    ("Chapters of the lecture", "topic"),
    ("News stories with topics and people", "topic"),
    ("Who is speaking", "speaker_turn"),
    ("Turns of the interviewer and the guest", "speaker_turn"),
    ("Someone speaks", "speech"),
    ("Dialogue between people", "dialogue"),
    ("Background music is playing", "music"),
    ("Parts where nobody speaks and music plays", "music"),
    ("Silence longer than 2 seconds", "silence"),
    ("Parts without any sound", "silence"),
    ("Pauses in the talk", "silence"),
    ("Black frames between parts", "black"),
    ("Commercial breaks", "ad_break"),
    ("Intro and outro of the show", "editorial"),
    ("Exciting moments with loud cheering", "highlight"),
    ("The camera pans across the landscape", "camera_movement"),
    ("Nothing moves in the picture", "still"),
    ("Fast action with lots of movement", "motion"),
    ("The picture is dark", "dark"),
    ("A close-up of a face", "person"),
    ("People are visible in the frame", "person"),
    ("Parts without speech", "no_speech"),
    ("A dog runs on the beach", "query"),
    ("The presenter demonstrates the product", "query"),
    ("Goals and near misses", "highlight"),
    ("A person at the whiteboard", "query"),
    ("Applause", "query"),
    ("Shots without speech", "shot"),
    ("Nobody is talking", "no_speech"),
    ("Calm play in which little happens", "calm"),
    ("A name tag is shown", "on_screen_text"),
    ("A price is written on screen", "on_screen_text"),
    ("The goals of the company are explained", "query"),
    ("Everything about bees", "topic"),
    ("The camera tilts upwards", "camera_movement"),
    ("Background noise with neither speech nor music", "noise"),
    ("Wipes from one scene to the next", "transition"),
    ("Old footage in black and white", "monochrome"),
    ("The opening of the show", "editorial"),
]


@pytest.mark.parametrize(("description", "name"), SEGMENTERS)
def test_description_leads_to_segmenter(description: str, name: str) -> None:
    assert plan(SegmentDefinition("found", description)).choice.segmenter.name == name


def test_presets_lead_to_their_segmenters() -> None:
    definitions = [
        SegmentDefinition(str(p.definitions[0]["id"]), str(p.definitions[0]["description"])) for p in PRESETS
    ]
    assert [plan(definition).choice.segmenter.name for definition in definitions[:-1]] == [
        "shot",
        "topic",
        "highlight",
        "speaker_turn",
        "on_screen_text",
        "editorial",
        "person",
    ]


def test_the_id_helps_when_the_description_is_vague() -> None:
    assert plan(SegmentDefinition("music", "Wherever it plays")).choice.segmenter.name == "query"
    assert plan(SegmentDefinition("silence", "Quiet passages")).choice.segmenter.name == "silence"


@pytest.mark.parametrize(
    ("description", "stems"),
    [
        ("Shots", ()),
        ("One uninterrupted camera take between two cuts or transitions.", ()),
        ("Identify distinct visual scenes based on changes in location", ()),
        ("A continuous scene in one place, with the same people", ()),
        ("Night scenes", ("night",)),
        ("Close-up shots", ("close",)),
        ("Shots of the rocket on the launch pad", ("rocket", "launch", "pad")),
    ],
)
def test_qualifier_says_which_shots_are_meant(description: str, stems: tuple[str, ...]) -> None:
    assert qualifier(description, "scene" if "scene" in description.lower() else "shot") == stems


def test_subjects_and_slides_are_chosen_by_what_they_are_about() -> None:
    assert qualifier("Slides about the vaccine", "slide") == ("vaccin",)
    assert qualifier("The report on the orchard.", "topic") == ("orchard",)
    assert qualifier("A stretch in which one subject is discussed, until it changes", "topic") == ()
    assert qualifier("Music about love", "music") == ()


FILLERS = [
    ("number_of_people", "integer", "How many people are visible", "", "people_count"),
    ("has_music", "boolean", "Music is playing", "", "has_music"),
    ("has_text", "boolean", "Text visible", "", "has_text"),
    ("is_black_and_white", "boolean", "Black and white picture", "", "has_grey"),
    ("dominant_color", "string", "Dominant colour", "", "main_colour"),
    ("colors", "array", "Colours in the picture", "", "colours"),
    ("headline", "string", "Headline shown on screen", "", "title"),
    ("bullet_points", "array", "Bullet points on the slide", "", "text_lines"),
    ("text_on_screen", "string", "Text visible", "", "text"),
    ("transcript", "string", "What is said", "", "transcript"),
    ("topic", "string", "What it is about", "sports,weather", "listed"),
    ("lighting", "string", "Lighting", "dark,bright,normal", "light"),
    ("audio_type", "string", "Kind of audio", "speech,music", "sound_kind"),
    ("loudest_moment", "timestamp", "The loudest moment", "", "loudest"),
    ("highlight_at", "timestamp", "The most striking moment", "", "peak"),
    ("first_text", "timestamp", "When the text first appears", "", "text_appears"),
    ("score", "string", "Score shown", "", "score"),
    ("price", "number", "Price of the product", "", "price"),
    ("player_name", "string", "Name of the player", "", "name"),
    ("speaker", "string", "Name if shown or said, else Speaker 1, Speaker 2", "", "speaker"),
    ("description", "string", "Describe the scene in one sentence", "", "summary"),
    ("transition", "string", "How the shot begins", "cut,fade", "transition"),
    ("average_loudness", "number", "Loudness in LUFS", "", "loudness"),
    ("duration", "number", "Duration in seconds", "", "length"),
    ("cuts", "integer", "Number of cuts", "", "cut_count"),
    ("camera", "string", "Camera movement", "static,moving", "camera_motion"),
    ("framing", "string", "Shot size", "close-up,medium,wide", "shot_size"),
    ("mood", "string", "Overall mood", "", None),
    ("sentiment", "string", "Sentiment of the scene", "positive,negative", None),
    ("objects", "array", "Main visible objects", "", None),
    ("is_outdoor", "boolean", "True if outdoors", "", None),
    ("location", "string", "Where it takes place", "", None),
    ("brand", "string", "Brand shown", "", None),
    ("action", "string", "What happens", "", None),
    ("activity", "string", "What the person does", "", None),
    ("goal_time", "timestamp", "When the goal is scored", "", None),
    ("is_score", "boolean", "True if points are scored", "", "has_score_change"),
    ("confidence", "number", "How confident are you", "", None),
    ("language", "string", "Language spoken", "", None),
    ("car_count", "integer", "How many cars", "", None),
    ("camera", "string", "Camera movement", "orbit,dolly", None),
]


@pytest.mark.parametrize(("name", "kind", "description", "enum", "filler"), FILLERS)
def test_field_leads_to_filler(name: str, kind: str, description: str, enum: str, filler: str | None) -> None:
    items = ItemSpec("string") if kind == "array" else None
    spec = FieldSpec(name, kind, description, enum=tuple(enum.split(",")) if enum else (), items=items)
    chosen = choose(spec)
    assert (chosen.name if chosen else None) == filler


def test_lists_of_numbers_are_for_nobody() -> None:
    assert choose(FieldSpec("colours", "array", "Colours", items=ItemSpec("number"))) is None
