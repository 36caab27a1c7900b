"""Rows → the objects of this contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from segments.domain import chunked_uploads, jobs
from segments.domain.failures import sentence
from segments.domain.queries.analyses import AnalysisView, analysis_views
from segments.domain.queries.videos import METADATA
from segments.models import Job, Segment, Upload, Video
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus

ROOT = "/api/v2"
#: Pictures and playable copies follow the upload.
VARIANTS = {
    VideoUploadStatus.UPLOADING: "pending",
    VideoUploadStatus.PROCESSING: "processing",
    VideoUploadStatus.COMPLETED: "completed",
}
#: Stages of a run in the words of this contract.
STEPS = {
    "pictures": "Detecting shots",
    "cuts": "Detecting shots",
    "sound": "Extracting frames",
    "faces": "Extracting frames",
    "text": "Reading text",
    "resolving": "Describing scenes",
}
ERROR_CODES = {
    "media_unreadable": "MEDIA_UNREADABLE",
    "media_no_video": "MEDIA_UNREADABLE",
    "media_decode_failed": "MEDIA_UNREADABLE",
    "media_limits": "MEDIA_UNREADABLE",
    "media_too_long": "DURATION_EXCEEDED",
    "media_timeout": "BACKEND_TIMEOUT",
    "deadline": "BACKEND_TIMEOUT",
    "resource_limit": "BACKEND_ERROR",
    "engine_unavailable": "BACKEND_ERROR",
    "modules_failed": "BACKEND_ERROR",
    "worker_lost": "WORKER_LOST",
    "upload_expired": "UPLOAD_EXPIRED",
    "aborted": "MEDIA_NOT_FOUND",
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


def completed_json(video: Video, job: Job | None) -> dict[str, Any]:
    """The upload is over for its sender; probing goes on, so `metadata` comes with the processing status."""
    return {
        "media_id": str(video.uid),
        "status": VideoUploadStatus.COMPLETED.value,
        "processing_status": "queued",
        "metadata": metadata_json(video),
        "video_url": video_url(video),
        "thumbnail_url": thumbnail_url(video),
        "analysis_job_id": str(job.uid) if job else None,
        "created_at": time(video.created_at),
    }


def _remaining(upload: Upload) -> float | None:
    """Seconds at the speed so far; unknown before the first chunk."""
    if not upload.offset or upload.video.upload_status != VideoUploadStatus.UPLOADING:
        return None
    elapsed = (timezone.now() - upload.created_at).total_seconds()
    return round(elapsed * (upload.length - upload.offset) / upload.offset, 1)


# --- analyses


def job_json(job: Job) -> dict[str, Any]:
    failed = job.status == JobStatus.FAILED
    return {
        "analysis_job_id": str(job.uid),
        "media_id": str(job.video.uid),
        "status": job.status,
        "progress_percent": _percent(job),
        "current_step": _step(job),
        "started_at": time(job.started_at),
        "completed_at": time(job.completed_at),
        "error_message": (job.error_message or sentence(job.error_code).text) if failed else None,
        "error_code": ERROR_CODES.get(job.error_code, "INTERNAL_ERROR") if failed else None,
        "retry_count": job.retry_count,
        "max_retries": jobs.MAX_RETRIES,
        "estimated_completion_time": time(_end(job)),
    }


def queued_json(job: Job, position: int) -> dict[str, Any]:
    waits = job.status == JobStatus.PENDING
    return {
        "analysis_job_id": str(job.uid),
        "media_id": str(job.video.uid),
        "queue_position": position,
        "estimated_start_time": None,
        "message": "The analysis is in line." if waits else "The analysis is running.",
    }


def retried_json(job: Job) -> dict[str, Any]:
    return {
        "analysis_job_id": str(job.uid),
        "media_id": str(job.video.uid),
        "status": job.status,
        "retry_count": job.retry_count,
        "max_retries": jobs.MAX_RETRIES,
        "message": "The analysis is in line again.",
    }


def scene_json(scene: Segment) -> dict[str, Any]:
    return {
        "scene_id": str(scene.uid),
        "scene_index": scene.ordinal,
        "start_time": round(scene.start_time, 3),
        "end_time": round(scene.end_time, 3),
        "time_range_formatted": f"{_clock(scene.start_time)}-{_clock(scene.end_time)}",
        "description": scene.content or None,
        "tags": scene.tags,
        "visible_text": scene.visible_text,
        "confidence_score": scene.confidence,
        "embedding_status": None,  # there is no search index of scenes
        "thumbnail_url": f"{ROOT}/video-scenes/{scene.uid}/thumbnail",
        "created_at": time(scene.job.completed_at),
    }


def _percent(job: Job) -> float:
    if job.status == JobStatus.COMPLETED:
        return 100.0
    return float((job.progress or {}).get("percent") or 0.0)


def _step(job: Job) -> str | None:
    if job.is_terminal:
        return None
    if job.status == JobStatus.PENDING:
        return "Waiting in queue"
    return STEPS.get((job.progress or {}).get("stage", ""), "Probing media")


def _end(job: Job) -> datetime | None:
    """When a running job should be done, if that can be told."""
    left = (job.progress or {}).get("eta_seconds")
    if job.is_terminal or job.status == JobStatus.PENDING or left is None:
        return None
    return timezone.now() + timedelta(seconds=left)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


# --- files


def uploaded_json(video: Video, job: Job | None, *, deduplicated: bool) -> dict[str, Any]:
    return {
        "image_id": str(video.uid),
        "media_id": str(video.uid),
        "filename": video.name,
        "media_type": "video",
        "status": video.upload_status,
        "deduplicated": deduplicated,
        "analysis_job_id": str(job.uid) if job else None,
        "created_at": time(video.created_at),
    }


def records_json(videos: Sequence[Video]) -> list[dict[str, Any]]:
    views = analysis_views(videos)
    return [_record(video, views[video.pk]) for video in videos]


def _record(video: Video, analysis: AnalysisView) -> dict[str, Any]:
    latest = analysis.latest
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
        "video_analysis_status": latest.status if latest else None,
        "video_analysis_job_id": str(latest.uid) if latest else None,
        "scene_count": analysis.settled.get("scenes", 0) if analysis.was_completed else None,
        "has_audio_transcript": "transcription" in analysis.settled if analysis.was_completed else None,
        "created_at": time(video.created_at),
        "updated_at": time(video.updated_at),
        "asset_id": video.asset_id,
    }


def processing_json(video: Video) -> dict[str, Any]:
    analysis = analysis_views([video])[video.pk]
    record = _record(video, analysis)
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
        "progress_percent": _percent(analysis.latest) if analysis.latest else 0.0,
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
