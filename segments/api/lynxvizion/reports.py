"""Shared reports: what modules found in a video, for whoever has the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel

from segments.api.lynxvizion import mapping
from segments.api.lynxvizion.asking import moment_of, number_of, read, takes, unknown_job, video_of
from segments.domain import access, links, shared_reports
from segments.domain.queries.analyses import analysis_views, module_rows
from segments.domain.queries.module_results import by_module, segments_json, time
from segments.models import SharedReport, Video

router = Router()


class NewReport(BaseModel):
    """`video_id` is the `job_id` of a video, or its `id`; with `with_video` the film can be played there too."""

    video_id: str
    expires_at: str | None = None
    with_video: bool = False


@router.post("/shared-reports", response={201: dict[str, Any]}, openapi_extra=takes(NewReport))
def share(request: HttpRequest) -> Status[dict[str, Any]]:
    """Make a public address of a video's results. `url` is a page for people."""
    sent = read(request, NewReport)
    video = _video(request, sent.video_id)
    expires = moment_of("expires_at", sent.expires_at) if sent.expires_at else None
    row = shared_reports.create(video, expires_at=expires, with_video=sent.with_video)
    return Status(201, _json(request, row))


@router.get("/shared-reports/{report}", response=dict[str, Any], auth=None)
def public_report(request: HttpRequest, report: str) -> dict[str, Any]:
    """By the hash of its address; no key is needed. Unknown, expired and switched off are the same answer."""
    row = shared_reports.published(report)
    return {
        "share_hash": row.share_hash,
        "video": _public_video(row.video),
        "created_at": time(row.created_at),
        "modules": by_module([_public(each) for each in _segments(row.video)]),
    }


@router.delete("/shared-reports/{report}", response=dict[str, Any])
def delete_report(request: HttpRequest, report: str) -> dict[str, Any]:
    """By its id; the address shows nothing from then on."""
    shared_reports.remove(shared_reports.own(request.user, number_of(report, "report")))
    return {"ok": True}


@router.get("/videos/{job_id}/shared-reports", response=list[dict[str, Any]])
def list_reports(request: HttpRequest, job_id: str) -> list[dict[str, Any]]:
    """Those of one video, newest first, also expired ones."""
    video = video_of(request, job_id)
    rows = video.shared_reports.select_related("video__owner").order_by("-created_at", "-pk")
    return [_json(request, row) for row in rows]


def _video(request: HttpRequest, text: str) -> Video:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return video_of(request, text)
    row = access.received_videos_of(request.user).filter(pk=int(text)).first()
    if row is None:
        raise unknown_job()
    return row


def _json(request: HttpRequest, row: SharedReport) -> dict[str, Any]:
    root = request.build_absolute_uri("/")
    return {**mapping.report_json(row), "url": links.absolute(root, f"/shared/{row.share_hash}/")}


def _public_video(video: Video) -> dict[str, Any]:
    told = mapping.video_json(video, analysis_views([video])[video.pk])
    return {name: told[name] for name in ("id", "job_id", "name", "description", "status", "duration", "created_at")}


def _segments(video: Video) -> list[dict[str, Any]]:
    return segments_json(module_rows(video), video)


def _public(segment: dict[str, Any]) -> dict[str, Any]:
    """Without addresses that ask for a key."""
    metadata = {name: value for name, value in (segment["metadata"] or {}).items() if name != "thumbnail_url"}
    return {**segment, "metadata": metadata or None}
