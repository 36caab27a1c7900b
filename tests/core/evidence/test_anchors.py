"""Anchors stand for the pictures between them where no anchor needs those, and where little happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segments.core.evidence.arrays import unpack
from segments.core.evidence.inside.anchors import calm_bytes
from segments.core.evidence.inside.watching import indexed_keys
from segments.core.media.open import open_media, picture_track
from tests import clips
from tests.core.evidence.conftest import LIMITS, look

SIZE = (640, 360)
PYRAMID = {"preset": "veryfast", "bf": "3", "g": "250", "x264-params": "b-pyramid=normal:b-adapt=0:scenecut=0"}
#: No key picture at a cut. x264 lets anchors refer to one picture, or to several, B pictures among them.
ONE, SEVERAL = {**PYRAMID, "refs": "1"}, {**PYRAMID, "preset": "medium", "refs": "4"}


def moving() -> Iterator[clips.Picture]:
    """Three scenes take turns, two pictures each: what an anchor shows was seen last in the B picture six before."""
    scenes = [clips.scene(seed, SIZE) for seed in (1, 2, 3)]
    yield from (scenes[n // 2 % 3] for n in range(50))


def calm(path: Path) -> int:
    with open_media(path, LIMITS) as container:
        stream = picture_track(container)
        keys = indexed_keys(container, stream)
        return calm_bytes(container, stream, keys) if keys else 0


def test_anchors_that_refer_to_one_another_alone_are_enough(tmp_path: Path) -> None:
    assert calm(clips.write(tmp_path / "one.mp4", moving(), options=ONE)) > 0


def test_anchors_that_refer_to_other_pictures_are_not(tmp_path: Path) -> None:
    assert calm(clips.write(tmp_path / "several.mp4", moving(), options=SEVERAL)) == 0


def test_a_damaged_file_is_read_as_ever(tmp_path: Path) -> None:
    whole = clips.write(tmp_path / "one.mp4", moving(), options=ONE)
    damaged = bytearray(whole.read_bytes())
    start = damaged.index(b"mdat") + 2000
    damaged[start : start + 4000] = bytes(4000)
    whole.write_bytes(damaged)

    assert calm(whole) == 0


@pytest.mark.parametrize(
    ("name", "codec"), [("old.mp4", "mpeg4"), ("new.mp4", "libx265"), ("unindexed.mkv", "libx264")]
)
def test_other_codecs_and_files_without_an_index_are_read_as_ever(tmp_path: Path, name: str, codec: str) -> None:
    options = ONE if codec == "libx264" else None
    assert calm(clips.write(tmp_path / name, moving(), codec=codec, options=options)) == 0


def test_where_nothing_happens_anchors_are_decoded_alone_and_a_hidden_cut_is_still_exact(tmp_path: Path) -> None:
    pictures = [*clips.hold(clips.scene(1, SIZE), 3.0), *clips.hold(clips.scene(2, SIZE), 3.0)]
    looked = look(clips.write(tmp_path / "one.mp4", pictures, options=ONE), {"pictures"})
    decoded = len(unpack(looked.payloads["pictures"][0])[1]["times"])

    assert len(pictures) / 4 < decoded < len(pictures) / 3
    assert [(each.kind, each.start) for each in looked.evidence.transitions or ()] == [("cut", 3.0)]
