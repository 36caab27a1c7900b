"""Rows → the objects of this contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from segments.domain import chunked_uploads
from segments.domain.failures import sentence
from segments.domain.queries.videos import METADATA
from segments.models import Upload, Video
from segments.models.video import VideoUploadStatus

ROOT = "/api/v2"
#: Pictures and playable copies follow the upload.
VARIANTS = {
    VideoUploadStatus.UPLOADING: "pending",
    VideoUploadStatus.PROCESSING: "processing",
    VideoUploadStatus.COMPLETED: "completed",
}


def time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def aware(moment: datetime) -> datetime:
    """A time without a zone is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- uploads


def session_json(upload: Upload) -> dict[str, Any]:
    chunks = [
        {
            "chunk_number": link.number,
            "size_bytes": link.size,
            "upload_url": link.path,
            "upload_method": "PUT",
            "expires_at": time(link.expires_at),
        }
        for link in chunked_uploads.links(upload)
    ]
    return {
        "media_id": str(upload.video.uid),
        "upload_id": str(upload.uid),
        "total_chunks": len(chunks),
        "chunk_size_bytes": upload.chunk_bytes,
        "storage_path": f"videos/{upload.video.uid.hex}",
        "chunks": chunks,
        "expires_at": time(upload.expires_at),
        "concurrent_upload_limit": chunked_uploads.PARALLEL,
        "retry_attempts": chunked_uploads.MAX_RETRIES,
    }


def progress_json(upload: Upload) -> dict[str, Any]:
    """Bytes and chunks count once they are confirmed."""
    rows = list(upload.chunks.all())
    waiting = [row for row in rows if row.confirmed_at is None]
    moments = [moment for row in rows for moment in (row.stored_at, row.confirmed_at) if moment]
    size = upload.chunk_bytes or 1
    return {
        "media_id": str(upload.video.uid),
        "upload_id": str(upload.uid),
        "status": upload.video.upload_status,
        "chunks_completed": len(rows) - len(waiting),
        "total_chunks": -(-upload.length // size),
        "bytes_uploaded": upload.offset,
        "total_bytes": upload.length,
        "progress_percent": round(100 * upload.offset / upload.length, 1),
        "estimated_time_remaining": _remaining(upload),
        "current_chunk": waiting[0].number if waiting else None,
        "failed_chunks": [row.number for row in waiting if row.retries],
        "last_updated": time(max(moments, default=upload.created_at)),
    }


def completed_json(video: Video) -> dict[str, Any]:
    """The upload is over for its sender; probing goes on, so `metadata` comes with the processing status."""
    return {
        "media_id": str(video.uid),
        "status": VideoUploadStatus.COMPLETED.value,
        "processing_status": "queued",
        "metadata": metadata_json(video),
        "video_url": video_url(video),
        "thumbnail_url": thumbnail_url(video),
        "analysis_job_id": None,
        "created_at": time(video.created_at),
    }


def _remaining(upload: Upload) -> float | None:
    """Seconds at the speed so far; unknown before the first chunk."""
    if not upload.offset or upload.video.upload_status != VideoUploadStatus.UPLOADING:
        return None
    elapsed = (timezone.now() - upload.created_at).total_seconds()
    return round(elapsed * (upload.length - upload.offset) / upload.offset, 1)


# --- files


def uploaded_json(video: Video, *, deduplicated: bool) -> dict[str, Any]:
    return {
        "image_id": str(video.uid),
        "media_id": str(video.uid),
        "filename": video.name,
        "media_type": "video",
        "status": video.upload_status,
        "deduplicated": deduplicated,
        "analysis_job_id": None,
        "created_at": time(video.created_at),
    }


def records_json(videos: Sequence[Video]) -> list[dict[str, Any]]:
    return [_record(video) for video in videos]


def _record(video: Video) -> dict[str, Any]:
    facts: dict[str, Any] = video.facts or {}
    return {
        "id": str(video.uid),
        "title": video.title or None,
        "original_filename": video.name,
        "tags": video.tags,
        "size_bytes": video.size_bytes,
        "content_type": facts.get("mime_type"),
        "media_type": "video",
        "hash": video.sha256 or None,
        "thumbnail_url": thumbnail_url(video),
        "video_url": video_url(video),
        "video_metadata": metadata_json(video),
        "video_analysis_status": None,
        "video_analysis_job_id": None,
        "scene_count": None,
        "has_audio_transcript": None,
        "created_at": time(video.created_at),
        "updated_at": time(video.updated_at),
        "asset_id": video.asset_id,
    }


def processing_json(video: Video) -> dict[str, Any]:
    record = _record(video)
    status = VideoUploadStatus(video.upload_status)
    kept = ("thumbnail_url", "video_url", "video_metadata", "video_analysis_status", "video_analysis_job_id")
    kept += ("scene_count", "has_audio_transcript", "created_at", "updated_at")
    message = (video.error_message or sentence(video.error_code).text) if video.error_code else None
    return {
        "file_id": record["id"],
        "media_type": "video",
        "filename": video.name,
        "upload_status": status.value,
        "variant_status": VARIANTS.get(status, "failed"),
        "progress_percent": 0.0,
        "error_message": message,
        **{name: record[name] for name in kept},
    }


def metadata_json(video: Video) -> dict[str, Any] | None:
    facts: dict[str, Any] | None = video.facts
    return {name: facts.get(name) for name in METADATA} if facts else None


def video_url(video: Video) -> str | None:
    whole = (VideoUploadStatus.COMPLETED, VideoUploadStatus.PROCESSING)
    return f"{ROOT}/files/{video.uid}/download" if video.upload_status in whole else None


def thumbnail_url(video: Video) -> str | None:
    return f"{ROOT}/files/{video.uid}/thumbnail" if video.has_poster else None
