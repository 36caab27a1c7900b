"""Films that are not as films should be: each gives a result, and what cannot be known is not made up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from segments.core.errors import MediaLimits
from tests import clips
from tests.core.evidence.conftest import look

EVERYTHING = {"pictures", "faces", "text", "sound"}


def two_scenes(size: tuple[int, int]) -> Iterator[clips.Picture]:
    yield from clips.hold(clips.scene(1, size), 2.0)
    yield from clips.hold(clips.scene(2, size), 2.0)


def test_one_picture_that_stands_is_one_shot(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "one.mkv", [clips.scene(1)], sound=clips.tone(3.0))

    evidence = look(path, EVERYTHING).evidence

    assert evidence.transitions == ()
    assert [(s.start, s.end) for s in evidence.shots()] == [(0.0, evidence.facts.duration_seconds)]
    assert evidence.facts.duration_seconds == pytest.approx(3.0, abs=0.2)


def test_one_picture_alone_is_refused_in_words(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "one.mp4", [clips.scene(1)])

    with pytest.raises(MediaLimits, match="long; at least"):
        look(path, EVERYTHING)


def test_black_and_silent_film_is_one_shot_of_silence(tmp_path: Path) -> None:
    black = clips.scene(1) * 0
    path = clips.write(tmp_path / "black.mp4", clips.hold(black, 4.0), sound=clips.silence(4.0))

    evidence = look(path, EVERYTHING).evidence

    assert (evidence.transitions, evidence.texts) == ((), ())
    assert [s.kind for s in evidence.sounds or ()] == ["silence"]
    assert not any(face.boxes for face in evidence.faces or ())
    assert evidence.looks is not None
    assert float(evidence.looks.brightness.max()) < 0.02


def test_still_picture_with_sound_has_no_cuts(tmp_path: Path) -> None:
    sound = np.concatenate([clips.noise(2.0), clips.silence(2.0)])
    path = clips.write(tmp_path / "still.mp4", clips.hold(clips.scene(3), 4.0), sound=sound)

    evidence = look(path, {"pictures", "sound"}).evidence

    assert evidence.transitions == ()
    assert [s.kind for s in evidence.sounds or ()] == ["noise", "silence"]


@pytest.mark.parametrize("size", [(240, 180), (432, 180), (180, 320)], ids=["4:3", "2.4:1", "upright"])
def test_any_shape_is_cut_alike(tmp_path: Path, size: tuple[int, int]) -> None:
    path = clips.write(tmp_path / "a.mp4", two_scenes(size))

    assert [t.start for t in look(path, {"pictures"}).evidence.transitions or ()] == [2.0]


@pytest.mark.parametrize("degrees", [90, 270])
def test_rotated_film_is_cut_alike_and_read_upright(tmp_path: Path, degrees: int) -> None:
    size = (640, 360)
    shown = clips.written(clips.scene(5, size), ["Quarterly Report"], top=0.4, scale=1.6)
    stored = np.ascontiguousarray(np.rot90(shown, degrees // 90))
    path = clips.write(tmp_path / "flat.mp4", clips.hold(stored, 2.0))

    looked = look(clips.rotated(path, tmp_path / "turned.mp4", degrees), {"pictures", "text"})

    assert (looked.facts.width, looked.facts.height) == size
    assert "Quarterly Report" in " ".join(t.text for t in looked.evidence.texts or ())


def test_pixels_that_are_no_squares_are_shown_wide(tmp_path: Path) -> None:
    path = _encoded(tmp_path / "wide.mkv", list(two_scenes((240, 180))), aspect=Fraction(4, 3))

    looked = look(path, {"pictures"})

    assert (looked.facts.width, looked.facts.height) == (320, 180)
    assert [t.start for t in looked.evidence.transitions or ()] == [2.0]


def test_interlaced_film_has_only_its_cut(tmp_path: Path) -> None:
    # lines of both halves lie half a step apart in a panning picture: combs in every frame, and no cut in them
    wide = [clips.scene(seed, (640, 180)) for seed in (1, 2)]
    fields = [picture for scene in wide for picture in clips.pan(scene, 4.0)]  # fifty fields a second
    frames = []
    for upper, lower in zip(fields[0::2], fields[1::2], strict=True):
        frame = upper.copy()
        frame[1::2] = lower[1::2]
        frames.append(frame)
    options = {"preset": "ultrafast", "crf": "20", "x264-params": "tff=1:bff=0", "flags": "+ildct+ilme"}
    path = _encoded(tmp_path / "a.mkv", frames, options=options)

    assert [t.start for t in look(path, {"pictures"}).evidence.transitions or ()] == [2.0]


def test_thousand_pictures_a_second_are_cut_to_the_millisecond(tmp_path: Path) -> None:
    pictures = [clips.scene(1, (160, 90))] * 500 + [clips.scene(2, (160, 90))] * 500
    path = _encoded(tmp_path / "fast.mp4", pictures, rate=1000)

    looked = look(path, {"pictures"})

    assert looked.facts.frame_rate == pytest.approx(1000, rel=0.01)
    assert [t.start for t in looked.evidence.transitions or ()] == [pytest.approx(0.5, abs=0.0015)]


def test_high_dynamic_range_is_cut_alike(tmp_path: Path) -> None:
    path = _encoded(
        tmp_path / "hdr.mp4", list(two_scenes((320, 180))), codec="libx265", pixel_format="yuv420p10le", transfer=16
    )

    evidence = look(path, {"pictures"}).evidence

    assert [t.start for t in evidence.transitions or ()] == [2.0]


def _encoded(
    path: Path,
    pictures: list[clips.Picture],
    *,
    codec: str = "libx264",
    rate: int = clips.RATE,
    aspect: Fraction | None = None,
    pixel_format: str = "yuv420p",
    transfer: int | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """With what `clips.write` does not offer: rate, shape of pixels, curve of brightness (16: PQ), interlacing."""
    x265 = {"preset": "ultrafast", "x265-params": "log-level=0"}
    quick = x265 if codec == "libx265" else {"preset": "ultrafast", "crf": "20", "bf": "2", "g": "50"}
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, options=options or quick)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixel_format
        if aspect is not None:
            stream.sample_aspect_ratio = aspect
        if transfer is not None:
            stream.codec_context.color_trc = transfer
        for n, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="bgr24")
            frame.pts, frame.time_base = n, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
