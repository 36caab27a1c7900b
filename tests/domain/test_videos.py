"""Names, hiding, bringing back and purging of videos."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from segments.core.errors import InvalidRequest
from segments.domain import jobs, storage, submission, videos
from segments.models import Job, Video
from segments.models.job import JobStatus
from tests import factories
from tests.conftest import Clock


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("film.mp4", "film.mp4"),
        ("  my film.mp4 ", "my film.mp4"),
        ("C:\\Users\\anna\\film.mp4", "film.mp4"),
        ("../../etc/passwd", "passwd"),
        ("evil\u202egpj.mp4", "evilgpj.mp4"),
        ("new\nline\x00.mp4", "newline.mp4"),
        ("Cafe\u0301.mp4", "Café.mp4"),
        ("<b>bold</b>", "b>"),
        ("", "video"),
        ("\u200b\u200e", "video"),
        ("folder/", "video"),
        ("日本語の映画.mp4", "日本語の映画.mp4"),
    ],
)
def test_display_name_is_harmless(raw: str, shown: str) -> None:
    assert videos.display_name(raw) == shown


def test_display_name_cut_at_255_bytes_stays_whole_characters() -> None:
    assert videos.display_name("ä" * 200) == "ä" * 127


@given(st.text(max_size=400))
def test_display_name_of_anything_is_short_and_printable(raw: str) -> None:
    name = videos.display_name(raw)
    assert 0 < len(name.encode()) <= 255
    assert "/" not in name
    assert "\\" not in name
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name)


@pytest.mark.django_db
def test_rename_cleans_the_name(anna: User) -> None:
    video = factories.video(anna)
    videos.rename(video, name=" holiday\u202e.mp4")
    video.refresh_from_db()
    assert video.name == "holiday.mp4"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   "])
def test_rename_to_nothing_is_refused(anna: User, name: str) -> None:
    video = factories.video(anna)
    with pytest.raises(InvalidRequest) as refused:
        videos.rename(video, name=name)
    assert [problem.path for problem in refused.value.problems] == ["name"]


@pytest.mark.django_db
def test_removed_video_stops_its_runs_and_keeps_its_bytes(anna: User) -> None:
    video = factories.video(anna)
    waiting, working = factories.job(video), factories.job(video)
    factories.claimed(working)
    videos.remove(video)
    waiting.refresh_from_db()
    working.refresh_from_db()
    assert waiting.status == JobStatus.CANCELLED
    assert (working.status, working.cancel_requested_at is not None) == (JobStatus.PROCESSING, True)
    assert storage.source(video).exists()


@pytest.mark.django_db
def test_restored_video_brings_back_the_runs_that_went_with_it(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    kept, removed_before = (factories.completed(factories.job(video)) for _ in range(2))
    submission.remove(removed_before)
    clock.advance(minutes=5)
    videos.remove(video)
    clock.advance(minutes=5)
    videos.restore(video)
    assert list(Job.objects.filter(deleted_at=None)) == [kept]
    assert Video.objects.get().deleted_at is None


@pytest.mark.django_db
def test_restore_of_a_video_that_is_there_changes_nothing(anna: User) -> None:
    video = factories.video(anna)
    removed = factories.completed(factories.job(video))
    submission.remove(removed)
    videos.restore(video)
    removed.refresh_from_db()
    assert removed.deleted_at is not None


@pytest.mark.django_db
def test_removing_twice_is_removing_once(anna: User) -> None:
    video = factories.video(anna)
    jobs.cancel(factories.job(video))
    videos.remove(video)
    videos.remove(video)
    videos.restore(video)
    assert Video.objects.get().deleted_at is None


@pytest.mark.django_db
def test_purge_takes_rows_and_bytes(anna: User) -> None:
    video, other = factories.video(anna), factories.video(anna)
    factories.completed(factories.job(video))
    videos.remove(video)
    videos.purge(video)
    assert (Video.objects.get(), Job.objects.count()) == (other, 0)
    assert not storage.folder(video).exists()
    assert storage.source(other).exists()


@pytest.mark.django_db
def test_facts_come_back_as_they_were_stored(anna: User) -> None:
    video = factories.video(anna)
    video.refresh_from_db()
    assert videos.facts_of(video) == factories.facts()
