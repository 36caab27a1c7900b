"""Modules on evidence made by hand: they tile the video, and scenes are made of whole shots."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.core.evidence.model import Evidence, Transition, Word
from segments.core.modules import registry
from segments.core.modules.base import ModuleSegment, Skipped
from segments.core.progress import silent
from tests.core.engines import made

COLOURS = ("red", "blue", "green", "grey")


def evidence(duration: float, cuts: list[float], colours: dict[float, str]) -> Evidence:
    facts = made.facts(duration)
    looks = made.looks(duration, colours=colours)
    return Evidence(facts, facts.whole, tuple(made.cut(time) for time in cuts), looks, faces=(), texts=(), sounds=())


def found(film: Evidence) -> dict[str, list[ModuleSegment]]:
    earlier: dict[str, list[ModuleSegment]] = {}
    for name in registry.available():
        with suppress(Skipped):
            earlier[name] = registry.load(name).find(film, earlier, silent)
    return earlier


def test_shots_tell_how_they_begin() -> None:
    shots = found(evidence(10, [4.0], {0: "red", 4: "blue"}))["shots"]
    assert [(shot.start, shot.end, shot.content) for shot in shots] == [(0, 4, "Shot 1"), (4, 10, "Shot 2")]
    first, second = (shot.metadata for shot in shots)
    assert (first["transition_in"], first["score"], first["start_frame"], first["end_frame"]) == ("start", 0.0, 0, 100)
    assert (second["transition_in"], second["score"], second["index"]) == ("cut", 0.9, 1)


def test_shots_say_in_words_what_came_before_them() -> None:
    film = evidence(10, [4.0, 7.0], {0: "red", 4: "blue", 7: "green"})
    wiped, faded = (
        replace(each, kind=kind) for each, kind in zip(film.transitions or (), ("wipe", "fade"), strict=True)
    )
    _, second, third = found(replace(film, transitions=(wiped, faded)))["shots"]
    assert (second.content, second.metadata["transition_in"]) == ("Shot 2, after a wipe", "dissolve")
    assert (third.content, third.metadata["transition_in"]) == ("Shot 3, after a fade", "fade")


#: Section 4 of the contract; what is only known where segments are read (their ids, addresses of pictures) is left out.
SHAPES = {
    "visualelements": "frame_time objects faces colors brightness contrast sharpness motion",
    "shots": "index transition_in score start_frame end_frame keyframe_time",
    "grouped_shots": "index shot_indexes shot_count similarity",
    "scenes": "scene_index shot_indexes group_indexes tags visible_text confidence keyframe_time",
    "transcription": "language speaker confidence source words",
    "video_reasoning": "kind scene_index topics evidence",
}


@pytest.mark.parametrize("name", SHAPES)
def test_metadata_has_the_shape_of_the_contract(name: str) -> None:
    film = evidence(9, [3.0], {0: "red", 3: "blue"})
    segments = found(replace(film, words=(Word(1.0, 2.0, "Hello.", "subtitles"),)))[name]
    assert segments
    assert all(sorted(each.metadata) == sorted(SHAPES[name].split()) for each in segments)


def test_scenes_gather_shots_that_look_alike() -> None:
    scenes = found(evidence(12, [3.0, 6.0, 9.0], {0: "red", 6: "blue", 9: "blue"}))["scenes"]
    assert [(scene.start, scene.end, scene.metadata["shot_indexes"]) for scene in scenes] == [
        (0, 6, [0, 1]),
        (6, 12, [2, 3]),
    ]
    assert all(scene.content for scene in scenes)
    assert [scene.metadata["scene_index"] for scene in scenes] == [0, 1]


def edges(segments: list[ModuleSegment]) -> list[float]:
    return [segments[0].start, *(segment.end for segment in segments)]


@st.composite
def films(draw: Any) -> Evidence:
    """Cuts and dissolves at any time, a colour, light and perhaps a title after each, and speech over some of them."""
    duration = 30 + draw(st.floats(0, 0.999))
    edges = [number + draw(st.floats(0, 0.7)) for number in sorted(draw(st.sets(st.integers(1, 29), max_size=8)))]
    transitions = tuple(Transition(edge, edge + draw(st.sampled_from((0.0, 0.25))), "cut", 0.9) for edge in edges)
    looks = made.looks(duration, colours={0.0: "red"} | {edge: draw(st.sampled_from(COLOURS)) for edge in edges})
    brightness = looks.brightness.copy()
    for edge in edges:
        brightness[looks.times >= edge] = draw(st.sampled_from((0.01, 0.45, 0.9)))
    texts = tuple(made.text(edge, edge + 2, f"PART {edge:.0f}", "title") for edge in edges if draw(st.booleans()))
    first, last = sorted((draw(st.floats(0, 30)), draw(st.floats(0, 30))))
    sounds = made.sounds((0.0, first, "silence"), (first, last, "speech"), (last, duration, "silence"))
    facts = made.facts(duration)
    looks = replace(looks, brightness=brightness)
    return Evidence(facts, facts.whole, transitions, looks, faces=(), texts=texts, sounds=sounds)


@given(films())
def test_shots_groups_and_scenes_tile_the_video_and_nest(film: Evidence) -> None:
    modules = found(film)
    for segments in (modules[name] for name in ("shots", "grouped_shots", "scenes")):
        assert (segments[0].start, segments[-1].end) == (0, film.facts.duration_seconds)
        assert all(a.end == b.start for a, b in pairwise(segments))
    assert set(edges(modules["scenes"])) <= set(edges(modules["grouped_shots"])) <= set(edges(modules["shots"]))
    for outer, parts in (("scenes", "shots"), ("scenes", "grouped_shots"), ("grouped_shots", "shots")):
        key = {"shots": "shot_indexes", "grouped_shots": "group_indexes"}[parts]
        covered = [index for segment in modules[outer] for index in segment.metadata[key]]
        assert covered == list(range(len(modules[parts])))


def test_groups_say_how_alike_their_shots_are() -> None:
    groups = found(evidence(9, [3.0, 6.0], {0: "red", 6: "blue"}))["grouped_shots"]
    assert [(group.content, group.metadata["similarity"]) for group in groups] == [
        ("Group 1: shots 1-2", 1.0),
        ("Group 2: shots 3-3", 1.0),
    ]


def test_transcription_is_what_subtitles_say() -> None:
    lines = (Word(1.0, 2.0, "Hello.", "subtitles", "ANNA"), Word(1.5, 3.0, "Hi!", "speech", "", 0.8))
    film = replace(evidence(9, [], {0: "red"}), words=lines)
    said = found(film)["transcription"]
    assert [(line.start, line.end, line.content) for line in said] == [(1.0, 2.0, "Hello."), (1.5, 3.0, "Hi!")]
    assert [line.metadata["speaker"] for line in said] == ["ANNA", None]
    assert [(line.metadata["source"], line.metadata["confidence"]) for line in said] == [
        ("embedded_subtitles", None),
        ("asr", 0.8),
    ]
    assert found(replace(film, words=()))["transcription"] == [], "a recogniser listened, and nobody spoke"


def test_transcription_tells_language_and_words_where_they_are_known() -> None:
    lines = (Word(1.0, 2.0, "Guten Tag", "speech", "", 0.8, "de", (("Guten", 1.0, 1.4), ("Tag", 1.5, 2.0))),)
    (line,) = found(replace(evidence(9, [], {0: "red"}), words=lines))["transcription"]
    assert line.metadata["language"] == "de"
    assert line.metadata["words"][1] == {"word": "Tag", "start": 1.5, "end": 2.0}


def test_transcription_is_skipped_where_there_is_nothing_to_go_by() -> None:
    film = replace(evidence(9, [], {0: "red"}), words=(), wordless="Add subtitles.")
    with pytest.raises(Skipped, match="Add subtitles"):
        registry.load("transcription").find(film, {}, silent)


def test_frames_of_shots_are_counted_where_the_rate_varies() -> None:
    times = np.asarray([0.0, 0.04, 0.08, 1.0, 2.0, 3.0, 3.04, 9.0])
    film = replace(evidence(10, [3.0], {0: "red", 3: "blue"}), frames=times)
    assert [(s.metadata["start_frame"], s.metadata["end_frame"]) for s in found(film)["shots"]] == [(0, 5), (5, 8)]


def test_tags_of_scenes_are_measured_and_said_once() -> None:
    (scene,) = found(evidence(9, [], {0: "red"}))["scenes"]
    assert scene.tags == ("red",)
    assert scene.metadata["tags"] == ["red"]


def test_every_module_is_named_and_comes_after_what_it_builds_on() -> None:
    names = list(registry.BUILT_IN)
    for name in names:
        module = registry.load(name)
        assert (module.name, bool(module.title), bool(module.description)) == (name, True, True)
        assert all(names.index(other) < names.index(name) for other in module.depends_on)
        assert module.needs() or module.group == "custom"


def test_dependencies_are_added() -> None:
    assert registry.with_dependencies(["scenes"]) == ["shots", "grouped_shots", "scenes"]
    assert registry.available() == [name for name in registry.BUILT_IN if name != "custom_segments"]
    assert "Start a task" in registry.load("custom_segments").problems()[0]
    with pytest.raises(KeyError):
        registry.load("nonsense")
