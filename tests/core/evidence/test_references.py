"""Reference images planted at known times are found there, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from segments.core.evidence.model import Reference
from segments.core.evidence.references import Looker
from segments.core.media.facts import MediaFacts
from segments.core.media.probe import probe
from segments.core.progress import silent
from segments.core.timeline import Span
from tests import clips
from tests.core.evidence.conftest import LIMITS

SIZE = (640, 360)
#: When the logo is on the screen, and how large: on a still and on a moving scene.
SHOWN = ((2.0, 6.0, 90), (9.0, 12.0, 150))


def pictures() -> Iterator[clips.Picture]:
    for start, still in ((0.0, True), (7.0, False)):
        base = clips.scene(71 if still else 72, SIZE)
        for n, moving in enumerate(clips.hold(base, 7.0) if still else clips.pan(base, 7.0)):
            now = start + n / clips.RATE
            side = next((side for first, last, side in SHOWN if first <= now < last), 0)
            yield clips.pasted(moving, clips.sign(5), side) if side else moving


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MediaFacts]:
    path = clips.write(tmp_path_factory.mktemp("films") / "logo.mp4", pictures())
    return path, probe(path, filename=path.name, limits=LIMITS)


def looked(film: tuple[Path, MediaFacts], **images: bytes) -> dict[str, Reference]:
    with Looker(*film, LIMITS) as looker:
        found = looker.find({("d", name): image for name, image in images.items()}, film[1].whole, silent)
    return {name: found["d", name] for name in images}


def iou(a: Span, b: Span) -> float:
    shared = max(0.0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (a.length + b.length - shared)


def test_logo_is_found_where_it_stands_and_no_other(film: tuple[Path, MediaFacts]) -> None:
    frame = clips.encoded(clips.scene(71, SIZE), ".jpg")
    sign = clips.encoded(clips.sign(5))
    found = looked(film, logo=sign, other=clips.encoded(clips.sign(6)), frame=frame)
    spans = [Span((s.before + s.start) / 2, (s.end + s.after) / 2) for s in found["logo"].sightings]
    assert len(spans) == len(SHOWN)
    for span, (start, end, _side) in zip(spans, SHOWN, strict=True):
        assert iou(span, Span(start, end)) >= 0.8
    assert all(s.inliers >= 6 and s.likeness > 0.8 for s in found["logo"].sightings)
    assert found["other"] == Reference()
    assert looked(film, logo=sign)["logo"] == found["logo"]  # the same each time
    (scene,) = found["frame"].sightings
    assert iou(Span(scene.start, scene.after), Span(0, 7)) > 0.9


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (b"no image", "could not be read"),
        (clips.encoded(np.zeros((16, 200, 3), np.uint8)), "too small (200x16)"),
        (clips.encoded(np.full((200, 200, 3), 90, np.uint8)), "too plain"),
    ],
    ids=["text", "small", "plain"],
)
def test_image_that_cannot_be_looked_for_says_why(film: tuple[Path, MediaFacts], image: bytes, words: str) -> None:
    assert words in looked(film, image=image)["image"].problem
