"""Analysis jobs and the scenes they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Self

from ..wire import Wire


class VideoAnalysisStatus(str, Enum):
    """State of an analysis job."""

    PENDING = "pending"
    UPLOADING_TO_VLM = "uploading_to_vlm"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


TERMINAL = (VideoAnalysisStatus.COMPLETED, VideoAnalysisStatus.FAILED, VideoAnalysisStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class VideoAnalysisJobStatus(Wire):
    """State of one analysis job. `progress_percent` is 0-100 and never falls within one attempt."""

    analysis_job_id: str
    media_id: str
    status: str  # a VideoAnalysisStatus text
    progress_percent: float = 0.0
    current_step: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    error_message: str | None = None
    error_code: str | None = None
    retry_count: int = 0
    max_retries: int = 3
    estimated_completion_time: datetime | None = None

    @property
    def is_completed(self) -> bool:
        return self.status == VideoAnalysisStatus.COMPLETED

    @property
    def is_failed(self) -> bool:
        return self.status == VideoAnalysisStatus.FAILED

    @property
    def is_pending(self) -> bool:
        return self.status == VideoAnalysisStatus.PENDING

    @property
    def is_terminal(self) -> bool:
        return self.status in TERMINAL


@dataclass(frozen=True, slots=True)
class VideoAnalysisQueueResult(Wire):
    """Answer to `queue`. `queue_position` counts the jobs that run before this one."""

    analysis_job_id: str
    media_id: str
    queue_position: int | None = None
    estimated_start_time: datetime | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class VideoAnalysisRetryResult(Wire):
    """Answer to `retry`. `retry_count` includes this retry."""

    analysis_job_id: str
    media_id: str
    status: str = "pending"
    retry_count: int = 0
    max_retries: int = 3
    message: str | None = None


@dataclass(frozen=True, slots=True)
class VideoAnalysisProgressEvent(Wire):
    """What `on_analysis_progress` hears on every look."""

    job_status: VideoAnalysisJobStatus

    @property
    def progress_percent(self) -> float:
        return self.job_status.progress_percent

    @property
    def is_terminal(self) -> bool:
        return self.job_status.is_terminal


@dataclass(frozen=True, slots=True)
class VideoScene(Wire):
    """One scene. Times are seconds from the start of the video; `thumbnail_url` is a path on the server."""

    scene_id: str
    scene_index: int = 0
    start_time: float = 0.0
    end_time: float = 0.0
    time_range_formatted: str | None = None  # HH:MM:SS-HH:MM:SS
    description: str | None = None
    tags: list[str] = field(default_factory=list)
    visible_text: str | None = None
    confidence_score: float | None = None
    embedding_status: str | None = None
    thumbnail_url: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VideoSceneList(Wire):
    """The scenes of a video in order of time; has a length and can be iterated."""

    items: list[VideoScene] = field(default_factory=list)
    total_count: int = 0
    video_id: str | None = None

    @classmethod
    def from_api_response(cls, data: Mapping[str, Any]) -> Self:
        """Reads the wire keys `scenes` and `count`, and also `items` and `total_count`."""
        raw = data.get("scenes", data.get("items")) or []
        scenes = sorted((VideoScene.from_api_response(each) for each in raw), key=lambda scene: scene.scene_index)
        count = data.get("count", data.get("total_count"))
        return cls(scenes, len(scenes) if count is None else count, data.get("video_id"))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[VideoScene]:
        return iter(self.items)
