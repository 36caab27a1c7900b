"""A claimed job from start to end, with real rows and an engine that is quick."""

from __future__ import annotations

import errno
import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone

from segments.core.errors import EngineUnavailable, MediaDecodeFailed, ResourceLimit, StorageFull
from segments.core.progress import Cancelled
from segments.domain import jobs, pipeline, queries
from segments.domain.failures import SENTENCES
from segments.models import Job
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.fakes.breaking import BreakingEngine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_engines")]


def run(job: Job) -> Job:
    pipeline.run_job(job.uid)
    job.refresh_from_db()
    return job


def broken(owner: User, error: Exception, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(BreakingEngine, "error", error)
    return run(factories.job(factories.video(owner), engine="breaking"))


def test_run_ends_with_segments_and_history(anna: User) -> None:
    job = run(factories.job(factories.video(anna), engine="fake"))
    assert (job.status, job.error_code, job.lease_until) == (JobStatus.COMPLETED, "", None)
    rows = job.segments.order_by("ordinal").values_list("definition_id", "start_time", "end_time")
    assert list(rows) == [("shot", 0.0, 20.0), ("shot", 20.0, 40.0), ("shot", 40.0, 60.0)]
    lines = list(job.events.all())
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert {line.kind for line in lines[2:-1]} == {"progress"}
    assert lines[-1].payload == {"status": JobStatus.COMPLETED, "generation": 1}


def test_run_stays_inside_the_window_that_was_asked_for(anna: User) -> None:
    job = run(factories.job(factories.video(anna), engine="fake", start_time=30, end_time=45))
    edges = [(row.start_time, row.end_time) for row in job.segments.order_by("ordinal")]
    assert edges == [(30.0, 35.0), (35.0, 40.0), (40.0, 45.0)]
    assert job.progress["total"] == 15.0
    assert queries.visual_json(job)["window"] == [30.0, 45.0]


def test_run_that_was_done_is_not_done_again(anna: User) -> None:
    job = run(factories.job(factories.video(anna), engine="fake"))
    before = list(job.segments.values_list("pk", flat=True)), job.last_seq
    run(job)
    assert (list(job.segments.values_list("pk", flat=True)), job.last_seq) == before


def test_run_of_an_unknown_id_returns_quietly() -> None:
    pipeline.run_job(factories.NOWHERE)
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    "error", [MediaDecodeFailed("Damaged."), ResourceLimit("Big."), StorageFull("Full."), EngineUnavailable("Gone.")]
)
def test_named_failure_ends_the_run_with_its_code(
    anna: User, error: MediaDecodeFailed, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = broken(anna, error, monkeypatch)
    assert (job.status, job.error_code, job.error_message) == (JobStatus.FAILED, error.code, error.message)
    assert job.error_code in SENTENCES


def test_bug_ends_the_run_without_telling_internals(
    anna: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = broken(anna, RuntimeError("secret path"), monkeypatch)
    assert (job.status, job.error_code, job.error_message) == (JobStatus.FAILED, "internal", "")
    assert "secret path" in caplog.text
    view = queries.job_view(job)
    assert view.failure is not None
    assert view.failure.sentence == "Something broke on our side."


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("locked"), "internal"),
        (OSError(errno.EIO, "disk"), "internal"),
        (OSError(errno.ENOSPC, "full"), "storage_full"),
        (OSError(errno.EFBIG, "full"), "storage_full"),
    ],
)
def test_passing_fault_is_tried_again_by_itself(
    anna: User, error: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = broken(anna, error, monkeypatch)
    assert (job.status, job.attempts, job.crashes) == (JobStatus.PENDING, 1, 0)
    assert timedelta(seconds=4) < job.run_after - timezone.now() <= timedelta(seconds=5)
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now(), attempts=3)
    run(job)
    assert (job.status, job.error_code) == (JobStatus.FAILED, code)


def test_stop_that_was_asked_for_cancels(anna: User) -> None:
    job = factories.job(factories.video(anna))
    claimed = factories.claimed(job)
    jobs.cancel(job)
    pipeline._stopped(claimed)
    job.refresh_from_db()
    assert (job.status, job.segments.count()) == (JobStatus.CANCELLED, 0)


def test_stop_of_the_worker_gives_the_run_back_uncounted(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = broken(anna, Cancelled(), monkeypatch)
    assert (job.status, job.attempts, job.crashes) == (JobStatus.PENDING, 0, 0)
    assert job.run_after <= timezone.now()


def test_time_limit_ends_the_run(anna: User) -> None:
    job = factories.job(factories.video(anna))
    claimed = factories.claimed(job)
    jobs.set_deadline(claimed, -1)
    pipeline._stopped(claimed)
    job.refresh_from_db()
    assert (job.status, job.error_code) == (JobStatus.FAILED, "deadline")


def test_time_limit_of_a_preparation_ends_its_video(anna: User) -> None:
    video = factories.uploaded(anna)
    claimed = factories.claimed(factories.preparation(video))
    jobs.set_deadline(claimed, -1)
    pipeline._stopped(claimed)
    video.refresh_from_db()
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "deadline")


def test_lost_run_writes_nothing_more(
    anna: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = factories.job(factories.video(anna))
    old = factories.claimed(job)
    with jobs.held(old) as row:
        jobs.expire(row)
    before = Job.objects.values().get(pk=job.pk)
    with caplog.at_level(logging.WARNING):
        pipeline._stopped(old)
        pipeline._failed(old, "internal", "")
        pipeline._passing(old, OSError())
    assert Job.objects.values().get(pk=job.pk) == before
    assert caplog.text.count("taken over") == 3


def test_preparation_of_a_file_that_is_no_video_fails_it(anna: User) -> None:
    video = factories.uploaded(anna, content=b"this is a text, not a video\n" * 100, name="film.mp4")
    waiting = factories.job(video)
    job = run(factories.preparation(video))
    video.refresh_from_db()
    waiting.refresh_from_db()
    assert (job.status, job.error_code) == (JobStatus.FAILED, "media_unreadable")
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "media_unreadable")
    assert (waiting.status, waiting.error_code) == (JobStatus.FAILED, "media_unreadable")
