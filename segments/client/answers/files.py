"""The library: what is known about an uploaded video."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from ..wire import Wire


@dataclass(frozen=True, slots=True)
class VideoMetadata(Wire):
    """Technical facts of the file; `audio_codec` is None when there is no sound."""

    duration_seconds: float | None = None
    resolution: str | None = None  # "<width>x<height>"
    width: int | None = None
    height: int | None = None
    frame_rate: float | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    bitrate_kbps: int | None = None
    file_size_bytes: int | None = None
    format_name: str | None = None


@dataclass(frozen=True, slots=True)
class FileUploadResult(Wire):
    """Answer to an upload in one request; `image_id` is the older name of `media_id`."""

    image_id: str
    filename: str
    media_type: str = "video"
    status: str = "processing"
    deduplicated: bool = False
    created_at: datetime | None = None
    media_id: str | None = None
    analysis_job_id: str | None = None


@dataclass(frozen=True, slots=True)
class FileSubtitles(Wire):
    """The subtitles that were added to a film: name of the file, number of lines, end of the last in seconds."""

    id: str
    subtitles: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FileRecord(Wire):
    id: str
    title: str | None = None
    original_filename: str | None = None
    tags: list[str] = field(default_factory=list)
    size_bytes: int = 0
    content_type: str | None = None
    media_type: str = "video"
    hash: str | None = None
    thumbnail_url: str | None = None
    video_url: str | None = None
    video_metadata: VideoMetadata | None = None
    video_analysis_status: str | None = None
    video_analysis_job_id: str | None = None
    scene_count: int | None = None
    has_audio_transcript: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    asset_id: str | None = None  # the same video in the task API


@dataclass(frozen=True, slots=True)
class FileList(Wire):
    """One page of files; has a length and can be iterated."""

    items: list[FileRecord] = field(default_factory=list)
    total_count: int = 0
    has_more: bool = False

    @classmethod
    def from_api_response(cls, data: Mapping[str, Any]) -> Self:
        """Reads the wire key `files`, and also `items`."""
        raw = data.get("files", data.get("items")) or []
        items = [FileRecord.from_api_response(each) for each in raw]
        return cls(items, data.get("total_count", len(items)), bool(data.get("has_more")))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[FileRecord]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class FileProcessingStatus(Wire):
    """How far a file is: upload, probing, analysis."""

    file_id: str
    media_type: str = "video"
    filename: str | None = None
    upload_status: str | None = None
    variant_status: str | None = None  # pending, processing, completed, failed
    video_metadata: VideoMetadata | None = None
    thumbnail_url: str | None = None
    video_url: str | None = None
    video_analysis_status: str | None = None
    video_analysis_job_id: str | None = None
    progress_percent: float = 0.0
    scene_count: int | None = None
    has_audio_transcript: bool | None = None
    error_message: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def is_terminal(self) -> bool:
        """Nothing more will happen by itself."""
        if self.upload_status in ("failed", "aborted"):
            return True
        if self.video_analysis_status in ("completed", "failed", "cancelled"):
            return True
        return self.upload_status == "completed" and self.video_analysis_status is None

    @property
    def is_ready(self) -> bool:
        """The analysis is done."""
        return self.video_analysis_status == "completed"
