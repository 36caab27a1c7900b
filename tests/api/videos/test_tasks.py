"""Segmentation tasks through both of our clients."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.client import (
    ClientTimeoutError,
    ConflictError,
    ResourceNotFoundError,
    ValidationError,
    VideoAnalysisError,
)
from segments.models import Job, Video
from tests import factories
from tests.api.videos.conftest import Speaker, aside

SHOT = {"id": "shot", "description": "One camera take between two cuts.", "fields": []}


@pytest.fixture
def video(owner: User) -> Video:
    return factories.video(owner)


def created(sdk: Speaker, video: Video, **settings: Any) -> Job:
    task = sdk("analyze.tasks.create", str(video.uid), [SHOT], **settings)
    return Job.objects.get(task_id=task.task_id)


def test_task_ends_with_its_segments(sdk: Speaker, video: Video) -> None:
    job = created(sdk, video, custom_id="mine", end_time=60.0)
    heard: list[str] = []

    def look(task: Any) -> None:
        heard.append(task.status)
        if len(heard) == 2:
            aside(lambda: factories.completed(job, (0, 20), (20, 60)))

    task = sdk("analyze.tasks.wait_for_completion", job.task_id, on_progress=look)
    assert (heard, task.custom_id, task.is_ready) == (["pending", "pending", "ready"], "mine", True)
    assert [(each["start_time"], each["end_time"]) for each in task.segments["shot"]] == [(0, 20), (20, 60)]
    assert sdk.settings["clock"].slept == [2, 3]


def test_tasks_are_listed_and_deleted(sdk: Speaker, video: Video) -> None:
    job = created(sdk, video)
    page = sdk("analyze.tasks.list", page_limit=5, status="pending")
    assert ([task.task_id for task in page], page.total_results, len(page)) == ([job.task_id], 1, 1)
    assert sdk("analyze.tasks.delete", job.task_id) is None
    with pytest.raises(ResourceNotFoundError):
        sdk("analyze.tasks.retrieve", job.task_id)


def test_cancelled_task_ends_the_wait(sdk: Speaker, video: Video) -> None:
    job = created(sdk, video)
    assert sdk("analyze.tasks.cancel", job.task_id).status == "canceled"
    with pytest.raises(VideoAnalysisError) as ended:
        sdk("analyze.tasks.wait_for_completion", job.task_id)
    assert (ended.value.details["status"], ended.value.analysis_job_id) == ("canceled", job.task_id)


def test_wait_for_a_task_runs_out_of_time(sdk: Speaker, video: Video) -> None:
    job = created(sdk, video)
    with pytest.raises(ClientTimeoutError) as late:
        sdk("analyze.tasks.wait_for_completion", job.task_id, timeout=4)
    assert (late.value.last_result.status, sdk.settings["clock"].slept) == ("pending", [2, 2])


def test_refusals_have_their_classes(sdk: Speaker, video: Video) -> None:
    with pytest.raises(ValidationError):
        sdk("analyze.tasks.create", str(video.uid), [{"id": "shot"}])
    with pytest.raises(ResourceNotFoundError):
        sdk("analyze.tasks.create", str(factories.NOWHERE), [SHOT])
    job = created(sdk, video)
    factories.completed(job)
    with pytest.raises(ConflictError):
        sdk("analyze.tasks.cancel", job.task_id)
