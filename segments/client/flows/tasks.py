"""Segmentation tasks by your own definitions, through the task API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..answers import AnalyzeTask, AnalyzeTaskList
from ..config import Config
from ..errors import VideoAnalysisError
from ..flow import Flow
from . import files
from .exchange import ask, segment
from .waiting import poll

ROOT = "/v1.3/analyze/tasks"


def create(
    config: Config, media_id: str, segment_definitions: Sequence[Mapping[str, Any]], settings: Mapping[str, Any]
) -> Flow[AnalyzeTask]:
    """Start a segmentation of an uploaded video. `settings` are further keys of the request."""
    record = yield from files.get(config, media_id)
    wire = {"type": "segment_definitions", "segment_definitions": [dict(each) for each in segment_definitions]}
    body = {
        "video": {"type": "asset_id", "asset_id": record.asset_id},
        "analysis_mode": "time_based_metadata",
        "response_format": wire,
        **settings,
    }
    return AnalyzeTask.from_api_response((yield from ask(config, "POST", "", body, root=ROOT)))


def retrieve(config: Config, task_id: str) -> Flow[AnalyzeTask]:
    return AnalyzeTask.from_api_response((yield from ask(config, "GET", f"/{segment(task_id)}", root=ROOT)))


def list_tasks(config: Config, query: dict[str, Any]) -> Flow[AnalyzeTaskList]:
    return AnalyzeTaskList.from_api_response((yield from ask(config, "GET", "", params=query, root=ROOT)))


def cancel(config: Config, task_id: str) -> Flow[AnalyzeTask]:
    path = f"/{segment(task_id)}/cancel"
    return AnalyzeTask.from_api_response((yield from ask(config, "POST", path, repeatable=True, root=ROOT)))


def delete(config: Config, task_id: str) -> Flow[None]:
    yield from ask(config, "DELETE", f"/{segment(task_id)}", root=ROOT)


def wait_for_completion(
    config: Config, task_id: str, timeout: float | None, on_progress: Callable[[AnalyzeTask], object] | None
) -> Flow[AnalyzeTask]:
    """The ready task. Raises VideoAnalysisError for one that failed or was cancelled."""

    def look() -> Flow[AnalyzeTask]:
        return retrieve(config, task_id)

    task = yield from poll(config, look, lambda it: it.is_terminal, timeout=timeout, on_progress=on_progress)
    if not task.is_ready:
        error = task.error or {}
        words = error.get("message") or f"The task ended: {task.status}."
        details = {"status": task.status, "error_code": error.get("code")}
        raise VideoAnalysisError(words, details=details, analysis_job_id=task.task_id)
    return task
