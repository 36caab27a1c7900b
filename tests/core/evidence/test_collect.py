"""Looking at whole clips: what is found, that it is the same each time, and how damage and cancelling end."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from segments.core.errors import MediaDecodeFailed
from segments.core.evidence import seen
from segments.core.evidence.collect import MODULES, SEEN, Collector, assemble, plan_windows
from segments.core.evidence.gathering import chunks_of
from segments.core.evidence.model import Word
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.probe import probe
from segments.core.progress import Cancelled, Progress, silent
from segments.core.timeline import Span
from tests import clips
from tests.core.evidence.conftest import LIMITS, Looked, look


def test_every_transition_is_found_where_it_is(film: Looked) -> None:
    assert film.evidence.transitions is not None
    found = [(t.kind, round(t.start, 1), round(t.end, 1)) for t in film.evidence.transitions]

    assert [kind for kind, _, _ in found] == ["cut", "dissolve", "fade", "wipe"]
    assert film.evidence.transitions[0].start == 2.0
    for (_, start, end), (first, last) in zip(found[1:], [(4.0, 5.0), (6.5, 7.5), (9.0, 9.6)], strict=True):
        assert abs(start - first) < 0.35
        assert abs(end - last) < 0.35


def test_shots_tile_the_film(film: Looked) -> None:
    shots = film.evidence.shots()

    assert len(shots) == 5
    assert (shots[0].start, shots[-1].end) == (0.0, film.facts.duration_seconds)
    assert all(a.end == b.start for a, b in pairwise(shots))


def test_sound_is_told_apart(film: Looked) -> None:
    assert film.evidence.sounds is not None
    spans = [(s.kind, round(s.start), round(s.end)) for s in film.evidence.sounds]

    assert spans == [("silence", 0, 3), ("other", 3, 7), ("noise", 7, 12)]
    tone = film.evidence.sounds[1]
    assert tone.loudness == pytest.approx(-13.7, abs=1.0)  # a sine at 0.3 of full scale


def test_writing_is_read_with_its_times(film: Looked) -> None:
    assert film.evidence.texts is not None
    title = next(t for t in film.evidence.texts if "Quarterly" in t.text)
    lines = next(t for t in film.evidence.texts if "helmet" in t.text)

    assert title.text == "Quarterly Report"
    assert (title.start, title.end) == (pytest.approx(1.0, abs=0.45), pytest.approx(2.0, abs=0.1))
    assert lines.text.split("\n") == ["Wear a helmet", "Follow the exit", "Report incidents"]
    assert lines.start == pytest.approx(4.7, abs=0.6)
    assert lines.end == pytest.approx(6.7, abs=0.6)


def test_scenes_without_people_have_no_faces(film: Looked) -> None:
    assert film.evidence.faces is not None
    assert all(face.boxes == () for face in film.evidence.faces)


def test_progress_reaches_its_end_in_every_stage(film: Looked) -> None:
    last = {each.stage: each for each in film.told}

    assert set(last) == {"pictures", "sound", "faces", "text"}
    assert all(each.done == pytest.approx(each.total) for each in last.values())
    assert 2.0 in [cut for each in film.told for cut in each.cuts]


def test_payloads_are_the_same_whoever_made_them(film: Looked) -> None:
    again = look(film.path, set(film.payloads), workers=1)

    assert again.payloads == film.payloads


def test_modules_that_were_not_asked_for_are_none(film: Looked) -> None:
    evidence = assemble(film.facts, film.facts.whole, {"sound": film.payloads["sound"]})

    assert evidence.sounds is not None
    assert (evidence.transitions, evidence.looks, evidence.faces, evidence.texts) == (None, None, None, None)


def test_decisions_come_back_from_their_bytes_as_they_were(film: Looked) -> None:
    decided = seen.decide(film.payloads["pictures"], film.facts, film.facts.whole)
    kept = decided.packed()
    others = {name: payloads for name, payloads in film.payloads.items() if name != "pictures"}

    evidence = assemble(film.facts, film.facts.whole, {**others, SEEN: [kept]})

    assert (evidence.transitions, evidence.texts) == (film.evidence.transitions, film.evidence.texts)
    assert seen.Seen.unpacked(kept).packed() == kept == decided.packed()


def test_window_limits_what_is_told(film: Looked) -> None:
    evidence = assemble(film.facts, Span(3.0, 8.0), film.payloads)

    assert [t.kind for t in evidence.transitions or ()] == ["dissolve", "fade"]
    assert evidence.looks is not None
    assert evidence.looks.times.min() >= 3.0
    assert evidence.looks.times.max() < 8.0
    assert [(s.start, s.end) for s in evidence.sounds or ()] == [(3.0, 7.0), (7.0, 8.0)]


@pytest.mark.parametrize(
    ("name", "codec"), [("a.webm", "libvpx-vp9"), ("a.mkv", "libx265"), ("a.avi", "mpeg4"), ("a.mp4", "libx264")]
)
def test_cut_is_exact_in_every_codec(tmp_path: Path, name: str, codec: str) -> None:
    path = clips.two_shots(tmp_path / name, codec=codec)

    transitions = look(path, {"pictures"}).evidence.transitions or ()

    assert [round(t.start, 3) for t in transitions] == [2.0]


@pytest.mark.parametrize("pixel_format", ["yuv420p10le", "yuv444p", "yuvj420p"])
def test_cut_is_found_in_other_pixel_formats(tmp_path: Path, pixel_format: str) -> None:
    path = clips.two_shots(tmp_path / "a.mkv", pixel_format=pixel_format)

    looked = look(path, {"pictures"})

    assert [round(t.start, 3) for t in looked.evidence.transitions or ()] == [2.0]
    assert looked.evidence.looks is not None
    assert 0.2 < float(looked.evidence.looks.brightness[0]) < 0.9


def test_times_are_shown_times_not_counted_ones(tmp_path: Path) -> None:
    # the first half at 25 pictures a second, the second at 12.5
    path = clips.two_shots(tmp_path / "vfr.mp4", stamps=lambda n: n if n < 75 else 75 + (n - 75) * 2)

    looked = look(path, {"pictures"})

    assert [round(t.start, 3) for t in looked.evidence.transitions or ()] == [2.0]
    assert looked.evidence.looks is not None
    assert looked.evidence.looks.times.max() > 4.5


def test_clock_starts_at_the_first_picture(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "late.mkv", stamps=lambda n: n + 250)

    looked = look(path, {"pictures"})

    assert looked.facts.start_time == pytest.approx(10.0)
    assert [round(t.start, 2) for t in looked.evidence.transitions or ()] == [2.0]


def test_no_sound_is_an_empty_answer(tmp_path: Path) -> None:
    looked = look(clips.two_shots(tmp_path / "a.mp4"), {"sound"})

    assert looked.evidence.sounds == ()
    assert looked.evidence.loudness is None


def test_several_sound_tracks_use_the_first(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "a.mkv", sound=clips.tone(4.0), sound_tracks=2)

    assert [s.kind for s in look(path, {"sound"}).evidence.sounds or ()] == ["other"]


def test_damaged_middle_is_told(tmp_path: Path) -> None:
    pictures = [picture for seed in range(10) for picture in clips.hold(clips.scene(seed), 3.0)]
    path = clips.write(tmp_path / "a.mkv", pictures, options={"preset": "ultrafast", "crf": "10", "g": "12", "bf": "0"})
    content = bytearray(path.read_bytes())
    first, last = int(len(content) * 0.40), int(len(content) * 0.47)
    content[first:last] = bytes(last - first)
    path.write_bytes(content)

    evidence = look(path, {"pictures"}).evidence

    assert len(evidence.unreadable) == 1
    assert 0.5 < evidence.unreadable[0].length < 3.0


def test_mostly_damaged_video_fails(tmp_path: Path) -> None:
    looked = look(clips.two_shots(tmp_path / "a.mp4"), {"pictures"})
    facts = MediaFacts(**{**_fields(looked.facts), "duration_seconds": 60.0})

    with pytest.raises(MediaDecodeFailed) as caught:
        assemble(facts, facts.whole, looked.payloads)

    assert "7%" in caught.value.message


def test_cancelling_ends_the_children(tmp_path: Path) -> None:
    path = clips.two_shots(tmp_path / "a.mp4")
    facts = probe(path, filename=path.name, limits=LIMITS)

    def cancel(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), Collector(path, facts, LIMITS) as collector:
        collector.collect(facts.whole, {"pictures", "sound"}, cancel)


def test_two_windows_see_the_same_as_one(film: Looked) -> None:
    windows = plan_windows(film.facts, film.facts.whole, length=3.0)
    with Collector(film.path, film.facts, MediaLimits()) as collector:
        payloads = [collector.collect(window, {"pictures", "sound"}, silent) for window in windows]
    parts = {name: [each[name] for each in payloads] for name in ("pictures", "sound")}

    evidence = assemble(film.facts, film.facts.whole, parts)

    assert len(windows) == 4
    assert evidence.transitions == film.evidence.transitions
    assert [(s.kind, s.start) for s in evidence.sounds or ()] == [(s.kind, s.start) for s in film.evidence.sounds or ()]


def test_command_prints_one_line_of_json(film: Looked) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "segments.core.evidence.shots", str(film.path)], capture_output=True, text=True
    )

    lines = done.stdout.splitlines()
    assert len(lines) == 1
    assert [row["kind"] for row in json.loads(lines[0])["transitions"]] == ["cut", "dissolve", "fade", "wipe"]


def test_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"no film at all" * 100)

    done = subprocess.run(
        [sys.executable, "-m", "segments.core.evidence.shots", str(tmp_path / "a.mp4")], capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1


def test_chunks_begin_at_key_pictures_and_are_short_at_the_end() -> None:
    keys = [float(second) for second in range(4, 120, 4)]

    chunks = chunks_of(Span(0, 120), keys)

    assert [chunk.start for chunk in chunks] == [0.0, 24.0, 48.0, 72.0, 84.0, 96.0, 108.0]
    assert chunks[-1].end == 120.0
    assert all(a.end == b.start for a, b in pairwise(chunks))


def test_chunks_without_key_pictures_are_one() -> None:
    assert chunks_of(Span(300, 600), [250.0, 700.0]) == [Span(300, 600)]


@pytest.mark.parametrize(
    ("duration", "window", "expected"),
    [
        (650.0, Span(0, 650), [(0, 300), (300, 600), (600, 650)]),
        (650.0, Span(310, 320), [(300, 600)]),
        (650.0, Span(299, 301), [(0, 300), (300, 600)]),
        (12.5, Span(0, 12.5), [(0, 12.5)]),
        (600.0, Span(0, 600), [(0, 300), (300, 600)]),
    ],
)
def test_windows_lie_on_a_fixed_grid(duration: float, window: Span, expected: list[tuple[float, float]]) -> None:
    facts = MediaFacts(duration, "1x1", 1, 1, 25.0, "h264", None, 1, 1, "mp4")

    assert [(cell.start, cell.end) for cell in plan_windows(facts, window)] == expected


SUBTITLES = """1
00:00:01,000 --> 00:00:02,500
ANNA: <i>Good</i> evening,
everybody.

2
00:00:03,000 --> 00:00:03,900
Bye.
"""


def test_subtitle_track_becomes_words(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SUBTITLES)
    path = clips.subtitled(clips.two_shots(tmp_path / "a.mp4"), tmp_path / "a.mkv", tmp_path / "a.srt")

    words = look(path, {"words"}).evidence.words

    assert words == (
        Word(1.0, 2.5, "ANNA: Good evening, everybody.", "subtitles"),
        Word(3.0, 3.9, "Bye.", "subtitles"),
    )


def test_video_without_subtitles_has_no_words(tmp_path: Path) -> None:
    looked = look(clips.two_shots(tmp_path / "a.mp4"), {"words"})

    assert looked.evidence.words == ()


def test_every_module_has_a_version() -> None:
    assert set(MODULES) == {"pictures", "faces", "text", "sound", "words", "frames"}
    assert all(version >= 1 for version in MODULES.values())


def _fields(facts: MediaFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}
