"""The sample films that are committed, the truth beside them, and the command that makes both."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from segments.core.definition import parse_definitions
from segments.management.commands.render_samples import NAMES

FOLDER = Path(settings.BASE_DIR) / "static" / "samples"
FONT = Path("/usr/share/fonts/truetype/noto/NotoSansDisplay-Bold.ttf")
needs_pillow = pytest.mark.skipif(importlib.util.find_spec("PIL") is None, reason="needs the optional group samples")
needs_fonts = pytest.mark.skipif(not FONT.is_file(), reason="needs the Debian package fonts-noto-core")
needs_speech = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs the Debian package espeak-ng")
SPANS = ("transitions", "fades", "shots", "texts", "topics", "slides", "highlights")
PAIRS = ("speech", "music", "calm", "replays")


def facts(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text())


def spans(truth: dict[str, Any]) -> Iterator[tuple[float, float]]:
    for key in SPANS:
        yield from ((entry["start"], entry["end"]) for entry in truth.get(key, ()))
    for key in PAIRS:
        yield from ((start, end) for start, end in truth.get(key, ()))


def test_samples_together_are_at_most_twelve_megabytes() -> None:
    assert sum((FOLDER / f"{name}.mp4").stat().st_size for name in NAMES) <= 12_000_000


def test_folder_holds_one_film_and_one_json_per_sample() -> None:
    expected = {f"{name}.{ending}" for name in NAMES for ending in ("mp4", "json")}

    assert {path.name for path in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("name", NAMES)
def test_film_is_what_every_browser_plays(name: str) -> None:
    with av.open(str(FOLDER / f"{name}.mp4")) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]

        assert (video.codec_context.name, video.pix_fmt, audio.codec_context.name) == ("h264", "yuv420p", "aac")
        assert (video.width, video.height, video.average_rate) == (1280, 720, 25)
        assert 30 <= file.duration / av.time_base <= 120


@pytest.mark.parametrize("name", NAMES)
def test_film_has_its_index_in_front(name: str) -> None:
    content = (FOLDER / f"{name}.mp4").read_bytes()

    assert 0 < content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("name", NAMES)
def test_sound_lies_beside_the_pictures_of_its_moment(name: str) -> None:
    last = {"video": 0.0, "audio": 0.0}
    apart = 0.0
    with av.open(str(FOLDER / f"{name}.mp4")) as file:
        packets = [packet for packet in file.demux() if packet.dts is not None]
        for packet in sorted(packets, key=lambda packet: packet.pos):
            last[packet.stream.type] = float(packet.dts * packet.time_base)
            apart = max(apart, abs(last["video"] - last["audio"]))

    assert apart < 3


@pytest.mark.parametrize("name", NAMES)
def test_json_tells_name_title_line_and_video(name: str) -> None:
    found = facts(name)

    assert list(found) == ["name", "title", "line", "video", "definitions", "truth"]
    assert (found["name"], found["video"]) == (name, f"{name}.mp4")
    assert found["title"]
    assert found["line"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_definitions_are_valid(name: str) -> None:
    found = facts(name)

    assert parse_definitions(found["definitions"], duration=found["truth"]["duration"])


@pytest.mark.parametrize("name", NAMES)
def test_truth_lies_inside_the_film(name: str) -> None:
    truth = facts(name)["truth"]
    with av.open(str(FOLDER / f"{name}.mp4")) as file:
        duration = file.duration / av.time_base

    assert truth["duration"] == pytest.approx(duration, abs=0.1)
    assert all(0 <= start < end <= truth["duration"] for start, end in spans(truth))
    assert all(0 < cut < truth["duration"] for cut in truth["cuts"])


@pytest.mark.parametrize("name", NAMES)
def test_shots_cover_the_film_without_gaps(name: str) -> None:
    truth = facts(name)["truth"]
    edges = [shot["start"] for shot in truth["shots"]] + [truth["duration"]]

    assert edges[0] == 0
    assert [shot["end"] for shot in truth["shots"]] == edges[1:]


def test_planted_cuts_are_the_hard_changes_of_the_picture() -> None:
    truth = facts("product")["truth"]
    small: list[Any] = []
    with av.open(str(FOLDER / "product.mp4")) as file:
        file.streams.video[0].thread_type = "AUTO"
        for frame in file.decode(video=0):
            small.append(frame.reformat(width=64, height=36, format="gray").to_ndarray().astype(float))
    change = [float(np.abs(b - a).mean()) for a, b in pairwise(small)]

    found = [(index + 1) / 25 for index, value in enumerate(change) if value > 20]

    assert found == pytest.approx(truth["cuts"], abs=0.021)


EXCERPT = """
import hashlib, sys
from segments.management.samples.films import film
digest = hashlib.sha256()
for picture in film(sys.argv[1]).pictures(600, 625):
    digest.update(picture.tobytes())
