"""Addresses for bytes: to put a file at, and to fetch it from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from segments.api.lynxvizion.asking import read, takes, unknown_job
from segments.core.errors import InvalidRequest, Problem
from segments.domain import links, sources
from segments.domain.queries.module_results import time

router = Router()


class UploadUrl(BaseModel):
    """`key` is the older name of `file_name`."""

    file_name: str = ""
    key: str = ""
    content_type: str = "video/mp4"
    expires_in: int = Field(3600, ge=300, le=7200)


class DownloadUrl(BaseModel):
    """`key` is the older name of `file_path`."""

    file_path: str = ""
    key: str = ""


@router.post("/storage/upload-url", response=dict[str, Any], openapi_extra=takes(UploadUrl))
def upload_url(request: HttpRequest) -> dict[str, Any]:
    """Where to PUT the bytes of a file; register the file afterwards."""
    sent = read(request, UploadUrl)
    name = sent.file_name or sent.key
    if not name.strip():
        raise InvalidRequest([Problem("file_name", "file_name is missing. Send the name of the file.")])
    place = sources.reserve(request.user, file_name=name, seconds=sent.expires_in)
    return {
        "success": True,
        "upload_url": links.absolute(request.build_absolute_uri("/"), place.upload_path),
        "file_path": place.path,
        "public_url": "",
        "user_id": sources.owner_uid(request.user),
        "sanitized_filename": place.name,
        "original_filename": name,
        "expires_at": time(place.expires_at),
    }


@router.post("/storage/download-url", response=dict[str, Any], openapi_extra=takes(DownloadUrl))
def download_url(request: HttpRequest) -> dict[str, Any]:
    """A signed address from which the file can be fetched for an hour, without a key."""
    sent = read(request, DownloadUrl)
    video = sources.registered(request.user, path=sent.file_path or sent.key, uid=None)
    if video is None:
        raise unknown_job()
    return {"url": links.absolute(request.build_absolute_uri("/"), links.source(video))}
