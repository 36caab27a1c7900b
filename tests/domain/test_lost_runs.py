"""Runs whose worker went away: given back, counted, and stopped when they kill workers."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.contrib.auth.models import User

from segments.domain import jobs, reconcile, workers
from segments.models import Job
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock

pytestmark = pytest.mark.django_db


def lose(job: Job, clock: Clock) -> None:
    """The worker takes the job and is never heard of again."""
    factories.claimed(job)
    clock.advance(seconds=jobs.LEASE.total_seconds())
    reconcile.end_lost_runs()
    job.refresh_from_db()


def test_expired_lease_gives_the_run_back(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    lose(job, clock)
    assert (job.status, job.crashes, job.attempts, job.lease_until) == (JobStatus.PENDING, 1, 0, None)


def test_living_lease_is_left_alone(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    factories.claimed(job)
    clock.advance(seconds=jobs.LEASE.total_seconds() - 1)
    assert reconcile.end_lost_runs() == 0
    job.refresh_from_db()
    assert job.status == JobStatus.PROCESSING


def test_run_that_kills_three_workers_fails(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    for _ in range(jobs.MAX_CRASHES):
        assert job.status == JobStatus.PENDING
        lose(job, clock)
    assert (job.status, job.error_code, job.crashes) == (JobStatus.FAILED, "worker_lost", 3)


def test_lost_run_with_a_wish_to_stop_is_cancelled(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    factories.claimed(job)
    jobs.cancel(job)
    clock.advance(minutes=1)
    reconcile.end_lost_runs()
    job.refresh_from_db()
    assert (job.status, job.crashes) == (JobStatus.CANCELLED, 0)


def test_lost_run_at_a_clean_start_is_not_counted(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    for _ in range(jobs.MAX_CRASHES + 1):
        factories.claimed(job)
        clock.advance(minutes=1)
        reconcile.end_lost_runs(crashed=False)
    job.refresh_from_db()
    assert (job.status, job.crashes) == (JobStatus.PENDING, 0)


def test_preparation_that_kills_workers_fails_its_video(anna: User, clock: Clock) -> None:
    video = factories.uploaded(anna)
    waiting = factories.job(video)
    for _ in range(jobs.MAX_CRASHES):
        lose(factories.preparation(video), clock)
    video.refresh_from_db()
    waiting.refresh_from_db()
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.FAILED, "worker_lost")
    assert (waiting.status, waiting.error_code) == (JobStatus.FAILED, "worker_lost")


def test_dead_process_of_this_host_ends_the_lease_at_once(anna: User) -> None:
    job = factories.job(factories.video(anna))
    factories.claimed(job)
    with a_worker() as worker:
        Job.objects.filter(pk=job.pk).update(worker=worker.identity)
        assert reconcile.end_lost_runs() == 0
    assert reconcile.end_lost_runs() == 1
    job.refresh_from_db()
    assert (job.status, job.crashes) == (JobStatus.PENDING, 1)


def test_worker_of_another_host_is_left_to_its_lease() -> None:
    with a_worker() as worker:
        host, rest = worker.identity.split("/", 1)
    assert workers.is_dead(f"{host}/{rest}")
    assert not workers.is_dead(f"elsewhere-{host}/{rest}")


def test_reused_process_number_is_another_worker() -> None:
    place, _, started = workers.identity().rpartition("/")
    assert not workers.is_dead(f"{place}/{started}")
    assert workers.is_dead(f"{place}/{int(started) + 1}")


def test_stopping_worker_asks_for_its_own_runs_only(anna: User) -> None:
    mine, other, waiting = (factories.job(factories.video(anna)) for _ in range(3))
    factories.claimed(mine)
    factories.claimed(other)
    Job.objects.filter(pk=mine.pk).update(worker="host/1/77/78/100")
    Job.objects.filter(pk=other.pk).update(worker="host/1/7/79/100")
    assert jobs.ask_release("host/1/77/") == 1
    asked = Job.objects.exclude(release_requested_at=None)
    assert [job.pk for job in asked] == [mine.pk]
    assert waiting.pk != mine.pk


def test_family_is_shared_by_the_pool_of_one_parent() -> None:
    with a_worker() as worker:
        assert worker.identity.startswith(workers.family(worker.parent))
        assert not workers.identity().startswith(workers.family(worker.parent))


class a_worker:
    """A process with an identity, alive inside the block and dead after it."""

    def __enter__(self) -> a_worker:
        code = "from segments.domain import workers; print(workers.identity(), flush=True); input()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.identity = self.process.stdout.readline().strip()
        self.parent = int(self.identity.split("/")[2])
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.communicate()
