"""Analysis jobs: queue, look, retry, cancel. `uploading_to_vlm` is never entered: analysis runs here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from segments.api.videos import answers, mapping, schemas
from segments.core.errors import InvalidRequest, InvalidState, NotFound, Problem
from segments.core.modules import registry
from segments.domain import access, jobs, submission
from segments.domain.queries.analyses import queue_position
from segments.models import Job, Video
from segments.models.job import JobPriority, JobStatus

router = Router()
#: What each type means; modules that are not installed are left out.
TYPES: dict[str, tuple[str, ...]] = {
    "full_vlm": tuple(registry.BUILT_IN),
    "scene_detection": ("shots", "grouped_shots", "scenes"),
    "frame_sample": ("visualelements", "shots", "scenes"),
    "transcript": ("transcription",),
}
PRIORITIES = {"low": JobPriority.LOW, "normal": JobPriority.NORMAL, "high": JobPriority.HIGH}


def start(video: Video, analysis_type: str, priority: str = "normal") -> Job:
    """The analysis of this type, or the one that waits or runs already."""
    request = {"analysis_type": analysis_type, "priority": priority}
    return submission.analyse(video, modules=modules_of(analysis_type), request=request, priority=PRIORITIES[priority])


def modules_of(analysis_type: str) -> list[str]:
    here = registry.available()
    found = [name for name in TYPES[analysis_type] if name in here]
    if not found:
        text = f"{analysis_type} needs {', '.join(TYPES[analysis_type])}, which this server does not have."
        raise InvalidRequest([Problem("analysis_type", text)])
    return found


@router.post("/queue", response=answers.or_refusal(answers.Queued, 202))
def queue(request: HttpRequest, payload: schemas.Queue) -> Status[dict[str, Any]]:
    """Start an analysis, or join the one that waits or runs."""
    video = access.video_for(request.user, payload.media_id)
    if not video.is_ready:
        raise InvalidState(f"The upload is {video.upload_status}. Queue the analysis once it is completed.")
    job = start(video, payload.analysis_type, payload.priority)
    return Status(202, mapping.queued_json(job, queue_position(job)))


@router.get("/jobs/{analysis_job_id}", response=answers.or_refusal(answers.JobStatus))
def job_status(request: HttpRequest, analysis_job_id: str) -> dict[str, Any]:
    return mapping.job_json(access.analysis_for(request.user, analysis_job_id))


@router.get("/status/{media_id}", response=answers.or_refusal(answers.JobStatus))
def media_status(request: HttpRequest, media_id: str) -> dict[str, Any]:
    """The analysis of this video that was queued last."""
    video = access.video_for(request.user, media_id)
    job = access.analyses_of(request.user).filter(video=video).first()
    if job is None:
        raise NotFound("This video was never queued for analysis.")
    return mapping.job_json(job)


@router.post("/jobs/{analysis_job_id}/retry", response=answers.or_refusal(answers.Retried, 202))
def retry(request: HttpRequest, analysis_job_id: str, payload: schemas.Retry) -> Status[dict[str, Any]]:
    """Run a failed or cancelled job again under the same id, before others, up to three times."""
    job = access.analysis_for(request.user, analysis_job_id)
    if job.video.uid != access.as_uid(payload.media_id, "analysis"):
        raise NotFound("There is no analysis with this address. It may have been deleted.")
    return Status(202, mapping.retried_json(jobs.retry(job)))


@router.post("/jobs/{analysis_job_id}/cancel", response=answers.or_refusal(answers.JobStatus))
def cancel(request: HttpRequest, analysis_job_id: str, payload: schemas.Cancel | None = None) -> dict[str, Any]:
    """Stop a job: at once when it waits, at its next sign of life when it runs. Repeating is harmless."""
    job = access.analysis_for(request.user, analysis_job_id)
    if job.status in (JobStatus.COMPLETED, JobStatus.FAILED):
        raise InvalidState(f"This analysis is {job.status} already, so it cannot be cancelled.")
    return mapping.job_json(jobs.cancel(job))
