"""What modules have worked off for a person: completed runs of videos that are still kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from segments.models import Job
from segments.models.job import JobKind, JobStatus


@dataclass(frozen=True, slots=True)
class UsageRow:
    job: Job
    action: str  # process, or reprocess for every later run of a video
    minutes: float  # of film
    seconds: float | None  # of work


def usage_of(user: AbstractBaseUser, *, start: datetime | None = None, end: datetime | None = None) -> list[UsageRow]:
    """Newest first, of runs that were queued from `start` and before `end`."""
    runs = Job.objects.filter(owner_id=user.pk, kind=JobKind.MODULES, status=JobStatus.COMPLETED)
    seen: set[int] = set()
    rows = []
    for job in runs.select_related("video", "owner").order_by("queued_at", "pk"):
        action = "reprocess" if job.video_id in seen else "process"
        seen.add(job.video_id)
        if (start is None or job.queued_at >= start) and (end is None or job.queued_at < end):
            rows.append(_row(job, action))
    return rows[::-1]


def _row(job: Job, action: str) -> UsageRow:
    facts: dict[str, Any] = job.video.facts or {}
    seconds = (job.completed_at - job.started_at).total_seconds() if job.completed_at and job.started_at else None
    return UsageRow(
        job, action, round(facts.get("duration_seconds", 0.0) / 60, 3), None if seconds is None else round(seconds, 3)
    )
