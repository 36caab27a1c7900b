"""How a job ends, and how it starts over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from segments.core.engines.base import EngineResult
from segments.core.errors import InvalidState
from segments.core.progress import Cancelled
from segments.core.timeline import Span
from segments.domain import jobs, results
from segments.models import Job
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock, Doorbells

pytestmark = pytest.mark.django_db
CLEARED = {"lease_until": None, "worker": "", "cancel_requested_at": None, "release_requested_at": None}


def held_by_nobody(job: Job) -> bool:
    job.refresh_from_db()
    return {name: getattr(job, name) for name in CLEARED} == CLEARED


def test_finish_completes_and_lets_go(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    with jobs.held(factories.claimed(job)) as row:
        jobs.finish(row, warnings=["Quiet."])
    assert held_by_nobody(job)
    assert (job.status, job.completed_at, job.warnings) == (JobStatus.COMPLETED, clock.now, ["Quiet."])


def test_finish_gives_way_to_a_stop_that_was_asked_for(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    jobs.cancel(job)
    with pytest.raises(Cancelled):
        results.commit(run, factories.found((0, 60)), unreadable=())
    job.refresh_from_db()
    assert (job.status, job.segments.count()) == (JobStatus.PROCESSING, 0)


@pytest.mark.parametrize("start", [JobStatus.PENDING, JobStatus.PROCESSING])
def test_fail_keeps_code_and_words(anna: User, clock: Clock, start: str) -> None:
    job = factories.in_state(factories.video(anna), start)
    jobs.fail(job, "media_timeout", "Silent for 30 s.")
    assert held_by_nobody(job)
    assert (job.status, job.error_code, job.error_message) == (JobStatus.FAILED, "media_timeout", "Silent for 30 s.")
    assert job.completed_at == clock.now


@pytest.mark.parametrize("status", [JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED])
def test_fail_of_a_job_that_is_over_is_refused(anna: User, status: str) -> None:
    job = factories.in_state(factories.video(anna), status)
    with pytest.raises(InvalidState):
        jobs.fail(job, "internal", "")


def test_cancel_of_a_waiting_run_takes_effect_at_once(anna: User, clock: Clock) -> None:
    job = jobs.cancel(factories.job(factories.video(anna)))
    assert (job.status, job.completed_at) == (JobStatus.CANCELLED, clock.now)


def test_cancel_of_a_working_run_is_a_wish(anna: User, clock: Clock) -> None:
    job = factories.in_state(factories.video(anna), JobStatus.PROCESSING)
    jobs.cancel(job)
    assert (job.status, job.cancel_requested_at) == (JobStatus.PROCESSING, clock.now)


def test_cancel_repeated_keeps_the_first_wish(anna: User, clock: Clock) -> None:
    job = factories.in_state(factories.video(anna), JobStatus.PROCESSING)
    asked = clock.now
    jobs.cancel(job)
    clock.advance(seconds=3)
    jobs.cancel(job)
    assert job.cancel_requested_at == asked


def test_cancel_of_a_cancelled_run_is_harmless(anna: User) -> None:
    job = factories.in_state(factories.video(anna), JobStatus.CANCELLED)
    seq = job.last_seq
    assert jobs.cancel(job).last_seq == seq


@pytest.mark.parametrize("status", [JobStatus.COMPLETED, JobStatus.FAILED])
def test_cancel_of_a_finished_run_is_refused(anna: User, status: str) -> None:
    job = factories.in_state(factories.video(anna), status)
    with pytest.raises(InvalidState, match="already finished"):
        jobs.cancel(job)


@pytest.mark.parametrize("status", [JobStatus.FAILED, JobStatus.CANCELLED])
def test_retry_starts_over_with_the_same_id(anna: User, clock: Clock, status: str) -> None:
    job = factories.in_state(factories.video(anna), status)
    uid, seq = job.uid, job.last_seq
    clock.advance(minutes=1)
    jobs.retry(job)
    assert (job.uid, job.status, job.generation, job.retry_count) == (uid, JobStatus.PENDING, 2, 1)
    assert (job.error_code, job.error_message, job.warnings, job.unreadable, job.progress) == ("", "", [], [], None)
    assert (job.started_at, job.completed_at, job.deadline_at) == (None, None, None)
    assert (job.attempts, job.crashes, job.run_after, job.queued_at) == (0, 0, clock.now, clock.now)
    assert job.last_seq == seq + 1


@pytest.mark.parametrize("status", [JobStatus.PENDING, JobStatus.PROCESSING, JobStatus.COMPLETED])
def test_retry_of_any_other_run_is_refused(anna: User, status: str) -> None:
    job = factories.in_state(factories.video(anna), status)
    with pytest.raises(InvalidState, match="Only a failed or cancelled run"):
        jobs.retry(job)


def test_retry_has_a_limit(anna: User) -> None:
    job = factories.job(factories.video(anna))
    for _ in range(jobs.MAX_RETRIES):
        jobs.retry(factories.failed(job))
    factories.failed(job)
    with pytest.raises(InvalidState, match="3 times already"):
        jobs.retry(job)


@pytest.mark.parametrize("status", [VideoUploadStatus.FAILED, VideoUploadStatus.ABORTED])
def test_retry_needs_a_video_that_can_still_become_usable(anna: User, status: str) -> None:
    video = factories.video(anna)
    job = factories.in_state(video, JobStatus.FAILED)
    type(video).objects.filter(pk=video.pk).update(upload_status=status)
    with pytest.raises(InvalidState, match="Choose another video"):
        jobs.retry(job)


def test_retry_rings_for_a_worker(anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: object) -> None:
    job = factories.in_state(factories.video(anna), JobStatus.FAILED)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        jobs.retry(job)
    assert doorbells.heard() == [("media", str(job.uid))]


def test_passing_faults_wait_longer_each_time_then_fail(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    waits = []
    for _ in range(len(jobs.RETRY_DELAYS)):
        with jobs.held(factories.claimed(job)) as row:
            jobs.release_for_retry(row, "storage_full", "")
        job.refresh_from_db()
        assert job.status == JobStatus.PENDING
        waits.append(job.run_after - clock.now)
        clock.now = job.run_after
    with jobs.held(factories.claimed(job)) as row:
        jobs.release_for_retry(row, "storage_full", "")
    job.refresh_from_db()
    assert waits == [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2)]
    assert (job.status, job.error_code, job.attempts) == (JobStatus.FAILED, "storage_full", 3)


def test_commit_replaces_segments_of_an_earlier_attempt(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    job.segments.create(definition_id="shot", ordinal=0, start_time=1, end_time=2)
    results.commit(run, factories.found((0, 20), (20, 60)), unreadable=())
    rows = job.segments.order_by("ordinal").values_list("ordinal", "start_time", "end_time")
    assert list(rows) == [(0, 0.0, 20.0), (1, 20.0, 60.0)]


def test_commit_keeps_warnings_and_unreadable_parts(anna: User) -> None:
    job = factories.job(factories.video(anna))
    result = EngineResult((), ("Quiet.", "Dark."))
    results.commit(factories.claimed(job), result, unreadable=(Span(3, 4.5),))
    job.refresh_from_db()
    assert (job.warnings, job.unreadable) == (["Quiet.", "Dark."], [[3, 4.5]])


def test_commit_of_a_stale_run_leaves_no_rows(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    with jobs.held(run) as row:
        jobs.expire(row)
    with pytest.raises(jobs.LeaseLost):
        results.commit(run, factories.found((0, 60)), unreadable=())
    job.refresh_from_db()
    assert (job.status, job.segments.count()) == (JobStatus.PENDING, 0)
