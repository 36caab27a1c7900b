"""Rows → the objects of this contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from segments.core.modules import registry
from segments.domain import sources
from segments.domain.queries.analyses import AnalysisView, VideoStatus, analysis_views
from segments.models import ApiKey, Project, Segment, SharedReport, Video

CUSTOM = "custom_segments"
#: Modules whose segments have a picture.
PICTURED = ("shots", "scenes")


def time(moment: datetime | None) -> str | None:
    """ISO 8601, UTC, whole seconds, no zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if moment else None


def segment_json(row: Segment, video: Video) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "job_id": str(video.uid),
        "module": row.module,
        "content": row.content,
        "start_time": round(row.start_time, 3),
        "end_time": round(row.end_time, 3),
        "metadata": _metadata(row, video),
        "created_at": time(row.created_at),
    }


def segments_json(rows: Iterable[Segment], video: Video) -> list[dict[str, Any]]:
    return [segment_json(row, video) for row in rows]


def by_module(segments: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Segments under the name of their module, in the order of the registry; modules without any are left out."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in registry.BUILT_IN}
    for segment in segments:
        found.setdefault(segment["module"], []).append(segment)
    return {name: each for name, each in found.items() if each}


def video_json(video: Video, analysis: AnalysisView | None = None) -> dict[str, Any]:
    known = analysis or analysis_views([video])[video.pk]
    insights = selected_insights(known)
    return {
        "id": str(video.pk),
        "user_id": sources.owner_uid(video.owner),
        "job_id": str(video.uid),
        "project_id": str(video.project_id) if video.project_id else None,
        "name": video.name,
        "description": video.description,
        "status": status(video, known),
        "selected_insights": json.dumps(insights) if insights is not None else None,
        "duration": duration(video),
        "file_size": video.size_bytes,
        "processing_time": known.seconds,
        "storage_path": sources.path_of(video.owner, video.stored_as or sources.plain(video.name)),
        "created_at": time(video.created_at),
        "updated_at": time(video.updated_at),
    }


def videos_json(videos: Sequence[Video]) -> list[dict[str, Any]]:
    views = analysis_views(videos)
    return [video_json(video, views[video.pk]) for video in videos]


def processing_json(video: Video) -> dict[str, Any]:
    known = analysis_views([video])[video.pk]
    job = known.counted
    progress: dict[str, Any] = (job.progress or {}) if job and not job.is_terminal else {}
    done = known.status == VideoStatus.COMPLETED
    return {
        "job_id": str(video.uid),
        "status": status(video, known),
        "error": video.error_message or None if video.is_lost else known.error,
        "processing_time": known.seconds,
        "created_at": time(video.created_at),
        "updated_at": time((job and (job.completed_at or job.started_at or job.queued_at)) or video.updated_at),
        "progress": 100.0 if done else float(progress.get("percent") or 0.0),
        "current_step": progress.get("words"),
        "modules": dict(job.modules) if job else {},
    }


def status(video: Video, analysis: AnalysisView) -> str:
    """A video that could not be read is failed, whatever was asked of it."""
    return VideoStatus.FAILED.value if video.is_lost else analysis.status.value


def selected_insights(analysis: AnalysisView) -> list[str] | None:
    """What the latest start asked for, also when it was cancelled or cleared since."""
    return list(analysis.latest.request["modules"]) if analysis.latest else None


def duration(video: Video) -> float | None:
    seconds = (video.facts or {}).get("duration_seconds")
    return round(seconds, 3) if seconds is not None else None


def module_json(name: str) -> dict[str, Any]:
    module = registry.load(name)
    problems = module.problems()
    return {
        "name": name,
        "title": module.title,
        "description": module.description,
        "available": not problems,
        "reason": " ".join(problems) or None,
        "depends_on": list(module.depends_on),
        "group": module.group,
    }


def key_json(row: ApiKey) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "name": row.name,
        "key_prefix": row.prefix,
        "is_active": int(row.revoked_at is None),
        "last_used_at": time(row.last_used_at),
        "created_at": time(row.created_at),
    }


def project_json(row: Project, count: int) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "user_id": sources.owner_uid(row.owner),
        "name": row.name,
        "description": row.description,
        "video_count": count,
        "created_at": time(row.created_at),
        "updated_at": time(row.updated_at),
    }


def report_json(row: SharedReport) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "user_id": sources.owner_uid(row.video.owner),
        "video_id": str(row.video_id),
        "share_hash": row.share_hash,
        "expires_at": time(row.expires_at),
        "is_active": int(row.is_active),
        "with_video": row.with_video,
        "created_at": time(row.created_at),
    }


def _metadata(row: Segment, video: Video) -> dict[str, Any] | None:
    metadata = dict(row.metadata)
    if row.module in PICTURED:
        metadata["thumbnail_url"] = f"/api/videos/{video.uid}/thumbnails/{row.pk}.jpg"
    if row.module == "scenes":
        metadata["scene_id"] = str(row.uid)
    return metadata or None
