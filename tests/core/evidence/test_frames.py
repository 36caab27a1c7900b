"""Numbers of pictures: by the rate where it is steady, by counting where it varies."""

from __future__ import annotations

from pathlib import Path

import pytest

from segments.core.evidence import frames
from segments.core.evidence.collect import Collector, assemble
from segments.core.evidence.languages import bcp47
from segments.core.media.probe import probe
from segments.core.progress import silent
from segments.core.timeline import Span
from tests import clips
from tests.core.evidence.conftest import LIMITS


def test_pictures_of_a_varying_film_are_counted_over_all_windows(tmp_path: Path) -> None:
    def stamps(n: int) -> int:
        return n if n < 50 else 50 + 5 * (n - 50)  # two seconds at 25 a second, then 5

    path = clips.write(tmp_path / "a.mkv", clips.hold(clips.scene(1), 3.0), stamps=stamps)
    facts = probe(path, filename=path.name, limits=LIMITS)
    assert facts.variable_frame_rate
    with Collector(path, facts, LIMITS, workers=1) as collector:
        parts = (Span(0.0, 3.0), Span(3.0, facts.duration_seconds))
        payloads = [collector.collect(part, {"frames"}, silent)["frames"] for part in parts]
    evidence = assemble(facts, facts.whole, {"frames": payloads})
    assert [frames.number_at(evidence, moment) for moment in (0.0, 1.0, 2.0, 3.0, 99.0)] == [0, 25, 50, 55, 75]


def test_pictures_of_a_steady_film_are_reckoned(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "a.mp4")
    facts = probe(path, filename=path.name, limits=LIMITS)
    with Collector(path, facts, LIMITS, workers=1) as collector:
        payload = collector.collect(facts.whole, {"frames"}, silent)["frames"]
    evidence = assemble(facts, facts.whole, {"frames": [payload]})
    assert (evidence.frames, frames.number_at(evidence, 2.0), frames.number_at(evidence, 4.0)) == (None, 50, 100)


@pytest.mark.parametrize(
    ("code", "tag"),
    [("ger", "de"), ("deu", "de"), ("eng", "en"), ("en", "en"), ("pt-BR", "pt-BR"), ("haw", "haw"), ("GER", "de")]
    + [(nothing, "") for nothing in ("und", "", None, "no language!")],
)
def test_languages_get_their_shortest_code(code: str | None, tag: str) -> None:
    assert bcp47(code) == tag
