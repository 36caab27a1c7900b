"""Runs of modules: what can be read when, what a failing module takes along, what is left by runs that end early."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User

from segments.core.errors import EngineUnavailable, InvalidState
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, ModuleSegment, Skipped
from segments.core.progress import Progress, Report, silent
from segments.domain import jobs, module_runs
from segments.domain.queries.analyses import VideoStatus, analysis_views, module_rows, settled_rows
from segments.models import Job, Segment, Video
from segments.models.job import JobStatus
from tests import factories
from tests.core.engines import made

pytestmark = pytest.mark.django_db


class Asked:
    """A module that finds one segment over everything, or ends as it is told."""

    title = description = "For tests"

    def __init__(self, name: str, error: Exception | None = None, depends_on: tuple[str, ...] = ()) -> None:
        self.name = name
        self.error = error
        self.depends_on = depends_on

    def problems(self) -> list[str]:
        return []

    def needs(self) -> frozenset[str]:
        return frozenset()

    def find(self, evidence: Evidence, earlier: Earlier, _report: Report) -> list[ModuleSegment]:
        if self.error is not None:
            raise self.error
        rests_on = tuple((name, 0) for name in earlier)
        return [ModuleSegment(0, evidence.window.end, f"By {self.name}.", rests_on=rests_on)]


@pytest.fixture
def film(anna: User) -> Video:
    return factories.video(anna)


def worked(job: Job, *chosen: Asked, report: Report = silent) -> Job:
    facts = made.facts(60.0)
    module_runs.work(factories.begun(job), chosen, Evidence(facts, facts.whole), report)
    job.refresh_from_db()
    return job


def seen(rows: Iterable[Segment]) -> dict[str, int]:
    """Module → the run whose segments are shown."""
    return {row.module: row.job_id for row in rows}


def told_states(job: Job) -> list[tuple[str, str, int]]:
    payloads = [event.payload for event in job.events.filter(kind="module")]
    return [(each["module"], each["state"], each["total_segments"]) for each in payloads]


def view(video: Video) -> VideoStatus:
    return analysis_views([video])[video.pk].status


def test_only_what_was_asked_for_is_stored(film: Video) -> None:
    job = worked(factories.analysis(film, "scenes"), Asked("shots"), Asked("scenes", depends_on=("shots",)))
    assert (job.status, job.modules) == (JobStatus.COMPLETED, {"scenes": "completed"})
    assert [row.module for row in job.segments.all()] == ["scenes"]
    assert told_states(job) == [("scenes", "running", 0), ("scenes", "completed", 1)]
    assert "evidence" in job.segments.get().metadata, "nobody asked for the shots, so they have no ids"
    assert job.segments.get().metadata["evidence"] == []


def test_module_can_be_read_as_soon_as_it_is_done(film: Video) -> None:
    first = factories.analysed(factories.analysis(film, "shots", "scenes"))
    second = factories.analysis(film, "shots", "scenes")
    run = factories.begun(second)
    assert seen(module_rows(film)) == {"shots": first.pk, "scenes": first.pk}
    factories.told(run, "shots", (0, 20), (20, 60))
    assert seen(module_rows(film)) == {"shots": second.pk, "scenes": first.pk}
    assert module_rows(film, "shots").count() == analysis_views([film])[film.pk].counts["shots"] == 2
    assert seen(settled_rows(film, "shots")) == {"shots": first.pk}
    assert analysis_views([film])[film.pk].settled == {"shots": 1, "scenes": 2}
    factories.told(run, "scenes", (0, 60))
    module_runs.complete(run)
    assert seen(module_rows(film)) == {"shots": second.pk, "scenes": second.pk}
    assert not first.segments.exists()


@pytest.mark.parametrize("end", ["cancelled", "failed", "released"])
def test_run_that_does_not_complete_leaves_what_was_there(film: Video, end: str) -> None:
    first = factories.analysed(factories.analysis(film, "shots"))
    second = factories.analysis(film, "shots")
    run = factories.begun(second)
    factories.told(run, "shots", (0, 5), (5, 60))
    with jobs.held(run) as row:
        {
            "cancelled": jobs.confirm_cancel,
            "failed": lambda job: jobs.fail(job, "internal", ""),
            "released": jobs.release,
        }[end](row)
    assert seen(module_rows(film)) == {"shots": first.pk}
    second.refresh_from_db()
    assert second.modules == {"shots": {"cancelled": "skipped", "failed": "failed", "released": "pending"}[end]}


def test_other_modules_keep_what_earlier_runs_found(film: Video) -> None:
    first = factories.analysed(factories.analysis(film, "shots", "scenes"))
    second = factories.analysed(factories.analysis(film, "scenes"))
    assert seen(module_rows(film)) == {"shots": first.pk, "scenes": second.pk}


def test_one_failing_module_does_not_fail_the_run(film: Video) -> None:
    before = factories.analysed(factories.analysis(film, "transcription"))
    job = worked(
        factories.analysis(film, "transcription", "shots", "scenes"),
        Asked("transcription", EngineUnavailable("The recogniser is gone.")),
        Asked("shots"),
        Asked("scenes", ValueError("a bug"), depends_on=("shots",)),
    )
    assert job.modules == {"transcription": "failed", "shots": "completed", "scenes": "failed"}
    assert (job.status, job.error_code) == (JobStatus.COMPLETED, "modules_failed")
    assert job.error_message == "transcription: The recogniser is gone. scenes: Something broke on our side."
    assert seen(module_rows(film)) == {"transcription": before.pk, "shots": job.pk}


def test_what_builds_on_a_failed_module_fails_too(film: Video) -> None:
    chosen = (Asked("transcription"), Asked("shots", ValueError("a bug")), Asked("scenes", depends_on=("shots",)))
    job = worked(factories.analysis(film, "transcription", "scenes"), *chosen)
    assert job.modules == {"transcription": "completed", "scenes": "failed"}
    assert job.error_message == "scenes: It builds on shots, which could not be finished."


def test_run_fails_when_every_module_fails(film: Video) -> None:
    job = worked(factories.analysis(film, "shots"), Asked("shots", ValueError("a bug")))
    assert (job.status, job.modules, job.error_code) == (JobStatus.FAILED, {"shots": "failed"}, "modules_failed")


def test_module_without_anything_to_look_at_is_skipped(film: Video) -> None:
    factories.analysed(factories.analysis(film, "transcription"))
    job = worked(factories.analysis(film, "transcription"), Asked("transcription", Skipped("There is no sound.")))
    assert (job.status, job.modules, job.error_code) == (JobStatus.COMPLETED, {"transcription": "skipped"}, "")
    assert job.warnings == ["There is no sound."]
    assert not module_rows(film).exists(), "this run found that there is nothing"


def test_faults_that_pass_end_the_run_not_the_module(film: Video) -> None:
    with pytest.raises(OSError, match="gone"):
        worked(factories.analysis(film, "shots"), Asked("shots", OSError("gone")))


def test_evidence_names_the_segments_that_were_stored(film: Video) -> None:
    job = worked(factories.analysis(film, "shots", "scenes"), Asked("shots"), Asked("scenes"))
    shot, scene = job.segments.order_by("pk")
    assert scene.metadata["evidence"] == [str(shot.pk)]


def test_clearing_removes_what_modules_found_and_nothing_else(film: Video) -> None:
    task = factories.completed(factories.job(film))
    job = factories.analysed(factories.analysis(film, "shots"))
    assert view(film) == VideoStatus.COMPLETED
    module_runs.clear(film)
    job.refresh_from_db()
    assert (job.status, job.cleared_at is None) == (JobStatus.COMPLETED, False)
    assert not module_rows(film).exists()
    assert task.segments.count() == 2
    assert view(film) == VideoStatus.UPLOADED
    module_runs.clear(film)
    factories.analysed(factories.analysis(film, "shots"))
    assert view(film) == VideoStatus.COMPLETED


def test_clearing_is_refused_while_an_analysis_is_open(film: Video) -> None:
    factories.analysed(factories.analysis(film, "shots"))
    factories.analysis(film, "shots")
    with pytest.raises(InvalidState):
        module_runs.clear(film)
    assert module_rows(film).exists()


def test_status_of_a_video_follows_its_latest_analysis(film: Video) -> None:
    assert view(film) == VideoStatus.UPLOADED
    job = factories.analysis(film, "shots")
    assert view(film) == VideoStatus.QUEUED
    factories.begun(job)
    assert view(film) == VideoStatus.PROCESSING
    jobs.fail(job, "media_timeout", "")
    found = analysis_views([film])[film.pk]
    assert (found.status, found.error) == (VideoStatus.FAILED, "Reading this file took too long.")
    assert found.seconds is not None
    jobs.retry(job)
    assert (view(film), analysis_views([film])[film.pk].error) == (VideoStatus.QUEUED, None)


def test_cancelled_analysis_does_not_count(film: Video) -> None:
    factories.analysed(factories.analysis(film, "shots"))
    job = factories.analysis(film, "shots")
    found = analysis_views([film])[film.pk]
    assert (found.status, found.status_if_cancelled) == (VideoStatus.QUEUED, VideoStatus.COMPLETED)
    jobs.cancel(job)
    assert view(film) == VideoStatus.COMPLETED


def test_retry_of_a_cleared_analysis_counts_again(film: Video) -> None:
    job = factories.failed(factories.analysis(film, "shots"))
    module_runs.clear(film)
    assert view(film) == VideoStatus.UPLOADED
    jobs.retry(job)
    assert view(film) == VideoStatus.QUEUED


def test_work_tells_how_far_it_is(film: Video) -> None:
    told: list[Progress] = []
    worked(factories.analysis(film, "shots", "scenes"), Asked("shots"), Asked("scenes"), report=told.append)
    assert [(each.done, each.total) for each in told] == [(0, 2), (1, 2), (1, 1)]
