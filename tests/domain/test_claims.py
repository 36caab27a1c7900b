"""Who may work on a job: the claim, its lease and its fence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from segments.domain import jobs, workers
from segments.models import Job
from segments.models.job import RUNNING, TERMINAL, JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock

pytestmark = pytest.mark.django_db


def test_claim_takes_lease_and_raises_fence(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    run = jobs.claim(job.uid)
    job.refresh_from_db()
    assert run == jobs.Run(job.pk, job.uid, 1)
    assert (job.status, job.fence, job.worker) == (JobStatus.PROCESSING, 1, workers.identity())
    assert (job.lease_until, job.started_at) == (clock.now + jobs.LEASE, clock.now)


def test_claim_of_a_taken_job_is_refused(anna: User) -> None:
    job = factories.job(factories.video(anna))
    factories.claimed(job)
    assert jobs.claim(job.uid) is None
    job.refresh_from_db()
    assert job.fence == 1


@pytest.mark.parametrize("status", TERMINAL)
def test_claim_of_a_job_that_is_over_is_refused(anna: User, status: str) -> None:
    job = factories.in_state(factories.video(anna), status)
    assert jobs.claim(job.uid) is None


def test_claim_waits_until_the_job_is_due(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    Job.objects.filter(pk=job.pk).update(run_after=clock.now + timedelta(seconds=5))
    assert jobs.claim(job.uid) is None
    clock.advance(seconds=5)
    assert jobs.claim(job.uid) is not None


@pytest.mark.parametrize("status", [s for s in VideoUploadStatus if s != VideoUploadStatus.COMPLETED])
def test_claim_of_a_run_needs_a_checked_video(anna: User, status: str) -> None:
    video = factories.video(anna)
    job = factories.job(video)
    type(video).objects.filter(pk=video.pk).update(upload_status=status)
    assert jobs.claim(job.uid) is None


def test_claim_of_a_preparation_needs_no_checked_video(anna: User) -> None:
    video = factories.uploaded(anna)
    assert jobs.claim(factories.preparation(video).uid) is not None


def test_claim_of_a_deleted_run_is_refused(anna: User) -> None:
    job = factories.job(factories.video(anna))
    Job.objects.filter(pk=job.pk).update(deleted_at=timezone.now())
    assert jobs.claim(job.uid) is None


def test_claim_of_an_unknown_id_is_refused() -> None:
    assert jobs.claim(factories.NOWHERE) is None


def test_held_gives_the_row_to_its_run(anna: User) -> None:
    job = factories.job(factories.video(anna))
    with jobs.held(factories.claimed(job)) as row:
        assert row.pk == job.pk


def test_held_refuses_a_run_of_an_older_claim(anna: User) -> None:
    job = factories.job(factories.video(anna))
    old = factories.claimed(job)
    with jobs.held(old) as row:
        jobs.release(row)
    new = factories.claimed(job)
    with pytest.raises(jobs.LeaseLost), jobs.held(old):
        pass
    with jobs.held(new) as row:
        assert row.fence == 2


@pytest.mark.parametrize("end", [JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.PENDING])
def test_held_refuses_a_run_that_is_over(anna: User, end: str) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    with jobs.held(run) as row:
        {
            JobStatus.COMPLETED: lambda: jobs.finish(row),
            JobStatus.FAILED: lambda: jobs.fail(row, "internal", ""),
            JobStatus.CANCELLED: lambda: jobs.confirm_cancel(row),
            JobStatus.PENDING: lambda: jobs.release(row),
        }[JobStatus(end)]()
    with pytest.raises(jobs.LeaseLost), jobs.held(run):
        pass


def finish_and_break(run: jobs.Run) -> None:
    with jobs.held(run) as row:
        jobs.finish(row)
        raise ZeroDivisionError


def test_what_a_broken_run_wrote_is_rolled_back(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    with pytest.raises(ZeroDivisionError):
        finish_and_break(run)
    job.refresh_from_db()
    assert (job.status, job.last_seq) == (JobStatus.PROCESSING, 2)


def test_renew_moves_the_lease_on(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    clock.advance(seconds=20)
    jobs.renew(run)
    job.refresh_from_db()
    assert job.lease_until == clock.now + jobs.LEASE


def test_renew_of_a_lost_run_is_refused(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    with jobs.held(run) as row:
        jobs.expire(row)
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(run)


def test_renew_brings_back_the_wish_to_stop(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    assert jobs.renew(run).cancel_requested_at is None
    jobs.cancel(job)
    assert jobs.renew(run).cancel_requested_at is not None


def test_running_and_terminal_states_cover_all_but_waiting() -> None:
    assert {*RUNNING, *TERMINAL} == set(JobStatus) - {JobStatus.PENDING}
