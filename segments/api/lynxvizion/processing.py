"""Start modules, watch them, stop them; and register a file that was put to its address."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from segments.api.lynxvizion import mapping
from segments.api.lynxvizion.asking import read, takes, uuid_of, video_of
from segments.api.lynxvizion.errors import Refused
from segments.api.lynxvizion.results import known_module
from segments.core.errors import InvalidRequest, InvalidState, Problem, TooLarge
from segments.core.modules import registry
from segments.domain import jobs, module_runs, sources, submission
from segments.domain.queries.analyses import VideoStatus, analysis_views
from segments.domain.queries.module_results import processing_json
from segments.models import Video
from segments.models.job import JobPriority

router = Router()
STARTABLE = (VideoStatus.UPLOADED, VideoStatus.FAILED)
MOST_BYTES = 4 << 30


class Start(BaseModel):
    """`selected_insights`: names of modules, as a list or as JSON text that holds one; absent means all."""

    selected_insights: str | list[str] | None = None


class Register(BaseModel):
    file_path: str
    file_name: str = ""
    file_size: int | None = Field(None, ge=0)
    job_id: str | None = None


@router.get("/modules", response=list[dict[str, Any]])
def modules(request: HttpRequest) -> list[dict[str, Any]]:
    """Every module, with the reason where one cannot be started here."""
    return [mapping.module_json(name) for name in registry.BUILT_IN]


@router.post("/processing/register-upload", response=dict[str, Any], openapi_extra=takes(Register))
def register_upload(request: HttpRequest) -> dict[str, Any]:
    """Make a video of a file that was put; a known path or job_id gives the video that there is."""
    sent = read(request, Register)
    if sent.file_size is not None and sent.file_size > MOST_BYTES:
        raise TooLarge(f"file_size is {sent.file_size}; this contract takes up to {MOST_BYTES} bytes.")
    uid = uuid_of("job_id", sent.job_id) if sent.job_id else None
    known = sources.registered(request.user, path=sent.file_path, uid=uid)
    video = known or sources.register(request.user, path=sent.file_path, name=sent.file_name, uid=uid)
    return {"success": True, "job_id": str(video.uid), "alreadyExists": known is not None}


@router.post("/processing/{job_id}/start", response=dict[str, Any], openapi_extra=takes(Start))
def start(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """Queue modules; from `uploaded` and `failed` only."""
    video = video_of(request, job_id)
    begin(video, chosen(read(request, Start).selected_insights))
    return processing_json(video)


@router.get("/processing/{job_id}/status", response=dict[str, Any])
def processing_status(request: HttpRequest, job_id: str) -> dict[str, Any]:
    return processing_json(video_of(request, job_id))


@router.post("/processing/{job_id}/cancel", response=dict[str, Any])
def cancel(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """Stop the run; what earlier runs found is to be seen again. Answers with the status that the video returns to."""
    video = video_of(request, job_id)
    job = jobs.open_modules_job(video)
    if job is None:
        raise InvalidState("No module waits or runs for this video, so there is nothing to cancel.")
    after = analysis_views([video])[video.pk].status_if_cancelled
    jobs.cancel(job)
    return {**processing_json(video), "status": after.value}


def begin(video: Video, modules: list[str]) -> None:
    """Queue these modules. Raises InvalidState unless the video is uploaded or failed."""
    with transaction.atomic():
        Video.objects.select_for_update().get(pk=video.pk)
        found = analysis_views([video])[video.pk].status
        if video.is_lost or found not in STARTABLE:
            wait = "Clear its segments first." if found == VideoStatus.COMPLETED else "Wait for it, or cancel it."
            why = "it could not be read. Upload it again." if video.is_lost else f"it is {found}. {wait}"
            raise InvalidState(f"This video cannot be started: {why}")
        if found == VideoStatus.FAILED:
            module_runs.discard(video, modules)
        submission.analyse(video, modules=modules, request={}, priority=JobPriority.NORMAL)


def chosen(sent: str | list[str] | None) -> list[str]:
    """The modules to run, in the order of the registry. Refuses unknown ones and those that cannot run here."""
    if sent is None:
        return registry.available()
    names = _listed(sent)
    if not names:
        text = "selected_insights is empty. Name at least one module, or leave it out for all."
        raise InvalidRequest([Problem("selected_insights", text)])
    for name in names:
        problems = registry.load(known_module(name, "selected_insights")).problems()
        if problems:
            text = f"{name} cannot be started here. {' '.join(problems)}"
            raise Refused(400, "module_unavailable", text, field="selected_insights", allowed=registry.available())
    return [name for name in registry.BUILT_IN if name in names]


def _listed(sent: str | list[str]) -> list[str]:
    try:
        names = json.loads(sent) if isinstance(sent, str) else sent
    except ValueError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        text = "selected_insights must be a list of names, or JSON text that holds one, as '[\"shots\"]'."
        raise InvalidRequest([Problem("selected_insights", text)])
    return names
