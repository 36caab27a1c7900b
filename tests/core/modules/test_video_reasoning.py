"""The summary repeats what was measured, and names what it rests on."""

from __future__ import annotations

from typing import Any

from segments.core.modules import registry
from segments.core.modules.base import ModuleSegment
from segments.core.progress import silent
from tests.core.engines import made


def reasoned(**parts: Any) -> list[ModuleSegment]:
    looks = made.looks(12, colours={0: "red", 6: "blue"})
    known = {"transitions": (made.cut(3.0), made.cut(6.0)), "looks": looks, "faces": (), "texts": (), "sounds": ()}
    film = made.evidence(12, **{**known, **parts})
    found: dict[str, list[ModuleSegment]] = {}
    for name in ("transcription", *registry.with_dependencies(["video_reasoning"])):
        found[name] = registry.load(name).find(film, found, silent)
    return found["video_reasoning"]


def test_summary_comes_first_then_each_scene() -> None:
    lines = made.lines((1, 2, "Welcome to the harbour."), (7, 8, "The harbour sleeps."))
    summary, first, second = reasoned(words=lines, texts=(made.text(7, 9, "LIGHTHOUSE"),))
    assert (summary.start, summary.end, summary.metadata["kind"]) == (0, 12, "summary")
    assert summary.content.startswith(
        "The film lasts 0:12 and has 2 scenes in 3 shots. Its pictures are mostly red and"
    )
    assert "On the screen it reads: “LIGHTHOUSE”." in summary.content
    assert "It is said: “Welcome to the harbour.”, “The harbour sleeps.”." in summary.content
    assert summary.rests_on == (("scenes", 0), ("scenes", 1))
    assert [(each.start, each.end, each.metadata["scene_index"]) for each in (first, second)] == [(0, 6, 0), (6, 12, 1)]
    assert first.content.startswith("Scene 1 runs from 0:00 to 0:06 in 2 shots.")
    assert "It begins there: a cut to pictures whose colours differ" in second.content
    assert first.rests_on == (("scenes", 0), ("shots", 0), ("shots", 1), ("transcription", 0))
    assert set(second.metadata["topics"]) <= set(summary.metadata["topics"])
    assert "lighthouse" in second.metadata["topics"]
    assert f"Key words: {', '.join(summary.metadata['topics'])}." in summary.content


def test_nothing_is_said_of_what_was_not_found() -> None:
    summary, *_ = reasoned(words=made.lines((1, 2, "So.")))
    assert "On the screen" not in summary.content
    assert "By its sound" not in summary.content
