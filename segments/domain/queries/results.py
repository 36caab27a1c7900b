"""What a run found, as the JSON tab and the timeline show it."""

from __future__ import annotations

from typing import Any

from segments.core import timeline
from segments.core.request import parse_run
from segments.core.request import result_json as public_result
from segments.domain.queries.jobs import WIRE_STATUS
from segments.domain.queries.videos import video_view
from segments.models import Job
from segments.models.job import JobStatus


def result_json(job: Job) -> dict[str, object]:
    """The whole answer: the definitions as sent, and the segments per definition in the format that was asked for."""
    request = parse_run(job.request, duration=None)
    done = job.status == JobStatus.COMPLETED
    return {
        "task_id": str(job.uid),
        "status": WIRE_STATUS[JobStatus(job.status)],
        "created_at": job.created_at.isoformat(),
        "completed_at": job.completed_at.isoformat() if job.completed_at else None,
        "segment_definitions": job.request["response_format"]["segment_definitions"],
        "result": public_result(request, stored_segments(job)) if done else None,
        "warnings": job.warnings,
        "error": {"code": job.error_code, "message": job.error_message} if job.error_code else None,
    }


def visual_json(job: Job) -> dict[str, object]:
    """What the timeline draws: lanes in definition order, times in seconds, with confidence and reasons."""
    video = video_view(job.video)
    lanes = [
        {**_lane(definition), "segments": _lane_segments(job, str(definition["id"]))}
        for definition in job.request["response_format"]["segment_definitions"]
    ]
    return {
        "task": str(job.uid),
        "video": {
            "uid": video.uid,
            "name": video.name,
            "duration": video.duration,
            "url": video.playback_url,
            "mime_type": video.mime_type,
            "sprite": video.sprite,
        },
        "window": _window(job, video.duration),
        "unreadable": job.unreadable,
        "lanes": lanes,
    }


def stored_segments(job: Job) -> list[timeline.Segment]:
    """The segments of a run as the core knows them, without their reasons."""
    rows = job.segments.order_by("definition_id", "ordinal")
    return [
        timeline.Segment(row.definition_id, row.start_time, row.end_time, row.metadata, row.confidence or 0.0)
        for row in rows
    ]


def _window(job: Job, duration: float | None) -> list[float]:
    if duration is None:
        return [0.0, 0.0]
    span = parse_run(job.request, duration=None).window(duration)
    return [span.start, span.end]


def _lane(definition: dict[str, Any]) -> dict[str, object]:
    return {"id": definition["id"], "description": definition["description"], "fields": definition.get("fields") or []}


def _lane_segments(job: Job, definition_id: str) -> list[dict[str, object]]:
    return [
        {
            "start": row.start_time,
            "end": row.end_time,
            "metadata": row.metadata,
            "confidence": row.confidence,
            "reasons": row.reasons,
        }
        for row in job.segments.filter(definition_id=definition_id).order_by("ordinal")
    ]
