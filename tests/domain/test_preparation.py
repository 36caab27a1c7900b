"""An upload becomes a video: real files, real decoding child, real pictures; then a real run over it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from segments.core.presets import preset
from segments.domain import pipeline, queries, storage, subtitles
from segments.models import Evidence, Job, Video
from segments.models.job import JobKind, JobStatus
from segments.models.video import VideoUploadStatus
from tests import clips, factories
from tests.conftest import Doorbells

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return clips.two_shots(tmp_path_factory.mktemp("film") / "film.mp4", sound=clips.tone(4)).read_bytes()


@pytest.fixture(scope="module")
def old_film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """MPEG-4 part 2 in AVI: browsers cannot play it."""
    return clips.two_shots(tmp_path_factory.mktemp("film") / "film.avi", codec="mpeg4").read_bytes()


def prepared(owner: User, content: bytes, name: str) -> Video:
    video = factories.uploaded(owner, content=content, name=name)
    pipeline.run_job(factories.preparation(video).uid)
    video.refresh_from_db()
    return video


def test_check_finds_facts_digest_and_pictures(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.COMPLETED, "")
    assert video.sha256 == hashlib.sha256(film).hexdigest()
    metadata = queries.video_view(video).metadata
    assert (metadata["width"], metadata["height"], metadata["resolution"]) == (320, 180, "320x180")
    assert (metadata["video_codec"], metadata["audio_codec"]) == ("h264", "aac")
    assert (metadata["duration_seconds"], metadata["frame_rate"]) == (4.0, 25.0)
    assert metadata["file_size_bytes"] == len(film)
    assert (storage.folder(video) / storage.POSTER).read_bytes()[:2] == b"\xff\xd8"
    assert (storage.folder(video) / storage.SPRITE).read_bytes()[:2] == b"\xff\xd8"
    assert video.sprite is not None
    assert video.sprite["count"] > 1


def test_file_gets_its_final_name(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    assert storage.source(video).read_bytes() == film
    assert not (storage.folder(video) / storage.PARTIAL).exists()


def test_check_that_was_cut_off_after_the_rename_goes_through(anna: User, film: bytes) -> None:
    video = factories.uploaded(anna, content=film)
    (storage.folder(video) / storage.PARTIAL).rename(storage.source(video))
    pipeline.run_job(factories.preparation(video).uid)
    video.refresh_from_db()
    assert video.is_ready


def test_film_for_browsers_needs_no_copy(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    assert not video.jobs.filter(kind=JobKind.RENDITION).exists()
    assert queries.video_view(video).playback_url == f"/videos/{video.uid}/source"


def test_old_film_gets_a_copy_that_browsers_play(anna: User, old_film: bytes) -> None:
    video = prepared(anna, old_film, "film.avi")
    assert video.is_ready
    assert queries.video_view(video).playback_url is None
    pipeline.run_job(video.jobs.get(kind=JobKind.RENDITION).uid)
    video.refresh_from_db()
    assert queries.video_view(video).playback_url == f"/videos/{video.uid}/playable"
    assert b"ftyp" in (storage.folder(video) / storage.RENDITION).read_bytes()[:32]


def test_sound_without_picture_fails_with_its_code(anna: User, tmp_path: Path) -> None:
    sound = clips.write_sound_only(tmp_path / "sound.mp4", clips.tone(3)).read_bytes()
    video = prepared(anna, sound, "sound.mp4")
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "media_no_video")


def test_checked_video_wakes_the_run_that_waited(anna: User, film: bytes, doorbells: Doorbells) -> None:
    video = factories.uploaded(anna, content=film)
    waiting = factories.job(video)
    doorbells.heard()
    pipeline.run_job(factories.preparation(video).uid)
    assert doorbells.heard() == [("media", str(waiting.uid))]


def shots(video: Video, **settings: object) -> Job:
    job = factories.job(video, *preset("shot-detection").definitions, **settings)
    pipeline.run_job(job.uid)
    job.refresh_from_db()
    assert (job.status, job.error_message) == (JobStatus.COMPLETED, "")
    return job


def edges(job: Job) -> list[tuple[float, float]]:
    return [(round(row.start_time, 2), round(row.end_time, 2)) for row in job.segments.order_by("ordinal")]


def test_run_finds_the_cut_and_keeps_its_evidence(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    assert edges(shots(video)) == [(0.0, 2.0), (2.0, 4.0)]
    kept = set(Evidence.objects.values_list("module", "file_name"))
    assert "pictures" in {module for module, _name in kept}
    assert {name for _module, name in kept} == {path.name for path in storage.evidence_folder(video).iterdir()}


def test_second_run_reads_evidence_instead_of_the_video(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    first = shots(video)
    storage.source(video).write_bytes(b"no film any more")
    assert edges(shots(video)) == edges(first)


def test_evidence_removed_by_hand_is_collected_again(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    first = shots(video)
    for path in storage.evidence_folder(video).iterdir():
        path.unlink()
    assert edges(shots(video)) == edges(first)


def test_added_subtitles_are_read_anew_by_each_run(anna: User, film: bytes) -> None:
    video = prepared(anna, film, "film.mp4")
    spec = {
        "id": "talk",
        "description": "Shots",
        "fields": [{"name": "transcript", "type": "string", "description": "What is said, verbatim"}],
    }

    def transcripts() -> list[object]:
        video.refresh_from_db()
        job = factories.job(video, spec)
        pipeline.run_job(job.uid)
        return [row.metadata["transcript"] for row in job.segments.order_by("start_time")]

    assert set(transcripts()) == {None}
    subtitles.add(video, name="a.srt", content=b"00:00:00,500 --> 00:00:01,000\nHello.\n")
    assert transcripts()[0] == "Hello."
    subtitles.add(video, name="b.srt", content=b"00:00:00,500 --> 00:00:01,000\nBye.\n")
    assert transcripts()[0] == "Bye."
    subtitles.remove(video)
    assert set(transcripts()) == {None}


def test_progress_of_a_short_window_stays_inside_it(anna: User, film: bytes) -> None:
    job = shots(prepared(anna, film, "film.mp4"), start_time=1, end_time=3)
    for line in job.events.filter(kind="progress"):
        assert line.payload["total"] == 2.0
        assert line.payload["done"] <= 2.0
        assert all(1.0 <= start <= end <= 3.0 for start, end in line.payload["covered"])
