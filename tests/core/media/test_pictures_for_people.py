"""Posters, tile sheets and browser copies."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from segments.core.errors import CuepointError
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.probe import probe
from segments.core.media.rendition import make_rendition
from segments.core.media.thumbnails import make_poster, make_sprite, sprite_of
from segments.core.progress import Cancelled, Progress, silent
from tests import clips

LIMITS = MediaLimits()


def facts_of(path: Path) -> MediaFacts:
    return probe(path, filename=path.name, limits=LIMITS)


def unfinished(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.endswith(".part")]


def test_poster_avoids_black(tmp_path: Path) -> None:
    dark, bright = clips.scene(1) * 0, clips.scene(2)
    path = clips.write(tmp_path / "a.mp4", [*clips.hold(dark, 2.0), *clips.hold(bright, 2.0)])
    out = tmp_path / "poster.jpg"

    make_poster(path, out, facts_of(path), LIMITS)

    assert cv2.imread(str(out)).std() > 30
    assert unfinished(tmp_path) == []


def test_poster_is_upright_and_small(tmp_path: Path) -> None:
    wide = clips.write(tmp_path / "wide.mp4", clips.hold(clips.scene(3, (960, 540)), 0.6))
    turned = clips.rotated(wide, tmp_path / "turned.mp4", 90)
    make_poster(wide, tmp_path / "wide.jpg", facts_of(wide), LIMITS)
    make_poster(turned, tmp_path / "turned.jpg", facts_of(turned), LIMITS)

    upright, lying = cv2.imread(str(tmp_path / "turned.jpg")), cv2.imread(str(tmp_path / "wide.jpg"))

    assert lying.shape[:2] == (360, 640)
    assert upright.shape[:2] == (960, 540)
    turned_back = cv2.resize(cv2.rotate(upright, cv2.ROTATE_90_COUNTERCLOCKWISE), (640, 360))
    assert np.abs(turned_back.astype(int) - lying).mean() < 12


def test_sprite_tiles_show_their_moment(tmp_path: Path) -> None:
    first, second = clips.scene(1), clips.scene(2)
    path = clips.two_shots(tmp_path / "a.mp4")

    sprite = make_sprite(path, tmp_path / "sprite.jpg", facts_of(path), LIMITS)

    sheet = cv2.imread(str(tmp_path / "sprite.jpg"))
    assert (sprite.count, sprite.interval, sprite.columns, sprite.rows) == (8, 0.5, 8, 1)
    assert sheet.shape == (90, 8 * 160, 3)
    for n in range(8):
        expected = cv2.resize(first if n < 4 else second, (160, 90), interpolation=cv2.INTER_AREA)
        assert np.abs(sheet[:, n * 160 : n * 160 + 160].astype(int) - expected).mean() < 15


@pytest.mark.parametrize(("duration", "count"), [(0.6, 2), (5.0, 10), (100.0, 200), (7200.0, 200)])
def test_sprite_never_has_more_than_200_tiles(duration: float, count: int) -> None:
    sprite = sprite_of(duration)

    assert sprite.count == count
    assert sprite.columns * sprite.rows >= count
    assert sprite.interval * count == pytest.approx(max(duration, count * 0.5), rel=0.2)


@pytest.mark.parametrize(
    ("name", "codec", "sound_codec", "sound"),
    [
        ("a.mkv", "libx264", "aac", "aac"),
        ("b.mkv", "libx264", "flac", "aac"),
        ("c.avi", "mpeg4", "mp2", "aac"),
        ("d.mkv", "libx265", None, None),
    ],
)
def test_rendition_plays_in_browsers(
    tmp_path: Path, name: str, codec: str, sound_codec: str | None, sound: str | None
) -> None:
    heard = clips.tone(4.0) if sound_codec else None
    path = clips.two_shots(tmp_path / name, codec=codec, sound=heard, sound_codec=sound_codec or "aac")
    facts, told = facts_of(path), list[Progress]()

    make_rendition(path, tmp_path / "out.mp4", facts, LIMITS, told.append)

    made = facts_of(tmp_path / "out.mp4")
    assert (made.playback, made.format_name, made.audio_codec) == ("as_is", "mp4", sound)
    assert made.duration_seconds == pytest.approx(facts.duration_seconds, abs=0.05)
    assert (made.width, made.height) == (320, 180)
    assert told[-1] == Progress("converting", facts.duration_seconds, facts.duration_seconds)
    content = (tmp_path / "out.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_rendition_is_turned_upright(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "a.mp4", codec="libx265")
    turned = clips.rotated(path, tmp_path / "turned.mp4", 90)

    make_rendition(turned, tmp_path / "out.mp4", facts_of(turned), LIMITS, silent)

    made = facts_of(tmp_path / "out.mp4")
    assert (made.width, made.height, made.rotation) == (180, 320, 0)


def test_cancelled_rendition_leaves_nothing(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "a.avi", codec="mpeg4")
    facts = facts_of(path)

    def cancel(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_rendition(path, tmp_path / "out.mp4", facts, LIMITS, cancel)

    assert not (tmp_path / "out.mp4").exists()
    assert unfinished(tmp_path) == []


def test_damaged_video_without_pictures_says_so(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "a.avi", codec="mpeg4")
    facts = facts_of(path)
    content = path.read_bytes()
    begin = content.index(b"movi") + 4
    path.write_bytes(content[:begin] + b"\0" * (len(content) - begin))

    with pytest.raises(CuepointError) as caught:
        make_rendition(path, tmp_path / "out.mp4", facts, LIMITS, silent)

    assert caught.value.code in ("media_decode_failed", "media_unreadable")
    assert not (tmp_path / "out.mp4").exists()
