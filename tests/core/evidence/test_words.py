"""What is said: the track is read once for all windows, and what is told where there are no words."""

from __future__ import annotations

from pathlib import Path

import pytest

from segments.core.evidence import words
from segments.core.evidence.collect import Collector, assemble
from segments.core.evidence.model import Evidence, Word
from segments.core.media.probe import probe
from segments.core.progress import silent
from segments.core.timeline import Span
from tests import clips
from tests.core.evidence.conftest import LIMITS


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.two_shots(tmp_path_factory.mktemp("said") / "film.mp4", sound=clips.noise(4.0))


def listened(path: Path, speech: words.Speech) -> Evidence:
    facts = probe(path, filename=path.name, limits=LIMITS)
    with Collector(path, facts, LIMITS, workers=1, speech=speech) as collector:
        payload = collector.collect(facts.whole, {"words"}, silent)["words"]
    return assemble(facts, facts.whole, {"words": [payload]})


def test_line_over_the_edge_of_two_windows_is_in_both_and_counts_once(film: Path, tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\nOver the edge\n")
    path = clips.subtitled(film, tmp_path / "film.mkv", tmp_path / "a.srt")
    facts = probe(path, filename=path.name, limits=LIMITS)
    with Collector(path, facts, LIMITS, workers=1) as collector:
        payloads = [collector.collect(Span(a, b), {"words"}, silent)["words"] for a, b in ((0.0, 2.0), (2.0, 4.0))]

    assert words.decide(payloads[1:], Span(2.0, 4.0)) == (Word(1.0, 3.0, "Over the edge", "subtitles"),)
    assert len(words.decide(payloads, facts.whole)) == 1


def test_without_subtitles_it_is_told_what_would_help(film: Path) -> None:
    evidence = listened(film, words.Speech(None, "Speech recognition is not set up."))

    assert (evidence.words, evidence.wordless) == ((), f"{words.NO_TRACK} Speech recognition is not set up.")


def test_model_that_cannot_be_loaded_costs_the_words_and_nothing_else(film: Path, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"no model")
    evidence = listened(film, words.Speech(tmp_path))

    assert (evidence.words, evidence.wordless) == ((), f"{words.NO_TRACK} {words.SPEECH_FAILED}")


def test_film_without_sound_is_not_listened_to(tmp_path: Path) -> None:
    evidence = listened(clips.two_shots(tmp_path / "mute.mp4"), words.Speech(tmp_path))

    assert (evidence.words, evidence.wordless) == ((), words.NO_TRACK)


def test_broken_recogniser_is_asked_again_by_the_next_run() -> None:
    assert words.is_lasting(words.payload([], words.NO_TRACK))
    assert not words.is_lasting(words.payload([], f"{words.NO_TRACK} {words.SPEECH_FAILED}"))
