"""Uploads in chunks. Sizes are bytes, chunk numbers start at 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from ..wire import Wire
from .files import VideoMetadata


class VideoUploadStatus(str, Enum):
    """State of a video upload."""

    UPLOADING = "uploading"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class VideoChunkInfo(Wire):
    """Where one chunk goes; `upload_url` is an address or a path on the server and needs no key."""

    chunk_number: int
    size_bytes: int
    upload_url: str
    expires_at: datetime | None = None
    upload_method: str = "PUT"


@dataclass(frozen=True, slots=True)
class VideoUploadSession(Wire):
    media_id: str
    upload_id: str
    chunks: list[VideoChunkInfo] = field(default_factory=list)
    total_chunks: int = 0
    chunk_size_bytes: int = 0
    expires_at: datetime | None = None
    storage_path: str | None = None
    concurrent_upload_limit: int = 3
    retry_attempts: int = 3


@dataclass(frozen=True, slots=True)
class ChunkConfirmResult(Wire):
    chunk_number: int
    status: str = "confirmed"
    chunks_completed: int = 0
    total_chunks: int = 0
    progress_percent: float = 0.0
    estimated_time_remaining: float | None = None  # seconds


@dataclass(frozen=True, slots=True)
class ChunkRetryResult(Wire):
    chunk_number: int
    upload_url: str
    expires_at: datetime | None = None
    retry_attempt: int = 0
    max_retries: int = 3


@dataclass(frozen=True, slots=True)
class VideoUploadResult(Wire):
    """A finished upload. `metadata` is None until the server has looked at the file."""

    media_id: str
    status: str = "completed"
    metadata: VideoMetadata | None = None
    thumbnail_url: str | None = None
    video_url: str | None = None
    analysis_job_id: str | None = None
    processing_status: str | None = None
    created_at: datetime | None = None

    @property
    def is_completed(self) -> bool:
        return self.status == VideoUploadStatus.COMPLETED

    @property
    def is_analyzing(self) -> bool:
        """An analysis is queued or running."""
        return self.analysis_job_id is not None and self.processing_status in ("pending", "queued", "processing")


@dataclass(frozen=True, slots=True)
class VideoUploadProgress(Wire):
    media_id: str
    upload_id: str
    status: str = "uploading"
    chunks_completed: int = 0
    total_chunks: int = 0
    bytes_uploaded: int = 0
    total_bytes: int = 0
    progress_percent: float = 0.0
    failed_chunks: list[int] = field(default_factory=list)
    estimated_time_remaining: float | None = None  # seconds


@dataclass(frozen=True, slots=True)
class VideoAbortResult(Wire):
    media_id: str
    status: str = "aborted"
    cleaned_up: bool = False
    chunks_removed: int = 0
    s3_cleanup: bool = False


@dataclass(frozen=True, slots=True)
class BatchVideoUploadSession(Wire):
    batch_id: str
    videos: list[VideoUploadSession] = field(default_factory=list)
    total_videos: int = 0
    total_size_bytes: int = 0
    estimated_time_seconds: float | None = None
    processing_priority: str = "normal"


@dataclass(frozen=True, slots=True)
class VideoChunkProgressEvent(Wire):
    """What `on_chunk_progress` hears after every chunk; `bytes_uploaded` counts all that arrived so far."""

    chunk_number: int
    total_chunks: int
    bytes_uploaded: int
    total_bytes: int
    media_id: str
    filename: str

    @property
    def progress_percent(self) -> float:
        return 100.0 * self.bytes_uploaded / self.total_bytes if self.total_bytes else 0.0


@dataclass(frozen=True, slots=True)
class VideoUploadCompleteEvent(Wire):
    media_id: str
    result: VideoUploadResult
