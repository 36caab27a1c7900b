"""How runs come to be: checked, limited, announced after the commit, created once per key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.core.errors import IdempotencyConflict, InvalidRequest, InvalidState, TooMany
from segments.core.presets import preset
from segments.domain import jobs, submission
from segments.models import IdempotencyKey, Job, Video
from segments.models.job import JobKind, JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock, Doorbells

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def test_submit_writes_a_waiting_run(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    request = factories.body(start_time=5, end_time=25)
    job = submission.submit(anna, video=video, body=request)
    assert (job.owner, job.video, job.kind, job.status) == (anna, video, JobKind.SEGMENT, JobStatus.PENDING)
    assert (job.request, job.title, job.generation) == (request, "shot", 1)
    assert (job.run_after, job.queued_at) == (clock.now, clock.now)


def test_submit_takes_its_title_from_the_preset() -> None:
    anna = factories.user()
    request = factories.body(*preset("shot-detection").definitions)
    assert submission.submit(anna, video=factories.video(anna), body=request).title == "Shot Detection"


def test_submit_rings_after_the_commit_only(
    anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = factories.job(factories.video(anna))
        assert doorbells.heard() == []
    assert doorbells.heard() == [("media", str(job.uid))]
    job.refresh_from_db()
    assert job.announced_at is not None


def test_preparation_rings_at_the_quick_queue(
    anna: User, doorbells: Doorbells, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        video = factories.uploaded(anna)
    assert doorbells.heard() == [("light", str(factories.preparation(video).uid))]


def test_submit_of_an_invalid_request_writes_nothing(anna: User) -> None:
    video = factories.video(anna)
    with pytest.raises(InvalidRequest) as refused:
        submission.submit(anna, video=video, body=factories.body(start_time=50, end_time=40), idempotency_key="k")
    assert refused.value.problems
    assert (Job.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


def test_submit_checks_times_against_the_length_of_the_video(anna: User) -> None:
    video = factories.video(anna)
    with pytest.raises(InvalidRequest):
        factories.job(video, start_time=61)
    assert factories.job(video, start_time=59).status == JobStatus.PENDING


def test_submit_of_an_unknown_engine_names_the_setting(anna: User) -> None:
    with pytest.raises(InvalidRequest) as refused:
        factories.job(factories.video(anna), engine="nothing-like-it")
    assert [problem.path for problem in refused.value.problems] == ["engine"]


@pytest.mark.parametrize("status", [VideoUploadStatus.FAILED, VideoUploadStatus.ABORTED])
def test_submit_for_a_video_that_never_will_be_one_is_refused(anna: User, status: str) -> None:
    video = factories.video(anna, upload_status=status)
    with pytest.raises(InvalidState, match="Choose another video"):
        factories.job(video)


@pytest.mark.parametrize("status", [VideoUploadStatus.UPLOADING, VideoUploadStatus.PROCESSING])
def test_submit_for_a_video_on_its_way_waits(anna: User, status: str) -> None:
    video = factories.video(anna, upload_status=status, facts=None)
    assert factories.job(video).status == JobStatus.PENDING


def test_limit_of_unfinished_runs_is_per_person(anna: User, stranger: User, settings: Any) -> None:
    settings.MAX_ACTIVE_JOBS = 2
    video = factories.video(anna)
    first = factories.job(video)
    factories.claimed(factories.job(video))
    with pytest.raises(TooMany, match="2 runs"):
        factories.job(video)
    assert factories.job(factories.video(stranger)).status == JobStatus.PENDING
    jobs.cancel(first)
    assert factories.job(video).status == JobStatus.PENDING


def test_same_key_and_body_give_the_first_run(anna: User) -> None:
    video = factories.video(anna)
    first = factories.job(video, key="k")
    assert factories.job(video, key="k") == first
    assert Job.objects.count() == 1


def test_same_key_gives_the_first_run_also_when_it_is_over(anna: User, settings: Any) -> None:
    video = factories.video(anna)
    first = factories.completed(factories.job(video, key="k"))
    settings.MAX_ACTIVE_JOBS = 0
    assert factories.job(video, key="k") == first


def test_same_key_gives_the_first_run_also_when_its_video_failed_since(anna: User) -> None:
    video = factories.video(anna, upload_status=VideoUploadStatus.PROCESSING, facts=None)
    first = factories.job(video, key="k", start_time=500)
    Video.objects.filter(pk=video.pk).update(upload_status=VideoUploadStatus.FAILED)
    video.refresh_from_db()
    assert factories.job(video, key="k", start_time=500) == first


def test_same_key_with_another_body_is_a_conflict(anna: User) -> None:
    video = factories.video(anna)
    factories.job(video, key="k")
    with pytest.raises(IdempotencyConflict):
        factories.job(video, key="k", temperature=0.5)
    with pytest.raises(IdempotencyConflict):
        factories.job(factories.video(anna), key="k")


def test_same_key_of_another_person_is_another_key(anna: User, stranger: User) -> None:
    first = factories.job(factories.video(anna), key="k")
    assert factories.job(factories.video(stranger), key="k") != first


def test_runs_without_a_key_are_all_new(anna: User) -> None:
    video = factories.video(anna)
    assert factories.job(video) != factories.job(video)


def test_removed_run_is_stopped_and_hidden(anna: User) -> None:
    job = factories.job(factories.video(anna))
    submission.remove(job)
    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    assert job.deleted_at is not None


def test_removed_run_that_is_over_keeps_its_result(anna: User) -> None:
    job = factories.completed(factories.job(factories.video(anna)))
    submission.remove(job)
    submission.restore(job)
    job.refresh_from_db()
    assert (job.status, job.deleted_at, job.segments.count()) == (JobStatus.COMPLETED, None, 2)
