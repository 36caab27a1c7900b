"""What is put right every few seconds. Each step leaves alone what is in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.domain import jobs, reconcile, storage, submission, uploads, videos
from segments.models import IdempotencyKey, Job, Upload, Video
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock, Doorbells

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def waiting(owner: User, *, announced: datetime | None) -> Job:
    job = factories.job(factories.video(owner))
    Job.objects.filter(pk=job.pk).update(announced_at=announced)
    return job


def rung(doorbells: Doorbells, commit: Commit) -> list[str]:
    with commit(execute=True):
        reconcile.announce_waiting()
    return [uid for _queue, uid in doorbells.heard()]


def test_lost_doorbell_is_rung_again(
    anna: User, clock: Clock, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    never = waiting(anna, announced=None)
    clock.advance(milliseconds=1)
    long_ago = waiting(anna, announced=clock.now - timedelta(seconds=31))
    waiting(anna, announced=clock.now - timedelta(seconds=29))
    assert rung(doorbells, django_capture_on_commit_callbacks) == [str(never.uid), str(long_ago.uid)]
    never.refresh_from_db()
    assert never.announced_at == clock.now
    assert rung(doorbells, django_capture_on_commit_callbacks) == []


def test_job_that_is_not_due_is_not_rung(
    anna: User, clock: Clock, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    job = waiting(anna, announced=None)
    Job.objects.filter(pk=job.pk).update(run_after=clock.now + timedelta(seconds=5))
    assert rung(doorbells, django_capture_on_commit_callbacks) == []
    clock.advance(seconds=5)
    assert rung(doorbells, django_capture_on_commit_callbacks) == [str(job.uid)]


def test_run_of_an_unfinished_upload_is_not_rung(
    anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    factories.job(factories.upload(anna).video)
    assert rung(doorbells, django_capture_on_commit_callbacks) == []


def test_working_and_deleted_jobs_are_not_rung(
    anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    factories.claimed(waiting(anna, announced=None))
    submission.remove(waiting(anna, announced=None))
    assert rung(doorbells, django_capture_on_commit_callbacks) == []


def test_run_past_its_deadline_fails_after_a_lease(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    jobs.set_deadline(run, 100)
    clock.advance(seconds=100 + jobs.LEASE.total_seconds())
    jobs.renew(run)
    reconcile.end_overdue_runs()
    job.refresh_from_db()
    assert job.status == JobStatus.PROCESSING
    clock.advance(seconds=1)
    reconcile.end_overdue_runs()
    job.refresh_from_db()
    assert (job.status, job.error_code) == (JobStatus.FAILED, "deadline")


def test_preparation_past_its_deadline_fails_its_video(anna: User, clock: Clock) -> None:
    video = factories.uploaded(anna)
    jobs.set_deadline(factories.claimed(factories.preparation(video)), 100)
    clock.advance(seconds=200)
    reconcile.end_overdue_runs()
    video.refresh_from_db()
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "deadline")


def test_upload_that_nobody_continued_expires(anna: User, clock: Clock) -> None:
    upload = factories.upload(anna, length=8)
    uploads.append(upload, offset=0, body=[b"film"])
    clock.advance(hours=23, minutes=59)
    reconcile.expire_uploads()
    assert Upload.objects.count() == 1
    clock.advance(minutes=2)
    reconcile.expire_uploads()
    video = Video.objects.get()
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "upload_expired")
    assert (Upload.objects.count(), storage.folder(video).exists()) == (0, False)


def test_continued_upload_lives_longer(anna: User, clock: Clock) -> None:
    upload = factories.upload(anna, length=8)
    clock.advance(hours=23)
    uploads.append(upload, offset=0, body=[b"film"])
    clock.advance(hours=23)
    reconcile.expire_uploads()
    assert Upload.objects.count() == 1


def test_complete_upload_does_not_expire(anna: User, clock: Clock) -> None:
    video = factories.uploaded(anna)
    clock.advance(hours=48)
    reconcile.expire_uploads()
    video.refresh_from_db()
    assert video.upload_status == VideoUploadStatus.PROCESSING


def test_deleted_video_goes_when_undo_is_over(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    factories.completed(factories.job(video))
    videos.remove(video)
    clock.advance(minutes=59)
    reconcile.purge_deleted()
    assert (Video.objects.count(), Job.objects.count(), storage.source(video).exists()) == (1, 1, True)
    clock.advance(minutes=2)
    reconcile.purge_deleted()
    assert (Video.objects.count(), Job.objects.count(), storage.folder(video).exists()) == (0, 0, False)


def test_deleted_video_stays_while_somebody_works_on_it(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    run = factories.claimed(factories.job(video))
    videos.remove(video)
    clock.advance(hours=2)
    jobs.renew(run)
    reconcile.purge_deleted()
    assert storage.source(video).exists()
    with jobs.held(run) as row:
        jobs.confirm_cancel(row)
    reconcile.purge_deleted()
    assert not storage.source(video).exists()


def test_deleted_run_goes_when_undo_is_over(anna: User, clock: Clock) -> None:
    job = factories.completed(factories.job(factories.video(anna)))
    kept = factories.completed(factories.job(job.video))
    submission.remove(job)
    clock.advance(minutes=61)
    reconcile.purge_deleted()
    assert list(Job.objects.all()) == [kept]


def test_old_keys_are_forgotten(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    factories.job(video, key="old")
    clock.advance(hours=12)
    factories.job(video, key="new")
    clock.advance(hours=12, minutes=1)
    reconcile.reconcile()
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]


def test_reconcile_of_a_system_in_order_changes_nothing(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    factories.completed(factories.job(video))
    factories.claimed(factories.job(video))
    factories.upload(anna)
    before = list(Job.objects.order_by("pk").values()), list(Video.objects.order_by("pk").values())
    reconcile.reconcile()
    assert (list(Job.objects.order_by("pk").values()), list(Video.objects.order_by("pk").values())) == before
