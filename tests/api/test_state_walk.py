"""A run walks through all its states, and every surface tells the same: the status table of the data model.

Two kinds of run share the table: a segmentation (`/v1.3`, the Segment page) and an analysis by modules (`/api`,
`/api/v2`, the Videos page). Both are led through the same states over the same video. Where the table says `failed`
for a cancelled task, the newer contract of the task API has a word of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from segments.domain import access, api_keys, jobs, module_runs
from segments.models import Job, Video
from segments.models.job import JobStatus
from tests import factories

pytestmark = pytest.mark.django_db


@dataclass
class Surfaces:
    """What each surface says about the video and its latest runs; the page is entered from this computer."""

    video: Video
    key: str
    page: Client

    def task(self, job: Job | None) -> str | None:
        if job is None:
            return None
        answer = self.page.get(f"/v1.3/analyze/tasks/{job.task_id}", headers={"x-api-key": self.key})
        return str(answer.json()["status"])

    def run_on_page(self, job: Job | None) -> str | None:
        if job is None:
            return None
        row = self.page.get(f"/jobs/{job.uid}/row/").content.decode()
        return row.partition('data-run-state="')[2].partition('"')[0]

    def v2(self, path: str) -> Any:
        return self.page.get(f"/api/v2/{path}", headers={"Authorization": f"Bearer {self.key}"}).json()

    def analysis(self) -> str | None:
        """The job of `/api/v2`, asked by video and by file; None is a 404."""
        job = self.v2(f"video-analysis/status/{self.video.uid}").get("status")
        assert self.v2(f"files/{self.video.uid}")["video_analysis_status"] == job
        assert self.v2(f"files/{self.video.uid}/processing-status")["video_analysis_status"] == job
        return job if job is None else str(job)

    def lynx(self, path: str) -> Any:
        return self.page.get(f"/api/{path}", headers={"Authorization": self.key}).json()

    def video_as_job(self) -> str:
        """The video of `/api`, by every way to ask."""
        status = self.lynx(f"videos/{self.video.uid}")["status"]
        assert [each["status"] for each in self.lynx(f"videos?status={status}")] == [status]
        for path in ("processing/{}/status", "results/job/{}", "aggregated_results/{}"):
            assert self.lynx(path.format(self.video.uid))["status"] == status
        return str(status)

    def video_on_page(self) -> str:
        (row,) = self.page.get("/videos/").context["library"].rows
        busy = self.page.get(f"/videos/{self.video.uid}/").context["page"].is_busy
        assert busy == (row.status in ("queued", "processing"))
        return str(row.status)

    def scenes(self) -> int:
        """How many there are, said alike by everybody."""
        listed = self.v2(f"videos/{self.video.uid}/scenes")
        lanes = {
            lane["id"]: lane["segments"]
            for lane in self.page.get(f"/videos/{self.video.uid}/tracks.json").json()["lanes"]
        }
        segments = self.lynx(f"videos/{self.video.uid}/segments?module=scenes")
        assert listed["count"] == len(listed["scenes"]) == len(lanes.get("Scenes", [])) == len(segments)
        assert [each["metadata"]["scene_id"] for each in segments] == [each["scene_id"] for each in listed["scenes"]]
        return int(listed["count"])


class Walk:
    """Leads one run of each kind."""

    def __init__(self, video: Video) -> None:
        self.video = video
        self.task: Job | None = None
        self.analysis: Job | None = None

    def nothing(self) -> None:
        """The upload is done, and that is all."""

    def start(self) -> None:
        self.task = factories.job(self.video)
        self.analysis = factories.analysis(self.video, "shots", "scenes")

    def begin(self) -> None:
        for job in self._both():
            factories.claimed(job)

    def hand_over(self) -> None:
        """What a backend elsewhere would do first; the local one never does."""
        self._write(JobStatus.UPLOADING_TO_VLM)

    def work(self) -> None:
        self._write(JobStatus.PROCESSING)

    def complete(self) -> None:
        task, analysis = self._both()
        factories.completed(task)
        factories.analysed(analysis)

    def finish(self) -> None:
        """Complete what runs already."""
        task, analysis = self._both()
        with jobs.held(jobs.Run(task.pk, task.uid, task.fence)) as row:
            jobs.finish(row)
        run = jobs.Run(analysis.pk, analysis.uid, analysis.fence)
        module_runs.begin(run)
        for name in ("shots", "scenes"):
            factories.told(run, name)
        module_runs.complete(run)

    def cancel(self) -> None:
        for job in self._both():
            jobs.cancel(job)

    def fail(self) -> None:
        for job in self._both():
            jobs.fail(job, "media_timeout", "")

    def retry(self) -> None:
        for job in self._both():
            jobs.retry(job)

    def clear(self) -> None:
        module_runs.clear(self.video)

    def _both(self) -> tuple[Job, Job]:
        assert self.task is not None
        assert self.analysis is not None
        for job in (self.task, self.analysis):
            job.refresh_from_db()
        return self.task, self.analysis

    def _write(self, status: JobStatus) -> None:
        Job.objects.filter(pk__in=[job.pk for job in self._both()]).update(status=status)


def test_every_state_reads_the_same_on_every_surface() -> None:
    owner, local = access.local_owner(), Client(SERVER_NAME="localhost")
    video = factories.video(owner)
    walk, say = Walk(video), Surfaces(video, api_keys.create(owner, name="walk")[1], local)
    #: step → task of /v1.3, run on the page, job of /api/v2, video of /api and of the page, scenes to see
    steps: list[tuple[Callable[[], None], tuple[str | None, str | None, str | None, str, int]]] = [
        (walk.nothing, (None, None, None, "uploaded", 0)),
        (walk.start, ("pending", "waiting", "pending", "queued", 0)),
        (walk.begin, ("processing", "processing", "processing", "processing", 0)),
        (walk.hand_over, ("processing", "processing", "uploading_to_vlm", "processing", 0)),
        (walk.work, ("processing", "processing", "processing", "processing", 0)),
        (walk.finish, ("ready", "none-found", "completed", "completed", 2)),
        (walk.start, ("pending", "waiting", "pending", "queued", 2)),
        (walk.cancel, ("canceled", "cancelled", "cancelled", "completed", 2)),
        (walk.start, ("pending", "waiting", "pending", "queued", 2)),
        (walk.begin, ("processing", "processing", "processing", "processing", 2)),
        (walk.fail, ("failed", "failed", "failed", "failed", 2)),
        (walk.retry, ("pending", "waiting", "pending", "queued", 2)),
        (walk.complete, ("ready", "done", "completed", "completed", 2)),
        (walk.clear, ("ready", "done", "completed", "uploaded", 0)),
    ]
    for number, (step, expected) in enumerate(steps):
        step()
        told = (say.task(walk.task), say.run_on_page(walk.task), say.analysis(), say.video_as_job(), say.scenes())
        assert told == expected, f"after step {number}, {step.__name__}"
        assert say.video_on_page() == told[3]
