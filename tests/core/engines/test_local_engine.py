"""The local engine as a whole: what it asks for, what it warns of, what it returns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segments.core.definition import SegmentDefinition, parse_definitions
from segments.core.engines.local.engine import LocalEngine
from segments.core.evidence.model import Evidence, Reference, Sighting
from segments.core.evidence.words import NO_TRACK
from segments.core.presets import preset
from segments.core.progress import silent
from segments.core.request import RunRequest, result_json
from segments.core.timeline import Segment
from tests.core.engines import made

ENGINE = LocalEngine()


def of_preset(name: str) -> RunRequest:
    return RunRequest(parse_definitions(preset(name).definitions, duration=None))


def resolve(definition: SegmentDefinition, evidence: Evidence, **options: object) -> list[Segment]:
    return list(ENGINE.segment(made.request(definition, **options), evidence, silent).segments)


def times(segments: list[Segment]) -> list[tuple[float, float]]:
    return [(segment.start, segment.end) for segment in segments]


def test_dear_evidence_is_asked_for_only_where_it_is_used() -> None:
    def needs(description: str, *fields: dict[str, object], **options: object) -> set[str]:
        return set(ENGINE.needs(made.request(made.definition(description, fields), **options)))

    assert needs("Shots") == {"pictures"}
    assert needs("Silence") == {"sound"}
    assert needs("Silence", max_duration=9.0) == {"sound", "pictures"}
    assert needs("Shots", made.field("shot_size", "string")) == {"pictures", "faces"}
    assert needs("Shots", made.field("headline", "string")) == {"pictures", "text", "words"}
    assert needs("Shots with at least two people") == {"pictures", "faces"}
    assert needs("Shots without text") == {"pictures", "text"}
    assert needs("Shots", made.field("mood", "string")) == {"pictures"}
    assert set(ENGINE.needs(of_preset("ocr"))) == {"text"}
    assert set(ENGINE.needs(of_preset("shot-detection"))) == {"pictures", "faces", "sound", "words"}


def test_fields_that_stay_empty_are_told_before_the_run() -> None:
    assert ENGINE.warnings(of_preset("shot-detection").definitions) == []
    assert ENGINE.warnings(of_preset("ocr").definitions) == []
    assert ENGINE.warnings(of_preset("sports-highlights").definitions) == [
        '"highlight.play_type" needs a vision-language model; it will be empty.',
    ]


def test_single_characters_are_not_taken_for_text() -> None:
    texts = (made.text(2, 4, "4"), made.text(8, 12, "Hello"))
    assert times(resolve(made.definition("Text on screen"), made.evidence(30, texts=texts))) == [(8, 12)]


def test_texture_that_reads_like_digits_is_not_taken_for_text() -> None:
    crowd = (made.text(2, 6, "000400"), replace(made.text(8, 12, "10"), confidence=0.7), made.text(14, 18, "2026"))
    assert times(resolve(made.definition("Text on screen"), made.evidence(30, texts=crowd))) == [(14, 18)]


def test_values_from_words_that_stay_empty_are_told_after_the_run() -> None:
    spec = made.request(made.definition("Shots", [made.field("gist", "string", "Gist of what is said")]))
    silence = ENGINE.segment(spec, made.evidence(4, transitions=(), words=(), wordless=NO_TRACK), silent)
    speech = ENGINE.segment(spec, made.evidence(4, transitions=(), words=made.lines((1, 2, "Hello."))), silent)
    assert [warning for warning in silence.warnings if "subtitles" in warning] == [
        '"found": "gist" can only come from what is said in words. '
        "This video has no subtitles in text: add an SRT or WebVTT file to it, then run again."
    ]
    assert [segment.fields["gist"] for segment in speech.segments] == ["Hello."]
    assert not [warning for warning in speech.warnings if "subtitles" in warning]


def with_images(*names: str) -> RunRequest:
    """A definition that mentions image a, and brings images of these names."""
    images = [{"name": name, "media_type": "image", "asset_id": "x"} for name in names]
    wire = {"id": "logo", "description": "Shots that show <@a>", "media_sources": images}
    return made.request(*parse_definitions([wire], duration=None))


def test_reference_image_that_is_not_mentioned_is_said_to_be_unused() -> None:
    warnings = ENGINE.warnings(with_images("a", "b").definitions)
    text = '"logo": reference image <@b>: the description does not mention it, so it is not looked for.'
    assert [line for line in warnings if "<@" in line] == [text]


def test_segments_are_where_the_reference_image_is_seen() -> None:
    seen = Reference((Sighting(1.5, 2.0, 5.5, 6.0, 20, 14, 0.93), Sighting(8.5, 9.0, 10.0, 10.0, 18, 9, 0.88)))
    evidence = made.evidence(10, transitions=(made.cut(1.96),), looks=made.looks(10))
    found = ENGINE.segment(with_images("a"), replace(evidence, references={("logo", "a"): seen}), silent)
    assert [(segment.start, segment.end) for segment in found.segments] == [(1.96, 5.75), (8.75, 10.0)]
    reason = found.segments[0].reasons["start"]
    assert (reason["image"], reason["matches"], reason["inliers"], reason["likeness"]) == ("a", 20, 14, 0.93)
    assert found.segments[0].reasons["understood"]["limits"] == ["shows <@a>"]
    assert 0 < found.segments[1].confidence <= found.segments[0].confidence < 1


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Reference(), "reference image <@a> is seen nowhere"),
        (Reference(problem="it is too plain"), "reference image <@a> was not looked for: it is too plain."),
        (Reference(caution="it shows a face"), "reference image <@a>: it shows a face."),
    ],
)
def test_what_could_not_be_found_names_the_image_and_why(seen: Reference, words: str) -> None:
    evidence = replace(made.evidence(10, transitions=()), references={("logo", "a"): seen})
    found = ENGINE.segment(with_images("a"), evidence, silent)
    assert found.segments == ()
    assert any(words in line for line in found.warnings)


def test_shot_detection_gives_every_shot_with_its_fields() -> None:
    evidence = made.evidence(
        20,
        transitions=(made.cut(10.04),),
        looks=made.looks(20, colours={0: "blue", 10: "green"}),
        faces=made.faces([1, 3, 5, 7, 9], 0.4) + made.faces([11, 13, 15]),
        sounds=made.sounds((0, 10, "speech"), (10, 20, "silence")),
        words=(),
    )
    request = of_preset("shot-detection")
    found = result_json(request, ENGINE.segment(request, evidence, silent).segments)
    assert found == {
        "shot": [
            {
                "start_time": 0.0,
                "end_time": 10.04,
                "metadata": {
                    "shot_size": "close_up",
                    "camera_motion": "static",
                    "summary": "A close-up of a face, the camera is still, somebody speaks.",
                },
            },
            {
                "start_time": 10.04,
                "end_time": 20.0,
                "metadata": {
                    "shot_size": None,
                    "camera_motion": "static",
                    "summary": "A mostly green picture, the camera is still, no sound.",
                },
            },
        ]
    }


def test_ocr_gives_the_text_and_its_kind() -> None:
    evidence = made.evidence(
        30, texts=(made.text(2, 6, "Ada Berg", "lower_third"), made.text(9, 12, "THE END", "title"))
    )
    request = of_preset("ocr")
    found = result_json(request, ENGINE.segment(request, evidence, silent).segments)
    assert found == {
        "on_screen_text": [
            {"start_time": 2.0, "end_time": 6.0, "metadata": {"text": "Ada Berg", "kind": "lower_third"}},
            {"start_time": 9.0, "end_time": 12.0, "metadata": {"text": "THE END", "kind": "title"}},
        ]
    }


def test_nothing_is_invented_without_evidence() -> None:
    fields = [made.field(name, "string") for name in ("text", "summary", "speaker", "camera_motion", "mood")]
    evidence = made.evidence(30, transitions=(made.cut(10),))
    for segment in resolve(made.definition("Shots", fields), evidence):
        assert set(segment.fields.values()) == {None}


def test_missing_values_say_why() -> None:
    fields = [made.field("text", "string"), made.field("mood", "string")]
    segment = resolve(made.definition("Shots", fields), made.evidence(30, transitions=(), texts=()))[0]
    assert segment.reasons["fields"] == {
        "text": {
            "because": "Not determined: the evidence inside this segment does not show it.",
            "confidence": 0.0,
            "filler": "text on screen",
        },
        "mood": {
            "because": "Nothing that is measured answers this; it needs a vision-language model.",
            "confidence": 0.0,
        },
    }


def test_how_a_description_was_understood_is_told() -> None:
    segment = resolve(made.definition("Shots longer than 2 seconds"), made.evidence(30, transitions=()))[0]
    assert segment.reasons["understood"] == {
        "as": "shots",
        "segmenter": "shot",
        "score": 2.625,
        "runner_up": None,
        "because": "Understood as: shots; longer than 2 seconds. The description names it.",
        "limits": ["longer than 2 seconds"],
        "only_with": [],
    }


def test_limits_in_the_description_choose_among_shots() -> None:
    evidence = made.evidence(
        60,
        transitions=tuple(made.cut(t) for t in (5, 20, 23, 51)),
        sounds=made.sounds((0, 21, "speech"), (21, 60, "music")),
        faces=made.faces(range(25, 51), 0.2, 0.2) + made.faces(range(51, 60)),
    )
    found = {
        "Shots longer than 10 seconds": [(5, 20), (23, 51)],
        "Shots longer than 10 seconds that last less than 20 seconds": [(5, 20)],
        "Shots without speech": [(23, 51), (51, 60)],
        "Shots with at least two people": [(23, 51)],
        "Shots in the first 21 seconds": [(0, 5), (5, 20), (20, 21)],
        "Shots in the last ten seconds": [(50, 51), (51, 60)],
    }
    assert {text: times(resolve(made.definition(text), evidence)) for text in found} == found


def test_a_qualifier_chooses_among_shots() -> None:
    evidence = made.evidence(
        30,
        transitions=(made.cut(10), made.cut(20)),
        words=made.lines(
            (12, 15, "Here the rocket stands on its pad."),
        ),
        texts=(),
        faces=made.faces([21, 23, 25, 27], 0.4),
        looks=made.looks(30),
        sounds=(),
    )
    assert times(resolve(made.definition("Shots of the rocket"), evidence)) == [(10, 20)]
    assert times(resolve(made.definition("Close-up shots"), evidence)) == [(20, 30)]
    assert times(resolve(made.definition("Shots of a zebra"), evidence)) == []


def test_the_window_and_durations_of_the_request_shape_the_result() -> None:
    evidence = made.evidence(60, transitions=(made.cut(10), made.cut(11), made.cut(40)), looks=made.looks(60))
    shots = made.definition("Shots")
    assert times(resolve(shots, evidence, start=5.0, end=30.0)) == [(5, 10), (10, 11), (11, 30)]
    assert times(resolve(shots, evidence, min_duration=4.0)) == [(0, 11), (11, 40), (40, 60)]
    assert times(resolve(shots, evidence, max_duration=16.0)) == [
        (0, 10),
        (10, 11),
        (11, 25.5),
        (25.5, 40),
        (40, 50),
        (50, 60),
    ]


def test_events_inside_a_segment_are_found_like_segments() -> None:
    events = made.field(
        "talk",
        "time_array",
        "Whenever somebody speaks",
        items={"type": "object", "fields": [made.field("length", "number"), made.field("mood", "string")]},
    )
    evidence = made.evidence(20, transitions=(made.cut(10),), sounds=made.sounds((2, 5, "speech"), (8, 12, "speech")))
    found = resolve(made.definition("Shots", [events]), evidence)
    assert [segment.fields["talk"] for segment in found] == [
        [
            {"start_time": 2.0, "end_time": 5.0, "length": 3.0, "mood": None},
            {"start_time": 8.0, "end_time": 10.0, "length": 2.0, "mood": None},
        ],
        [{"start_time": 10.0, "end_time": 12.0, "length": 2.0, "mood": None}],
    ]


def test_an_hour_of_dense_evidence_is_resolved_within_a_second_or_two() -> None:
    evidence = dense_hour()
    request = RunRequest(
        parse_definitions([*preset("shot-detection").definitions, *preset("ocr").definitions], duration=3600.0)
    )
    assert len(ENGINE.segment(request, evidence, silent).segments) > 1000


def dense_hour() -> Evidence:
    cuts = tuple(made.cut(float(t)) for t in range(4, 3600, 4))
    texts = tuple(made.text(t, t + 5, f"slide number {t} about topic {t % 7}") for t in range(0, 3600, 6))
    said = made.lines(*((t, t + 3, f"we talk about subject {t % 11} and {t % 5}") for t in range(0, 3600, 4)))
    return made.evidence(
        3600,
        transitions=cuts,
        looks=made.looks(3600),
        texts=texts,
        words=said,
        faces=made.faces([float(t) for t in range(3600)], 0.3),
        sounds=made.sounds(*((t, t + 5, "speech" if t % 10 else "music") for t in range(0, 3600, 5))),
        loudness=(np.full(36000, -23.0, np.float32), 0.1),
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0.1, 59.9), max_size=12, unique=True),
    st.floats(2.0, 10.0),
    st.floats(0.0, 10.0),
)
def test_any_cuts_with_any_durations_keep_the_limits(cuts: list[float], least: float, more: float) -> None:
    evidence = made.evidence(60, transitions=tuple(made.cut(t) for t in sorted(cuts)), looks=made.looks(60))
    found = resolve(made.definition("Shots"), evidence, min_duration=least, max_duration=least + more)
    for segment in found:
        assert least - 0.001 <= segment.end - segment.start <= least + more + 0.001
        assert 0.0 <= segment.start < segment.end <= 60.0


def test_fields_that_stayed_empty_everywhere_are_told_after_the_run() -> None:
    asked = made.definition("Shots", [made.field("headline", "string"), made.field("cuts", "integer")])
    evidence = made.evidence(30, transitions=(made.cut(10), made.cut(20)), texts=())
    result = ENGINE.segment(made.request(asked), evidence, silent)
    assert result.warnings == ('"found": nothing in the video shows "headline": empty in all 3 segments.',)
    titled = made.evidence(30, transitions=evidence.transitions, texts=(made.text(1, 8, "Bees", "title", 0.3),))
    assert ENGINE.segment(made.request(asked), titled, silent).warnings == ()
