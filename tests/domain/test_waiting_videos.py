"""Runs that were started before their video was there: they wake with it, or end with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.domain import jobs, preparation, reconcile, submission, uploads, videos
from segments.models import Job, Video
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock, Doorbells

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def check_passes(video: Video) -> None:
    """What a preparation does to the rows once the file was read."""
    with jobs.held(factories.claimed(factories.preparation(video))) as row:
        ready = {"facts": asdict(factories.facts()), "upload_status": VideoUploadStatus.COMPLETED}
        Video.objects.filter(pk=video.pk).update(**ready)
        jobs.finish(row)
        submission.wake(video)


def check_fails(video: Video, code: str = "media_unreadable", message: str = "This is text.") -> None:
    with jobs.held(factories.claimed(factories.preparation(video))) as row:
        jobs.fail(row, code, message)
        preparation.settle_failure(row, code, message)


def ending(job: Job) -> tuple[str, str, str]:
    job.refresh_from_db()
    return job.status, job.error_code, job.error_message


def test_run_waits_for_an_upload_and_wakes_with_it(
    anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    upload = factories.upload(anna, length=4)
    job = factories.job(upload.video)
    assert jobs.claim(job.uid) is None
    uploads.append(upload, offset=0, body=[b"film"])
    assert jobs.claim(job.uid) is None
    with django_capture_on_commit_callbacks(execute=True):
        check_passes(upload.video)
    assert doorbells.heard() == [("media", str(job.uid))]
    assert jobs.claim(job.uid) is not None


def test_deleted_and_cancelled_runs_are_not_woken(
    anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    video = factories.uploaded(anna)
    submission.remove(factories.job(video))
    jobs.cancel(factories.job(video))
    with django_capture_on_commit_callbacks(execute=True):
        check_passes(video)
    assert doorbells.heard() == []


def test_failed_check_takes_waiting_runs_along(anna: User) -> None:
    video = factories.uploaded(anna)
    job = factories.job(video)
    check_fails(video)
    video.refresh_from_db()
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "media_unreadable")
    assert ending(job) == (JobStatus.FAILED, "media_unreadable", "This is text.")


def test_failed_check_leaves_runs_of_other_videos(anna: User) -> None:
    job = factories.job(factories.uploaded(anna))
    check_fails(factories.uploaded(anna))
    assert ending(job) == (JobStatus.PENDING, "", "")


def test_failed_run_leaves_its_video(anna: User) -> None:
    video = factories.video(anna)
    with jobs.held(factories.claimed(factories.job(video))) as row:
        jobs.fail(row, "internal", "")
        preparation.settle_failure(row, "internal", "")
    video.refresh_from_db()
    assert video.upload_status == VideoUploadStatus.COMPLETED


def test_stopped_upload_takes_waiting_runs_along(anna: User) -> None:
    upload = factories.upload(anna)
    job = factories.job(upload.video)
    uploads.abort(upload)
    assert ending(job) == (JobStatus.FAILED, "aborted", "The upload was cancelled.")


def test_upload_that_nobody_continued_takes_waiting_runs_along(anna: User, clock: Clock) -> None:
    upload = factories.upload(anna)
    job = factories.job(upload.video)
    clock.advance(hours=24, seconds=1)
    reconcile.expire_uploads()
    assert ending(job)[:2] == (JobStatus.FAILED, "upload_expired")


def test_run_sent_while_its_video_failed_is_ended_by_reconcile(anna: User) -> None:
    video = factories.uploaded(anna)
    job = factories.job(video)
    other = factories.job(factories.uploaded(anna))
    Video.objects.filter(pk=video.pk).update(
        upload_status=VideoUploadStatus.FAILED, error_code="media_no_video", error_message="Only sound."
    )
    reconcile.reconcile()
    assert ending(job) == (JobStatus.FAILED, "media_no_video", "Only sound.")
    assert ending(other) == (JobStatus.PENDING, "", "")


def test_deleting_while_checking_stops_and_undo_starts_again(anna: User) -> None:
    video = factories.uploaded(anna)
    videos.remove(video)
    check = factories.preparation(video)
    assert check.status == JobStatus.CANCELLED
    videos.restore(video)
    check.refresh_from_db()
    assert (check.status, check.generation) == (JobStatus.PENDING, 2)


def test_undo_before_the_check_noticed_lets_it_go_on(anna: User) -> None:
    video = factories.uploaded(anna)
    factories.claimed(factories.preparation(video))
    videos.remove(video)
    videos.restore(video)
    check = factories.preparation(video)
    assert (check.status, check.cancel_requested_at) == (JobStatus.PROCESSING, None)
