"""Rows → the objects of this contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from segments.core.modules import registry
from segments.domain import sources
from segments.domain.queries.analyses import AnalysisView, analysis_views
from segments.domain.queries.module_results import duration, status, time
from segments.models import ApiKey, Project, SharedReport, Video

CUSTOM = "custom_segments"


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


def selected_insights(analysis: AnalysisView) -> list[str] | None:
    """What the latest start asked for, also when it was cancelled or cleared since."""
    return list(analysis.latest.request["modules"]) if analysis.latest else None


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
