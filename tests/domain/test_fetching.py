"""Films by address: stored, prepared like any other, or failed with words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.core.errors import UrlBlocked, UrlFetchFailed
from segments.domain import fetching, pipeline, storage
from segments.models.job import JobKind, JobStatus
from segments.models.video import VideoUploadStatus
from tests import sites
from tests.conftest import Clock, Doorbells


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    with sites.serving() as site:
        settings.OUTBOUND_ALLOW = site.allowed
        yield site


def test_film_is_loaded_and_its_preparation_queued(site: sites.Site, anna: User, doorbells: Doorbells) -> None:
    site.replies["/a/my%20film.mp4"] = sites.Reply(body=b"film" * 1000)
    video = fetching.create(anna, url=f"{site.address}/a/my%20film.mp4?x=1")
    job = video.jobs.get()
    assert (video.name, video.upload_status, job.kind) == ("my film.mp4", VideoUploadStatus.PROCESSING, JobKind.FETCH)

    pipeline.run_job(job.uid)

    video.refresh_from_db()
    assert (video.size_bytes, (storage.folder(video) / storage.PARTIAL).read_bytes()) == (4000, b"film" * 1000)
    assert video.jobs.get(kind=JobKind.FETCH).status == JobStatus.COMPLETED
    assert video.jobs.get(kind=JobKind.PREPARE).status == JobStatus.PENDING


def failed_with(video: Any) -> tuple[str, str]:
    pipeline.run_job(video.jobs.get().uid)
    video.refresh_from_db()
    assert (video.upload_status, video.jobs.get().status) == (VideoUploadStatus.FAILED, JobStatus.FAILED)
    return video.error_code, video.error_message


def test_missing_file_fails_the_video_with_a_reason(site: sites.Site, anna: User) -> None:
    code, words = failed_with(fetching.create(anna, url=f"{site.address}/nope.mp4"))
    assert (code, "status 404" in words) == ("url_fetch_failed", True)


def test_private_address_fails_the_video_and_is_never_called(site: sites.Site, settings: Any, anna: User) -> None:
    settings.OUTBOUND_ALLOW = frozenset()
    code, _words = failed_with(fetching.create(anna, url=f"{site.address}/film.mp4"))
    assert (code, site.seen) == ("url_blocked", [])


def test_too_large_file_fails_the_video(site: sites.Site, settings: Any, anna: User) -> None:
    settings.MAX_URL_BYTES = 10
    site.replies["/film.mp4"] = sites.Reply(body=b"x" * 11)
    assert failed_with(fetching.create(anna, url=f"{site.address}/film.mp4"))[0] == "too_large"


def test_server_in_trouble_is_asked_again(site: sites.Site, anna: User, clock: Clock) -> None:
    site.replies["/film.mp4"] = sites.Reply(503)
    video = fetching.create(anna, url=f"{site.address}/film.mp4")
    pipeline.run_job(video.jobs.get().uid)
    job = video.jobs.get()
    assert (job.status, job.attempts) == (JobStatus.PENDING, 1)
    for _ in range(3):
        clock.advance(minutes=3)
        pipeline.run_job(job.uid)
    video.refresh_from_db()
    assert (len(site.seen), video.upload_status, video.error_code) == (4, "failed", "url_fetch_failed")


def test_looking_asks_for_the_head_and_hangs_up(site: sites.Site) -> None:
    site.replies["/film.mp4"] = sites.Reply(body=b"x" * (1 << 20))
    fetching.look(f"{site.address}/film.mp4")
    for url, kind in [(f"{site.address}/nope", UrlFetchFailed), ("http://127.0.0.1/", UrlBlocked)]:
        with pytest.raises(kind):
            fetching.look(url)
    assert len(site.seen) == 2


def test_text_that_is_no_address_is_refused_at_once(anna: User) -> None:
    for text in ("film.mp4", "ftp://example.org/film.mp4", "https://me:secret@example.org/"):
        with pytest.raises(UrlBlocked):
            fetching.create(anna, url=text)
    assert not anna.videos.exists()
