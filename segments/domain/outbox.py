"""Events for webhooks, written in the transaction that ends a run: nothing is told twice or forgotten."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from segments.domain import announce
from segments.domain.failures import sentence
from segments.models import Delivery, Job, WebhookEndpoint
from segments.models.job import JobStatus

#: Words of the task API for the ends of a run.
ENDS: dict[str, str] = {JobStatus.COMPLETED: "ready", JobStatus.FAILED: "failed", JobStatus.CANCELLED: "canceled"}


def write(job: Job) -> None:
    """One delivery per enabled endpoint of the owner. The caller has just ended `job` and holds its row."""
    endpoints = list(WebhookEndpoint.objects.filter(owner_id=job.owner_id, is_enabled=True))
    if not endpoints:
        return
    now = timezone.now()
    event_type = f"analyze.task.{ENDS[job.status]}"
    for endpoint in endpoints:
        event_id = f"whe_{secrets.token_hex(16)}"
        Delivery.objects.get_or_create(
            job=job,
            generation=job.generation,
            event_type=event_type,
            endpoint=endpoint,
            defaults={"event_id": event_id, "body": _body(job, event_type, event_id, now), "due_at": now},
        )
    announce.deliveries()


def _body(job: Job, event_type: str, event_id: str, now: datetime) -> str:
    """The event as JSON, as `/v1.3` tells it. Results are fetched, never sent."""
    told: dict[str, Any] = {
        "id": job.task_id,
        "custom_id": job.request.get("custom_id"),
        "status": ENDS[job.status],
        "created_at": _second(job.created_at),
        "video_source": _source(job),
    }
    if words := _error(job):
        told["error"] = {"message": words}
    event = {"id": event_id, "created_at": _millisecond(now), "type": event_type, "data": told}
    return json.dumps(event, ensure_ascii=True, separators=(",", ":"))


def _source(job: Job) -> dict[str, Any]:
    video = job.video
    source: dict[str, Any] = {"type": "asset_id", "asset_id": video.asset_id}
    if video.facts:
        source["system_metadata"] = {"duration": video.facts["duration_seconds"]}
    return source


def _error(job: Job) -> str:
    if job.status == JobStatus.FAILED:
        return job.error_message or sentence(job.error_code).text
    if job.status == JobStatus.COMPLETED and job.unreadable:
        return "Parts of the video could not be read."
    return ""


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _millisecond(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