print(digest.hexdigest())
"""


@needs_pillow
@needs_fonts
def test_one_second_drawn_twice_is_the_same() -> None:
    command = [sys.executable, "-c", EXCERPT, "match"]
    runs = [
        subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True) for _ in range(2)
    ]

    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout.strip()) == hashlib.sha256().digest_size * 2


@needs_pillow
@needs_fonts
def test_committed_film_shows_what_the_script_draws() -> None:
    from segments.management.samples.films import film

    with av.open(str(FOLDER / "match.mp4")) as file:
        frame = next(frame for frame in file.decode(video=0) if frame.time >= 2.0)
    drawn = film("match").picture(2.0).astype(float)

    assert np.abs(frame.to_ndarray(format="rgb24") - drawn).mean() < 6


@needs_pillow
def test_short_film_is_written_with_its_truth(tmp_path: Path) -> None:
    from segments.management.samples import encode, truth
    from segments.management.samples.film import Film, Scene, Text
    from segments.management.samples.sound import Track

    def flat(value: int) -> Any:
        return lambda t: np.full((720, 1280, 3), value, np.uint8)

    scenes = (
        Scene("dark", 0.0, flat(20), texts=(Text(0.1, 0.4, "words"),)),
        Scene("light", 0.4, flat(220)),
        Scene("grey", 0.8, flat(120), "dissolve", 0.2),
    )
    film = Film("short", "Short", "A line.", [], scenes, 1.2, lambda: Track(1.2))
    encode.encode(film, film.sound(), tmp_path / "short.mp4")
    truth.write(film, film.sound(), tmp_path / "short.json")

    with av.open(str(tmp_path / "short.mp4")) as file:
        assert len(list(file.decode(video=0))) == 30
    written = json.loads((tmp_path / "short.json").read_text())["truth"]
    assert written["cuts"] == [0.4]
    assert written["transitions"] == [{"kind": "dissolve", "start": 0.8, "end": 1.0}]
    assert [shot["start"] for shot in written["shots"]] == [0.0, 0.4, 0.9]
    assert written["texts"] == [{"start": 0.1, "end": 0.4, "text": "words"}]


def test_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"no sample opera\. Choose from news-opener, lecture, match, product"):
        call_command("render_samples", "opera")


@needs_pillow
@needs_fonts
def test_missing_speech_program_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match="Install the Debian package espeak-ng"):
        call_command("render_samples", "lecture", "--out", str(tmp_path))


@needs_pillow
def test_missing_typefaces_name_their_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from segments.management.samples import fonts

    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(CommandError, match="Install the Debian package fonts-noto-core"):
        call_command("render_samples", "lecture", "--out", str(tmp_path))


@needs_pillow
@needs_speech
def test_speech_that_does_not_fit_its_pictures_is_refused() -> None:
    from segments.management.samples.sound import Track
    from segments.management.samples.speech import ANCHOR, Line, speak

    with pytest.raises(ValueError, match="too long: Good evening and welcome"):
        speak(Track(3), (Line(0.0, 0.2, ANCHOR, "Good evening and welcome"),))
