"""Uploads in numbered chunks: initiate, PUT each chunk to its address, confirm each, complete."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status

from segments.api.videos import analysis, answers, mapping, schemas
from segments.core.errors import NotFound
from segments.domain import access, chunked_uploads
from segments.models import Upload, Video
from segments.models.video import VideoUploadStatus

router = Router()
NO_UPLOAD = "There is no upload with these identifiers. It may have been deleted."


@router.post("/initiate", response=answers.or_refusal(answers.UploadSession, 201, 413))
def initiate(request: HttpRequest, payload: schemas.Initiate) -> Status[dict[str, Any]]:
    """Open an upload; the answer holds a signed address for every chunk."""
    return Status(201, mapping.session_json(_open(request, payload)))


@router.post("/batch/initiate", response=answers.or_refusal(answers.Batch, 201, 413))
def batch_initiate(request: HttpRequest, payload: schemas.BatchInitiate) -> Status[dict[str, Any]]:
    """Open up to ten uploads, or none when one is refused. Each is completed by itself."""
    with transaction.atomic():
        opened = [_open(request, each) for each in payload.videos]
    answer = {
        "batch_id": str(uuid.uuid4()),
        "videos": [mapping.session_json(upload) for upload in opened],
        "total_videos": len(opened),
        "total_size_bytes": sum(upload.length for upload in opened),
        "estimated_time_seconds": None,
        "processing_priority": payload.processing_priority,
    }
    return Status(201, answer)


@router.post("/chunks/confirm", response=answers.or_refusal(answers.ChunkConfirmed))
def confirm_chunk(request: HttpRequest, payload: schemas.ChunkConfirm) -> dict[str, Any]:
    """Say what was sent: the ETag of the PUT and the size. Repeating is harmless."""
    upload = _upload(request, payload)
    chunked_uploads.confirm(upload, payload.chunk_number, etag=payload.etag, size=payload.size_bytes)
    facts = mapping.progress_json(upload)
    kept = ("chunks_completed", "total_chunks", "progress_percent", "estimated_time_remaining")
    return {"chunk_number": payload.chunk_number, "status": "completed", **{name: facts[name] for name in kept}}


@router.post("/chunks/retry", response=answers.or_refusal(answers.ChunkAddress))
def retry_chunk(request: HttpRequest, payload: schemas.ChunkRetry) -> dict[str, Any]:
    """A new address for a chunk that failed, up to three times."""
    link, attempt = chunked_uploads.retry(_upload(request, payload), payload.chunk_number)
    return {
        "chunk_number": link.number,
        "upload_url": link.path,
        "expires_at": mapping.time(link.expires_at),
        "retry_attempt": attempt,
        "max_retries": chunked_uploads.MAX_RETRIES,
    }


@router.get("/progress/{media_id}", response=answers.or_refusal(answers.UploadProgress))
def progress(request: HttpRequest, media_id: str) -> dict[str, Any]:
    video = access.video_for(request.user, media_id)
    upload = Upload.objects.select_related("video").filter(video=video, chunk_bytes__isnull=False).first()
    if upload is None:
        raise NotFound("This video was not uploaded in chunks.")
    return mapping.progress_json(upload)


@router.post("/complete", response=answers.or_refusal(answers.UploadCompleted))
def complete(request: HttpRequest, payload: schemas.Complete) -> dict[str, Any]:
    """All chunks are confirmed. The file is put together and probed behind this answer."""
    upload = _upload(request, payload)
    with transaction.atomic():  # refused together: an upload without its analysis would surprise
        video = chunked_uploads.complete(upload)
        job = analysis.start(video, payload.analysis_type) if payload.auto_analyze else None
    return mapping.completed_json(video, job)


@router.post("/abort", response=answers.or_refusal(answers.Aborted))
def abort(request: HttpRequest, payload: schemas.Abort) -> dict[str, Any]:
    """Stop an upload and remove its chunks. Repeating is harmless."""
    upload = _upload(request, payload)
    removed = chunked_uploads.abort(upload)
    status = VideoUploadStatus.ABORTED.value
    return {
        "media_id": str(upload.video.uid),
        "status": status,
        "cleaned_up": True,
        "chunks_removed": removed,
        "s3_cleanup": False,
    }


def _open(request: HttpRequest, payload: schemas.Initiate) -> Upload:
    return chunked_uploads.create(
        request.user,
        name=payload.filename,
        length=payload.size_bytes,
        title=payload.title or "",
        tags=payload.tags or (),
        user_metadata=dict(payload.metadata) if payload.metadata is not None else None,
    )


def _upload(request: HttpRequest, payload: schemas.Session) -> Upload:
    try:
        upload = access.chunked_upload_for(request.user, payload.upload_id)
        named: Video = access.video_for(request.user, payload.media_id)
    except NotFound:
        raise NotFound(NO_UPLOAD) from None
    if named.pk != upload.video_id:
        raise NotFound(NO_UPLOAD)
    return upload
