"""Many at once. `tests/stack` runs this file on PostgreSQL too."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User

from segments.core.errors import InvalidState
from segments.core.progress import Cancelled
from segments.domain import events, jobs, reconcile, results, uploads
from segments.models import Job, Video
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock
from tests.domain.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def numbers(job: Job) -> list[int]:
    return list(job.events.values_list("seq", flat=True))


def test_parallel_claims_have_exactly_one_winner(anna: User) -> None:
    for _ in range(ROUNDS):
        job = factories.job(factories.video(anna))
        claims = at_once([partial(jobs.claim, job.uid)] * 8)
        winners = [claim for claim in claims if claim is not None]
        assert winners == [jobs.Run(job.pk, job.uid, 1)]
        job.refresh_from_db()
        assert (job.fence, numbers(job)) == (1, [1, 2])
        jobs.cancel(job)


def test_parallel_submits_with_one_key_make_one_run(anna: User) -> None:
    for number in range(ROUNDS):
        video = factories.video(anna)
        made = at_once([partial(factories.job, video, key=f"k{number}")] * 20)
        assert [job.pk for job in made if isinstance(job, Job)] == [Job.objects.latest("pk").pk] * 20
        assert video.jobs.count() == 1
        jobs.cancel(video.jobs.get())


def test_finish_against_cancel_ends_once(anna: User) -> None:
    for _ in range(ROUNDS):
        job = factories.job(factories.video(anna))
        run = factories.claimed(job)
        commit = partial(results.commit, run, factories.found((0, 60)), unreadable=())
        committed, cancelled = at_once([commit, partial(jobs.cancel, job)])
        job.refresh_from_db()
        if isinstance(committed, Cancelled):
            assert (job.status, job.segments.count()) == (JobStatus.PROCESSING, 0)
            assert job.cancel_requested_at is not None
        else:
            assert isinstance(cancelled, InvalidState)
            assert (job.status, job.segments.count()) == (JobStatus.COMPLETED, 1)
        assert numbers(job) == [1, 2, 3]


def test_parallel_lines_get_different_numbers(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)

    def write() -> None:
        with jobs.held(run) as row:
            events.append(row, "warning", {})

    assert at_once([write] * 12) == [None] * 12
    assert numbers(job) == list(range(1, 15))


def test_parallel_reconciles_end_a_lost_run_once(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    factories.claimed(job)
    clock.advance(minutes=1)
    assert sorted(at_once([reconcile.end_lost_runs] * 6)) == [0, 0, 0, 0, 0, 1]
    job.refresh_from_db()
    assert (job.status, job.crashes, numbers(job)) == (JobStatus.PENDING, 1, [1, 2, 3])


def test_reconcile_against_finish_leaves_one_outcome(anna: User, clock: Clock) -> None:
    for _ in range(ROUNDS):
        job = factories.job(factories.video(anna))
        run = factories.claimed(job)
        clock.advance(minutes=1)
        commit = partial(results.commit, run, factories.found((0, 60)), unreadable=())
        committed, ended = at_once([commit, reconcile.end_lost_runs])
        job.refresh_from_db()
        if isinstance(committed, jobs.LeaseLost):
            assert (ended, job.status, job.segments.count()) == (1, JobStatus.PENDING, 0)
            jobs.cancel(job)
        else:
            assert (ended, job.status, job.segments.count()) == (0, JobStatus.COMPLETED, 1)


def test_parallel_retries_start_over_once(anna: User) -> None:
    job = factories.failed(factories.job(factories.video(anna)))
    answers = at_once([partial(jobs.retry, job)] * 6)
    assert sum(isinstance(answer, InvalidState) for answer in answers) == 5
    job.refresh_from_db()
    assert (job.generation, job.retry_count) == (2, 1)


def test_parallel_parts_at_one_offset_are_written_once(anna: User) -> None:
    upload = factories.upload(anna, length=4000)
    for offset in range(0, 3000, 1000):
        part = partial(uploads.append, upload, offset=offset, body=[b"x" * 1000])
        answers = at_once([part, part, part])
        assert sum(not isinstance(answer, Exception) for answer in answers) == 1
        assert {type(answer) for answer in answers if isinstance(answer, Exception)} == {InvalidState}
    upload.refresh_from_db()
    assert upload.offset == 3000


def test_parallel_last_parts_queue_one_preparation(anna: User) -> None:
    upload = factories.upload(anna, length=1000)
    at_once([partial(uploads.append, upload, offset=0, body=[b"x" * 1000])] * 6)
    assert upload.video.jobs.count() == 1


def test_abort_against_the_last_part_leaves_one_outcome(anna: User) -> None:
    for _ in range(ROUNDS):
        upload = factories.upload(anna, length=1000)
        appended, aborted = at_once(
            [partial(uploads.append, upload, offset=0, body=[b"x" * 1000]), partial(uploads.abort, upload)]
        )
        video = Video.objects.get(pk=upload.video_id)
        if isinstance(aborted, InvalidState):
            assert (video.upload_status, video.jobs.count()) == (VideoUploadStatus.PROCESSING, 1)
            jobs.cancel(video.jobs.get())
        else:
            assert isinstance(appended, Exception)
            assert (video.upload_status, video.jobs.count()) == (VideoUploadStatus.ABORTED, 0)
