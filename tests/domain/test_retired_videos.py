"""A video deleted through the task API: its bytes go, its finished runs stay until they are deleted too."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from segments.core.errors import InvalidState
from segments.domain import jobs, reconcile, storage, submission, videos
from segments.models import Job, Video
from segments.models.job import JobStatus
from tests import factories
from tests.conftest import Clock


def test_bytes_go_and_finished_runs_stay(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    finished, waiting = factories.completed(factories.job(video)), factories.job(video)

    videos.retire(video)
    clock.advance(hours=2)
    reconcile.reconcile()
    reconcile.reconcile()

    assert not storage.folder(video).exists()
    states = dict(Job.objects.filter(deleted_at=None).values_list("uid", "status"))
    assert states == {finished.uid: JobStatus.COMPLETED, waiting.uid: JobStatus.CANCELLED}
    assert Job.objects.get(uid=finished.uid).segments.count() == 2


def test_the_row_goes_with_its_last_run(anna: User, clock: Clock) -> None:
    video = factories.video(anna)
    finished = factories.completed(factories.job(video))
    videos.retire(video)
    clock.advance(hours=2)
    reconcile.reconcile()
    submission.remove(finished)
    clock.advance(hours=2)
    reconcile.reconcile()
    assert not Video.objects.filter(pk=video.pk).exists()


def test_a_run_without_its_video_cannot_be_tried_again(anna: User) -> None:
    video = factories.video(anna)
    cancelled = jobs.cancel(factories.job(video))
    videos.retire(video)
    with pytest.raises(InvalidState, match="Choose another video"):
        jobs.retry(cancelled)
