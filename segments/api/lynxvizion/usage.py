"""How much was worked off: one line per completed run, and their sums."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest
from ninja import Router

from segments.api.lynxvizion.asking import moment_of
from segments.domain import sources
from segments.domain.queries.module_results import time
from segments.domain.queries.usage import UsageRow, usage_of

router = Router()


@router.get("/usage", response=list[dict[str, Any]])
def usage(request: HttpRequest, start_date: str = "", end_date: str = "") -> list[dict[str, Any]]:
    """Newest first; of runs queued from `start_date` and before `end_date`, in ISO 8601. Deleted videos drop out."""
    return [_json(row) for row in _rows(request, start_date, end_date)]


@router.get("/usage/summary", response=dict[str, Any])
def summary(request: HttpRequest, start_date: str = "", end_date: str = "") -> dict[str, Any]:
    """The same, added up."""
    rows = _rows(request, start_date, end_date)
    return {
        "total_runs": len(rows),
        "duration_minutes": round(sum(row.minutes for row in rows), 3),
        "processing_time": round(sum(row.seconds or 0.0 for row in rows), 3),
        "actions": dict(Counter(row.action for row in rows)),
        "modules": dict(Counter(name for row in rows for name in row.job.request["modules"])),
    }


def _rows(request: HttpRequest, start_date: str, end_date: str) -> list[UsageRow]:
    start = moment_of("start_date", start_date) if start_date else None
    return usage_of(request.user, start=start, end=moment_of("end_date", end_date) if end_date else None)


def _json(row: UsageRow) -> dict[str, Any]:
    return {
        "id": str(row.job.pk),
        "user_id": sources.owner_uid(row.job.owner),
        "job_id": str(row.job.video.uid),
        "action": row.action,
        "duration_minutes": row.minutes,
        "processing_time": row.seconds,
        "modules": list(row.job.request["modules"]),
        "created_at": time(row.job.queued_at),
    }
