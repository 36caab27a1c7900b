"""The library: upload in one request, list, describe, delete, stream, pictures of segments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from pydantic import BaseModel

from segments import streaming
from segments.api.lynxvizion import mapping, processing
from segments.api.lynxvizion.asking import number_of, read, takes, video_of
from segments.core.errors import InvalidRequest, NotFound, Problem
from segments.domain import access, projects, sources, stills, uploads, videos
from segments.domain.queries.analyses import VideoStatus, module_rows

router = Router()


class VideoForm(Schema):
    name: str = ""
    project_id: str = ""
    selected_insights: str | None = None
    start: bool = False


class VideoQuery(Schema):
    project_id: str = ""
    status: str = ""


class VideoChange(BaseModel):
    name: str | None = None
    description: str | None = None
    project_id: str | None = None


@router.post("/videos", response={201: dict[str, Any]})
def upload(request: HttpRequest, file: File[UploadedFile], form: Form[VideoForm]) -> Status[dict[str, Any]]:
    """A whole film in one request; with `start` its modules are queued too."""
    modules = processing.chosen(form.selected_insights)
    name = form.name or file.name or ""
    sources.require_extension(file.name or name, "file")
    project = projects.of(request.user, number_of(form.project_id, "project")) if form.project_id else None
    video = uploads.receive(request.user, name=name, file=file)
    if project:
        projects.put(video, project)
    if form.start:
        processing.begin(video, modules)
    return Status(201, mapping.video_json(video))


@router.get("/videos", response=list[dict[str, Any]])
def list_videos(request: HttpRequest, query: Query[VideoQuery]) -> list[dict[str, Any]]:
    """Newest first, also those that are being read; of one project, of one status."""
    if query.status and query.status not in list(VideoStatus):
        allowed = ", ".join(VideoStatus)
        raise InvalidRequest([Problem("status", f"There is no status {query.status[:40]!r}. Use one of: {allowed}.")])
    rows = access.received_videos_of(request.user)
    if query.project_id:
        rows = rows.filter(project=projects.of(request.user, number_of(query.project_id, "project")))
    found = mapping.videos_json(list(rows))
    return [video for video in found if not query.status or video["status"] == query.status]


@router.get("/videos/{job_id}", response=dict[str, Any])
def retrieve(request: HttpRequest, job_id: str) -> dict[str, Any]:
    return mapping.video_json(video_of(request, job_id))


@router.patch("/videos/{job_id}", response=dict[str, Any], openapi_extra=takes(VideoChange))
def change(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """Name, description, project; `project_id: null` takes it off its shelf."""
    video = video_of(request, job_id)
    sent = read(request, VideoChange)
    if "project_id" in sent.model_fields_set:
        wanted = projects.of(request.user, number_of(sent.project_id, "project")) if sent.project_id else None
        projects.put(video, wanted)
    if sent.name is not None:
        videos.rename(video, name=sent.name)
    if sent.description is not None:
        projects.describe(video, sent.description)
    return mapping.video_json(video_of(request, job_id))


@router.delete("/videos/{job_id}", response=dict[str, Any])
def delete(request: HttpRequest, job_id: str, keep_file: bool = False) -> dict[str, Any]:
    """The video, its segments and its reports. `keep_file` leaves its bytes to be registered anew."""
    video = video_of(request, job_id)
    if keep_file:
        sources.put_back(video)
    videos.remove(video)
    return {"ok": True}


@router.get("/videos/{job_id}/stream", response={200: None})
def stream(request: HttpRequest, job_id: str) -> HttpResponseBase:
    """The copy that browsers can play, in ranges if asked."""
    video = video_of(request, job_id)
    name = videos.playable_name(video)
    if name is None:
        raise NotFound("There is no copy of this video yet that browsers can play.")
    path, size = streaming.found(video, name)
    return streaming.respond(request, video, path, size, name)


@router.get("/videos/{job_id}/thumbnails/{segment_id}.jpg", response={200: None})
def thumbnail(request: HttpRequest, job_id: str, segment_id: str) -> HttpResponseBase:
    """A picture of the middle of a segment."""
    video = video_of(request, job_id)
    row = module_rows(video).filter(pk=number_of(segment_id, "segment")).first()
    if row is None:
        raise NotFound("There is no segment with this id in this video.")
    return HttpResponse(stills.of_segment(row).read_bytes(), content_type="image/jpeg")
