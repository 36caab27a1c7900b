"""What callers get, as the OpenAPI description tells it. `mapping` fills these in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="ISO 8601 in UTC, with Z")]
Seconds = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
UploadStatus = Literal["uploading", "processing", "completed", "failed", "aborted"]
AnalysisStatus = Literal["pending", "uploading_to_vlm", "processing", "completed", "failed", "cancelled"]


class Failure(Schema):
    code: str
    message: str
    details: dict[str, Any]


class Refusal(Schema):
    """Every refusal; with 422 `details.fields` names each wrong value."""

    error: Failure
    request_id: str


#: What any call may answer instead; ids that are unknown or not yours are 404.
REFUSALS: dict[int, type[Schema]] = dict.fromkeys((400, 401, 404, 409, 422, 429, 503), Refusal)


def or_refusal(kind: type[Schema] | None, status: int = 200, *more: int) -> dict[int, type[Schema] | None]:
    """The `response` of a route."""
    return {status: kind, **REFUSALS, **dict.fromkeys(more, Refusal)}


# --- analysis


class JobStatus(Schema):
    analysis_job_id: Uuid
    media_id: Uuid
    status: AnalysisStatus
    progress_percent: Percent
    current_step: str | None
    started_at: Moment | None
    completed_at: Moment | None
    error_message: str | None
    error_code: str | None
    retry_count: int
    max_retries: int
    estimated_completion_time: Moment | None


class Queued(Schema):
    analysis_job_id: Uuid
    media_id: Uuid
    queue_position: Annotated[int, Field(ge=0)]
    estimated_start_time: Moment | None
    message: str


class Retried(Schema):
    analysis_job_id: Uuid
    media_id: Uuid
    status: AnalysisStatus
    retry_count: int
    max_retries: int
    message: str


class Scene(Schema):
    scene_id: Uuid
    scene_index: Annotated[int, Field(ge=0)]
    start_time: Seconds
    end_time: Seconds
    time_range_formatted: str
    description: str | None
    tags: list[str]
    visible_text: str | None
    confidence_score: Annotated[float, Field(ge=0, le=1)] | None
    embedding_status: str | None
    thumbnail_url: str
    created_at: Moment | None


class Scenes(Schema):
    video_id: Uuid
    count: int
    scenes: list[Scene]


# --- uploads


class Metadata(Schema):
    duration_seconds: float | None
    resolution: str | None
    width: int | None
    height: int | None
    frame_rate: float | None
    video_codec: str | None
    audio_codec: str | None
    bitrate_kbps: int | None
    file_size_bytes: int | None
    format_name: str | None


class Chunk(Schema):
    chunk_number: int
    size_bytes: int
    upload_url: str
    upload_method: Literal["PUT"]
    expires_at: Moment


class UploadSession(Schema):
    media_id: Uuid
    upload_id: Uuid
    total_chunks: int
    chunk_size_bytes: int
    storage_path: str
    chunks: list[Chunk]
    expires_at: Moment
    concurrent_upload_limit: int
    retry_attempts: int


class Batch(Schema):
    batch_id: Uuid
    videos: list[UploadSession]
    total_videos: int
    total_size_bytes: int
    estimated_time_seconds: float | None
    processing_priority: Literal["low", "normal", "high"]


class ChunkConfirmed(Schema):
    chunk_number: int
    status: Literal["completed"]
    chunks_completed: int
    total_chunks: int
    progress_percent: Percent
    estimated_time_remaining: float | None


class ChunkAddress(Schema):
    chunk_number: int
    upload_url: str
    expires_at: Moment
    retry_attempt: int
    max_retries: int


class UploadProgress(Schema):
    media_id: Uuid
    upload_id: Uuid
    status: UploadStatus
    chunks_completed: int
    total_chunks: int
    bytes_uploaded: int
    total_bytes: int
    progress_percent: Percent
    estimated_time_remaining: float | None
    current_chunk: int | None
    failed_chunks: list[int]
    last_updated: Moment


class UploadCompleted(Schema):
    media_id: Uuid
    status: UploadStatus
    processing_status: str
    metadata: Metadata | None
    video_url: str | None
    thumbnail_url: str | None
    analysis_job_id: Uuid | None
    created_at: Moment


class Aborted(Schema):
    media_id: Uuid
    status: Literal["aborted"]
    cleaned_up: bool
    chunks_removed: int
    s3_cleanup: bool


# --- files


class FileUploaded(Schema):
    image_id: Annotated[Uuid, Field(description="The same as media_id")]
    media_id: Uuid
    filename: str
    media_type: Literal["video"]
    status: UploadStatus
    deduplicated: bool
    analysis_job_id: Uuid | None
    created_at: Moment


class FileRecord(Schema):
    id: Uuid
    title: str | None
    original_filename: str
    tags: list[str]
    size_bytes: int | None
    content_type: str | None
    media_type: Literal["video"]
    hash: str | None
    thumbnail_url: str | None
    video_url: str | None
    video_metadata: Metadata | None
    video_analysis_status: AnalysisStatus | None
    video_analysis_job_id: Uuid | None
    scene_count: int | None
    has_audio_transcript: bool | None
    created_at: Moment
    updated_at: Moment
    asset_id: Annotated[str, Field(description="The same film in the task API")]


class FilePage(Schema):
    files: list[FileRecord]
    total_count: int
    has_more: bool


class Processing(Schema):
    file_id: Uuid
    media_type: Literal["video"]
    filename: str
    upload_status: UploadStatus
    variant_status: Literal["pending", "processing", "completed", "failed"]
    progress_percent: Percent
    error_message: str | None
    thumbnail_url: str | None
    video_url: str | None
    video_metadata: Metadata | None
    video_analysis_status: AnalysisStatus | None
    video_analysis_job_id: Uuid | None
    scene_count: int | None
    has_audio_transcript: bool | None
    created_at: Moment
    updated_at: Moment


class FileDescribed(Schema):
    id: Uuid
    title: str | None
    tags: list[str]
    updated_at: Moment


class FileDeleted(Schema):
    id: Uuid
    deleted_at: Moment
    message: str


class AddedSubtitles(Schema):
    name: str
    lines: int
    last: Annotated[float, Field(description="When the last line ends, in seconds")]


class FileSubtitles(Schema):
    id: Uuid
    subtitles: AddedSubtitles | None
