"""What modules found: read it, clear it, download it. The seven endpoints this contract began with."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from segments.api.lynxvizion import csv_files, mapping
from segments.api.lynxvizion.asking import float_of, video_of
from segments.api.lynxvizion.errors import Refused
from segments.core.modules import registry
from segments.domain import module_runs
from segments.domain.queries.analyses import analysis_views, custom_rows, module_rows
from segments.domain.queries.module_results import by_module, duration, segments_json, status, time
from segments.models import Video

router = Router()
GROUPING = ("scenes", "shots", "grouped_shots", "video_reasoning")
FORMATS = ("json", "csv")


@router.get("/videos/{job_id}/segments", response=list[dict[str, Any]])
def list_segments(
    request: HttpRequest, job_id: str, module: str = "", start: str = "", end: str = ""
) -> list[dict[str, Any]]:
    """In order of time; of one module, else of all but `custom_segments`. `start` and `end` cut a window out."""
    video = video_of(request, job_id)
    if module:
        known_module(module)
    first, last = float_of("start", start), float_of("end", end)
    segments = _segments(video, module)
    return [
        each
        for each in segments
        if (first is None or each["end_time"] > first) and (last is None or each["start_time"] < last)
    ]


@router.delete("/videos/{job_id}/segments", response=dict[str, Any])
def clear_segments(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """What modules found goes; the file and the results of tasks stay. Then the video can be started anew."""
    module_runs.clear(video_of(request, job_id))
    return {"ok": True, "message": "Segments cleared"}


@router.get("/results/job/{job_id}", response=dict[str, Any])
def results(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """All segments in one list, and once more under each module's name."""
    video = video_of(request, job_id)
    known, segments = analysis_views([video])[video.pk], _segments(video)
    return {
        "job_id": str(video.uid),
        "video_name": video.name,
        "duration": duration(video),
        "status": status(video, known),
        "processing_time": known.seconds,
        "segments": segments,
        **by_module(segments),
    }


@router.get("/aggregated_results/{job_id}", response=dict[str, Any])
def aggregated_results(request: HttpRequest, job_id: str) -> dict[str, Any]:
    return _aggregated(video_of(request, job_id))


@router.get("/scene_grouping/{job_id}", response=dict[str, Any])
def scene_grouping(request: HttpRequest, job_id: str) -> dict[str, Any]:
    """Scenes, shots and their groups, and what is concluded from them."""
    video = video_of(request, job_id)
    segments = [each for each in _segments(video) if each["module"] in GROUPING]
    return {
        "job_id": str(video.uid),
        "video_name": video.name,
        "total_segments": len(segments),
        "modules": by_module(segments),
    }


@router.get("/download/combined-report/{job_id}", response=dict[str, Any])
def combined_report(request: HttpRequest, job_id: str) -> HttpResponse:
    """Everything as one JSON file."""
    video = video_of(request, job_id)
    known = analysis_views([video])[video.pk]
    report = {
        **_aggregated(video),
        "duration": duration(video),
        "processing_time": known.seconds,
        "selected_insights": mapping.selected_insights(known),
        "generated_at": time(timezone.now()),
    }
    return _file(f"{video.uid}_combined_report.json", "application/json", _text(report))


@router.get("/download/report/{job_id}", response=dict[str, Any])
def report(request: HttpRequest, job_id: str, module: str = "", format: str = "json") -> HttpResponse:
    """What one module found, as JSON or as CSV for spreadsheets."""
    video = video_of(request, job_id)
    if not module:
        raise Refused(400, "module_required", "Say which module, as ?module=NAME.", field="module", allowed=_names())
    known_module(module)
    kind = format.lower() or "json"
    if kind not in FORMATS:
        text = f"There is no format {format[:40]!r}. Use json or csv."
        raise Refused(400, "unknown_format", text, field="format", allowed=list(FORMATS))
    segments = _segments(video, module)
    if kind == "csv":
        return _file(f"{video.uid}_{module}.csv", "text/csv; charset=utf-8", csv_files.write(segments))
    found = {
        "job_id": str(video.uid),
        "video_name": video.name,
        "module": module,
        "total_segments": len(segments),
        "segments": segments,
        "generated_at": time(timezone.now()),
    }
    return _file(f"{video.uid}_{module}.json", "application/json", _text(found))


def known_module(name: str, field: str = "module") -> str:
    if name not in registry.BUILT_IN:
        text = f"There is no module {name[:64]!r}. GET /api/modules lists them."
        raise Refused(400, "unknown_module", text, field=field, allowed=_names())
    return name


def _names() -> list[str]:
    return list(registry.BUILT_IN)


def _segments(video: Video, module: str = "") -> list[dict[str, Any]]:
    rows = custom_rows(video) if module == mapping.CUSTOM else module_rows(video, *([module] if module else []))
    return segments_json(rows, video)


def _aggregated(video: Video) -> dict[str, Any]:
    segments = _segments(video)
    return {
        "job_id": str(video.uid),
        "video_name": video.name,
        "status": status(video, analysis_views([video])[video.pk]),
        "total_segments": len(segments),
        "modules": by_module(segments),
    }


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _file(name: str, kind: str, text: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=kind, headers=headers)
