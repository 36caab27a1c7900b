"""What probing says about good files, odd files and files that are no video."""

from __future__ import annotations

from pathlib import Path

import pytest

from segments.core.errors import MediaError, MediaNoVideo, MediaUnreadable
from segments.core.errors import MediaLimits as LimitsError
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.probe import probe
from tests import clips

LIMITS = MediaLimits()


def facts_of(path: Path, limits: MediaLimits = LIMITS) -> MediaFacts:
    return probe(path, filename=path.name, limits=limits)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.two_shots(tmp_path_factory.mktemp("clips") / "plain.mp4", sound=clips.tone(4.0))


def test_mp4_facts_are_complete(plain: Path) -> None:
    facts = facts_of(plain)

    assert (facts.width, facts.height, facts.resolution) == (320, 180, "320x180")
    assert facts.duration_seconds == pytest.approx(4.0, abs=0.001)
    assert facts.frame_rate == 25.0
    assert (facts.video_codec, facts.audio_codec, facts.format_name) == ("h264", "aac", "mp4")
    assert facts.file_size_bytes == plain.stat().st_size
    assert facts.bitrate_kbps == round(plain.stat().st_size * 8 / 4.0 / 1000)
    assert (facts.playback, facts.mime_type) == ("as_is", "video/mp4")
    assert (facts.start_time, facts.rotation, facts.variable_frame_rate, facts.notes) == (0.0, 0, False, ())


@pytest.mark.parametrize(
    ("name", "codec", "sound_codec", "expected"),
    [
        ("a.mkv", "libx264", "aac", ("matroska", "h264", "remux", "video/x-matroska")),
        ("a.mov", "libx264", "pcm_s16le", ("mov", "h264", "remux", "video/quicktime")),
        ("a.webm", "libvpx-vp9", "libopus", ("webm", "vp9", "as_is", "video/webm")),
        ("a.avi", "mpeg4", "mp2", ("avi", "mpeg4", "transcode", "video/x-msvideo")),
        ("a.mp4", "libx265", "aac", ("mp4", "hevc", "transcode", "video/mp4")),
        ("a.ts", "mpeg2video", "mp2", ("mpegts", "mpeg2video", "transcode", "video/mp2t")),
    ],
)
def test_containers_and_codecs_decide_playback(
    tmp_path: Path, name: str, codec: str, sound_codec: str, expected: tuple[str, str, str, str]
) -> None:
    sound = clips.tone(4.0) if sound_codec not in ("libopus",) else clips.silence(4.0)
    path = clips.two_shots(tmp_path / name, codec=codec, sound=sound, sound_codec=sound_codec)

    facts = facts_of(path)

    assert (facts.format_name, facts.video_codec, facts.playback, facts.mime_type) == expected
    assert facts.duration_seconds == pytest.approx(4.0, abs=0.05)


def test_extension_means_nothing(plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    path.write_bytes(plain.read_bytes())

    assert facts_of(path).format_name == "mp4"


@pytest.mark.parametrize(("degrees", "shape"), [(90, (180, 320)), (180, (320, 180)), (270, (180, 320))])
def test_rotation_is_applied_to_the_size(plain: Path, tmp_path: Path, degrees: int, shape: tuple[int, int]) -> None:
    facts = facts_of(clips.rotated(plain, tmp_path / "turned.mp4", degrees))

    assert (facts.rotation, facts.width, facts.height) == (degrees, *shape)


def test_irregular_pictures_are_seen_as_variable_rate(tmp_path: Path) -> None:
    pictures = [*clips.hold(clips.scene(1), 2.0)]
    path = clips.write(tmp_path / "vfr.mp4", pictures, stamps=lambda n: n * 3 + n % 3)

    assert facts_of(path).variable_frame_rate


def test_sound_only_has_no_video(tmp_path: Path) -> None:
    path = clips.write_sound_only(tmp_path / "song.mp4", clips.tone(2.0))

    with pytest.raises(MediaNoVideo):
        facts_of(path)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 100, "ZIP"),
        (b"hello, this is a letter\n" * 20, "text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG"),
        (bytes(range(256)) * 64, "damaged"),
        (b"#EXTM3U\n", "playlist"),
    ],
)
def test_what_is_no_video_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)

    with pytest.raises(MediaUnreadable) as caught:
        facts_of(path)

    assert word in caught.value.message


def test_file_cut_off_before_its_index_is_unreadable(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable):
        facts_of(clips.truncated(plain, tmp_path / "cut.mp4", 0.5))


def test_file_cut_off_behind_its_beginning_gets_its_real_length(tmp_path: Path) -> None:
    whole = clips.two_shots(tmp_path / "whole.mkv", options={"preset": "ultrafast", "crf": "5", "g": "10"})

    facts = facts_of(clips.truncated(whole, tmp_path / "cut.mkv", 0.6))

    assert 1.0 < facts.duration_seconds < 3.5
    assert facts.notes


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        (MediaLimits(max_side=200), "200"),
        (MediaLimits(min_side=400), "400"),
        (MediaLimits(max_duration=3.0), "0 h 00 min"),
        (MediaLimits(min_duration=10.0), "10 s"),
        (MediaLimits(max_bytes=1000), "MiB"),
        (MediaLimits(max_frame_rate=20.0), "20"),
        (MediaLimits(max_streams=1), "1"),
    ],
)
def test_limits_are_named_with_the_value(plain: Path, limits: MediaLimits, named: str) -> None:
    with pytest.raises(LimitsError) as caught:
        facts_of(plain, limits)

    assert named in caught.value.message


def test_absurd_size_is_refused(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        facts_of(clips.claiming_size(plain, tmp_path / "huge.mp4", 30000, 30000), MediaLimits(max_side=300))


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable):
        facts_of(tmp_path / "gone.mp4")
