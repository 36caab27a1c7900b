"""The library: upload in one request, list, describe, delete, download."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import File, Form, Query, Router, Status, UploadedFile

from segments import streaming
from segments.api.videos import analysis, answers, mapping, schemas
from segments.api.videos.auth import PICTURES
from segments.core.errors import InvalidRequest, Problem, TooLarge
from segments.core.evidence.subtitle_files import MAX_BYTES
from segments.domain import access, storage, subtitles, uploads, videos
from segments.models import Video

router = Router()
SORTS = {"title": "title", "original_filename": "name", "size_bytes": "size_bytes"}
TAG = re.compile(r"[\w \-]{1,50}")


class TooLargeForOneRequest(TooLarge):
    """The same bytes are welcome in chunks."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"The file has {size} bytes; one request takes up to {limit}. Send it in chunks: "
            "POST /api/v2/video-uploads/initiate."
        )
        self.details = {"limit": limit, "chunked": "/api/v2/video-uploads/initiate"}


@router.post("/upload", response=answers.or_refusal(answers.FileUploaded, 201, 413))
def upload(request: HttpRequest, file: File[UploadedFile], form: Form[schemas.UploadForm]) -> Status[dict[str, Any]]:
    """A whole film in one request. `tags` is a list with commas; `skip_duplicates` compares contents."""
    size = file.size or 0
    if size > settings.SINGLE_UPLOAD_BYTES:
        raise TooLargeForOneRequest(size, settings.SINGLE_UPLOAD_BYTES)
    if form.project_id:
        raise InvalidRequest([Problem("project_id", "Files are not kept in projects here. Leave project_id out.")])
    tags = _tags(form.tags)
    known = uploads.twin(request.user, file) if form.skip_duplicates else None
    video = known or uploads.receive(request.user, name=file.name or "", file=file, title=form.title, tags=tags)
    job = analysis.start(video, "full_vlm") if form.auto_describe and known is None else None
    return Status(201, mapping.uploaded_json(video, job, deduplicated=known is not None))


@router.get("", response=answers.or_refusal(answers.FilePage))
def list_files(request: HttpRequest, query: Query[schemas.FileQuery]) -> dict[str, Any]:
    rows = access.videos_of(request.user)
    if query.search:
        rows = rows.filter(Q(name__icontains=query.search) | Q(title__icontains=query.search))
    if query.media_types and "video" not in query.media_types:
        rows = rows.none()
    if query.date_from:
        rows = rows.filter(created_at__gte=mapping.aware(query.date_from))
    if query.date_to:
        rows = rows.filter(created_at__lte=mapping.aware(query.date_to))
    if query.tags:  # SQLite cannot look into JSON lists
        wanted = set(query.tags)
        rows = rows.filter(pk__in=[pk for pk, tags in rows.values_list("pk", "tags") if wanted <= set(tags)])
    order = SORTS.get(query.sort_by, query.sort_by)
    sign = "-" if query.sort_order == "desc" else ""
    total = rows.count()
    found = list(rows.order_by(f"{sign}{order}", f"{sign}pk")[query.offset : query.offset + query.limit])
    more = query.offset + len(found) < total
    return {"files": mapping.records_json(found), "total_count": total, "has_more": more}


@router.get("/{file_id}", response=answers.or_refusal(answers.FileRecord))
def retrieve(request: HttpRequest, file_id: str) -> dict[str, Any]:
    return mapping.records_json([access.video_for(request.user, file_id)])[0]


@router.get("/{file_id}/processing-status", response=answers.or_refusal(answers.Processing))
def processing_status(request: HttpRequest, file_id: str) -> dict[str, Any]:
    """How far upload, probing and analysis are."""
    return mapping.processing_json(access.video_for(request.user, file_id))


@router.patch("/{file_id}", response=answers.or_refusal(answers.FileDescribed))
def update(request: HttpRequest, file_id: str, payload: schemas.FileUpdate) -> dict[str, Any]:
    video = videos.describe(access.video_for(request.user, file_id), title=payload.title, tags=payload.tags)
    record = mapping.records_json([video])[0]
    return {name: record[name] for name in ("id", "title", "tags", "updated_at")}


@router.delete("/{file_id}", response=answers.or_refusal(answers.FileDeleted))
def delete(request: HttpRequest, file_id: str) -> dict[str, Any]:
    """Gone from every list at once; running work is cancelled; the bytes go an hour later."""
    video = access.video_for(request.user, file_id)
    videos.remove(video)
    message = "The file was deleted. Its bytes are removed within two hours."
    return {"id": str(video.uid), "deleted_at": mapping.time(timezone.now()), "message": message}


@router.post("/{file_id}/subtitles", response=answers.or_refusal(answers.FileSubtitles))
def add_subtitles(request: HttpRequest, file_id: str) -> dict[str, Any]:
    """Part `file`: SRT or WebVTT, read by later runs instead of the film's own track. Replaces the one before."""
    video = access.video_for(request.user, file_id)
    file = request.FILES.get("file")  # not a parameter: those are parsed before we know whose video it is
    if file is None:
        raise InvalidRequest([Problem("file", "The part file is missing. Send the subtitles in it, as SRT or WebVTT.")])
    subtitles.add(video, name=file.name or "subtitles", content=file.read(MAX_BYTES + 1))
    video.refresh_from_db(fields=["subtitles"])
    return {"id": str(video.uid), "subtitles": video.subtitles}


@router.delete("/{file_id}/subtitles", response=answers.or_refusal(answers.FileSubtitles))
def remove_subtitles(request: HttpRequest, file_id: str) -> dict[str, Any]:
    """Later runs read the film's own track again. Also fine when there were none."""
    video = access.video_for(request.user, file_id)
    subtitles.remove(video)
    return {"id": str(video.uid), "subtitles": None}


@router.get("/{file_id}/download", response=answers.or_refusal(None))
def download(request: HttpRequest, file_id: str) -> HttpResponseBase:
    """The file as it was uploaded, in ranges if asked."""
    return _stream(request, access.video_for(request.user, file_id), storage.SOURCE, attachment=True)


@router.get("/{file_id}/thumbnail", response=answers.or_refusal(None), auth=PICTURES)
def thumbnail(request: HttpRequest, file_id: str) -> HttpResponseBase:
    """A poster of the video, as JPEG; also for the page that is entered."""
    return _stream(request, access.video_for(request.user, file_id), storage.POSTER)


def _stream(request: HttpRequest, video: Video, name: str, *, attachment: bool = False) -> HttpResponseBase:
    path, size = streaming.found(video, name)
    return streaming.respond(request, video, path, size, name, attachment=attachment)


def _tags(text: str) -> list[str]:
    found = [tag.strip() for tag in text.split(",") if tag.strip()]
    if len(found) > 20 or not all(TAG.fullmatch(tag) for tag in found):
        words = "Up to 20 tags of 1 to 50 letters, digits, spaces, - and _, separated by commas."
        raise InvalidRequest([Problem("tags", words)])
    return found
