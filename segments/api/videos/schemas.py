"""What callers send. Unknown keys are ignored: the original's clients may know more than we do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

ContentType = Literal["video/mp4", "video/quicktime", "video/x-m4v", "video/webm", "video/x-msvideo"]
AnalysisType = Literal["full_vlm", "frame_sample", "scene_detection", "transcript"]
Priority = Literal["low", "normal", "high"]
Tag = Annotated[str, StringConstraints(pattern=r"^[\w \-]{1,50}$")]
Tags = Annotated[list[Tag], Field(max_length=20)]
Title = Annotated[str, StringConstraints(max_length=255)]
Reason = Annotated[str, StringConstraints(max_length=500)]
Number = Annotated[int, Field(ge=1, le=10_000)]


class Initiate(Schema):
    filename: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    content_type: ContentType
    size_bytes: Annotated[int, Field(gt=0)]
    title: Title | None = None
    tags: Tags | None = None
    metadata: dict[str, str] | None = None


class Session(Schema):
    media_id: str
    upload_id: str


class ChunkConfirm(Session):
    chunk_number: Number
    etag: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    size_bytes: int


class ChunkRetry(Session):
    chunk_number: Number


class Complete(Session):
    """The duration is measured here, so the one sent is ignored; provider and model mean nothing to local analysis."""

    duration_seconds: Annotated[float, Field(gt=0)] | None = None
    auto_analyze: bool = True
    analysis_type: AnalysisType = "full_vlm"
    analysis_provider: str | None = None
    analysis_model: str | None = None
    duration_extraction_failed: bool = False


class Abort(Session):
    reason: Reason | None = None


class BatchInitiate(Schema):
    """`auto_process` is what each `complete` says anew; `processing_priority` is given back."""

    videos: Annotated[list[Initiate], Field(min_length=1, max_length=10)]
    auto_process: bool = True
    processing_priority: Priority = "normal"


class UploadForm(Schema):
    title: Title = ""
    tags: str = ""
    auto_describe: bool = True
    skip_duplicates: bool = False
    project_id: str = ""


class FileQuery(Schema):
    search: str = ""
    tags: list[str] = []
    media_types: list[str] = []
    date_from: datetime | None = None
    date_to: datetime | None = None
    sort_by: Literal["created_at", "updated_at", "title", "original_filename", "size_bytes"] = "created_at"
    sort_order: Literal["asc", "desc"] = "desc"
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class FileUpdate(Schema):
    title: Title | None = None
    tags: Tags | None = None


class Queue(Schema):
    media_id: str
    analysis_type: AnalysisType = "full_vlm"
    priority: Priority = "normal"


class Retry(Schema):
    media_id: str
    reason: Reason | None = None


class Cancel(Schema):
    reason: Reason | None = None
