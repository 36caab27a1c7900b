"""Segmentation tasks, and the segments that modules found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from ..wire import Wire


@dataclass(frozen=True, slots=True)
class AnalyzeTask(Wire):
    """A segmentation task. `result` holds the segments as JSON text, `segments` the same as values."""

    task_id: str
    status: str = "pending"  # pending, processing, ready, failed, canceled
    custom_id: str | None = None
    video_source: dict[str, Any] | None = None
    request_params: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    created_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        return self.status == "ready"

    @property
    def is_terminal(self) -> bool:
        return self.status in ("ready", "failed", "canceled")

    @property
    def segments(self) -> dict[str, list[dict[str, Any]]]:
        """Definition id → its segments in order of time; empty before the task is ready."""
        if self.result is None:
            return {}
        found: dict[str, list[dict[str, Any]]] = json.loads(self.result["data"])
        return found


@dataclass(frozen=True, slots=True)
class AnalyzeTaskList(Wire):
    items: list[AnalyzeTask] = field(default_factory=list)
    page: int = 1
    total_pages: int = 0
    total_results: int = 0

    @classmethod
    def from_api_response(cls, data: Mapping[str, Any]) -> Self:
        """Reads the wire keys `data` and `page_info`."""
        info = data.get("page_info") or {}
        items = [AnalyzeTask.from_api_response(each) for each in data.get("data") or []]
        return cls(items, info.get("page", 1), info.get("total_page", 0), info.get("total_results", len(items)))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[AnalyzeTask]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class ModuleSegment(Wire):
    """One segment of one module; times are seconds from the start of the video."""

    id: str
    job_id: str  # the video
    module: str
    content: str = ""
    start_time: float = 0.0
    end_time: float = 0.0
    metadata: dict[str, Any] | None = None
    created_at: datetime | None = None
