"""Segments and states as the modules API tells them; its socket and shared reports show the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from segments.core.modules import registry
from segments.domain.queries.analyses import AnalysisView, VideoStatus, analysis_views
from segments.models import Segment, Video

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


def duration(video: Video) -> float | None:
    seconds = (video.facts or {}).get("duration_seconds")
    return round(seconds, 3) if seconds is not None else None


def _metadata(row: Segment, video: Video) -> dict[str, Any] | None:
    metadata = dict(row.metadata)
    if row.module in PICTURED:
        metadata["thumbnail_url"] = f"/api/videos/{video.uid}/thumbnails/{row.pk}.jpg"
    if row.module == "scenes":
        metadata["scene_id"] = str(row.uid)
    return metadata or None
