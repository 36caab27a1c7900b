"""What a run found, as the JSON tab and the timeline show it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from segments.core import timeline
from segments.core.definition import SegmentDefinition
from segments.core.exports.captions import captions
from segments.core.request import RunRequest, parse_run
from segments.core.request import result_json as public_result
from segments.domain import evidence_store
from segments.domain.queries.jobs import WIRE_STATUS
from segments.domain.queries.videos import video_view
from segments.models import Job, Segment
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
    request = parse_run(job.request, duration=None)
    wires = job.request["response_format"]["segment_definitions"]
    lanes = [
        {**_lane(wire), "ranges": _ranges(request, each, video.duration), "segments": _lane_segments(job, each.id)}
        for wire, each in zip(wires, request.definitions, strict=True)
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
            "captions": reverse("job_captions", args=[job.uid]) if evidence_store.lines(job.video) else None,
        },
        "window": _window(job, video.duration),
        "unreadable": job.unreadable,
        "lanes": lanes,
    }


def captions_vtt(job: Job) -> str:
    """What is known of the words of the run's video, as WebVTT; without cues when nothing is."""
    return captions(evidence_store.lines(job.video))


def with_segments(jobs: list[Job]) -> list[Job]:
    """The same runs, with what `result_json` reads of them: one query for all, and no row of the database for each."""
    found = _segments_of(jobs)
    for job in jobs:
        job.read_segments = found[job.pk]  # type: ignore[attr-defined]
    return jobs


def stored_segments(job: Job) -> list[timeline.Segment]:
    """The segments of a run as the core knows them, without their reasons."""
    read: list[timeline.Segment] | None = getattr(job, "read_segments", None)
    return _segments_of([job])[job.pk] if read is None else read


def _segments_of(jobs: list[Job]) -> dict[int, list[timeline.Segment]]:
    found: dict[int, list[timeline.Segment]] = {job.pk: [] for job in jobs}
    # reasons are the larger part of a row, and are not shown here
    rows = Segment.objects.filter(job__in=found).order_by("definition_id", "ordinal")
    for pk, definition_id, start, end, metadata, confidence in rows.values_list(
        "job_id", "definition_id", "start_time", "end_time", "metadata", "confidence"
    ):
        found[pk].append(timeline.Segment(definition_id, start, end, metadata, confidence or 0.0))
    return found


def _window(job: Job, duration: float | None) -> list[float]:
    if duration is None:
        return [0.0, 0.0]
    span = parse_run(job.request, duration=None).window(duration)
    return [span.start, span.end]


def _ranges(request: RunRequest, definition: SegmentDefinition, duration: float | None) -> list[list[float]]:
    """The time ranges of a definition inside the video; empty when it has none of its own."""
    if not definition.time_ranges or duration is None:
        return []
    return [[span.start, span.end] for span in request.analysed(definition, duration)]


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
