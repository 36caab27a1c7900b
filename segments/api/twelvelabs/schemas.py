"""The wire of the task API, for its documentation and for query strings."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

Page = Field(1, ge=1, le=1_000_000, description="Page number, from 1")
PageLimit = Field(10, ge=1, le=50, description="Entries per page")


class ErrorDetail(Schema):
    code: str
    message: str
    details: dict[str, Any] | None = None


class Error(Schema):
    code: str
    message: str
    docs_url: str = ""
    error: ErrorDetail


#: Statuses that every route may answer.
ERRORS = dict.fromkeys((400, 401, 404, 409, 413, 429, 500, 503), Error)


#: Bodies that are read by hand, because a form has a file and metadata may hold anything: described for the documents.
ASSET_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["method"],
    "properties": {
        "method": {"type": "string", "enum": ["direct", "url"]},
        "file": {"type": "string", "format": "binary", "description": "With method=direct"},
        "url": {"type": "string", "description": "With method=url: public address of a video file"},
        "filename": {"type": "string", "maxLength": 255},
        "enable_thumbnail": {"type": "string", "enum": ["true", "false"]},
        "enable_hls": {"type": "string", "enum": ["true", "false"]},
        "user_metadata": {"type": "string", "description": "A JSON object of plain values, as text"},
    },
}
NOTES_BODY: dict[str, Any] = {
    "type": "object",
    "required": ["user_metadata"],
    "properties": {"user_metadata": {"type": "object"}},
}


def described(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    """`openapi_extra` of a route whose body we read ourselves."""
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


class PageInfo(Schema):
    limit_per_page: int
    page: int
    total_page: int
    total_results: int


class Asset(Schema):
    id: str = Field(alias="_id")
    method: Literal["direct", "url", "multipart"]
    status: Literal["processing", "ready", "failed"]
    filename: str
    file_type: str
    created_at: str
    size: int | None = None
    duration: float | None = None
    hls: dict[str, Any] | None = None
    thumbnail: dict[str, Any] | None = None
    technical_metadata: dict[str, Any] | None = None
    user_metadata: dict[str, Any] | None = None
    error: dict[str, Any] | None = None


class Paging(Schema):
    page: int = Page
    page_limit: int = PageLimit


class MultipartRequest(Schema):
    filename: str = Field(min_length=1, max_length=255)
    type: Literal["video", "audio", "image"]
    total_size: int = Field(ge=1, le=1 << 50, description="Bytes")
    enable_hls: bool | None = None
    enable_thumbnail: bool | None = None
    user_metadata: dict[str, Any] | None = None


class UploadUrl(Schema):
    chunk_index: int
    url: str
    expires_at: str


class MultipartCreated(Schema):
    upload_id: str
    asset_id: str
    upload_urls: list[UploadUrl]
    upload_headers: dict[str, str]
    chunk_size: int
    total_chunks: int
    expires_at: str


class CompletedChunk(Schema):
    chunk_index: int = Field(ge=1, le=1000)
    proof: str = Field(max_length=200, description="ETag of the PUT, without quotes")
    proof_type: Literal["etag"]
    chunk_size: int = Field(ge=1, description="Bytes")


class MultipartReport(Schema):
    completed_chunks: list[CompletedChunk] = Field(min_length=1, max_length=1000)


class MultipartReported(Schema):
    asset_id: str
    processed_chunks: int
    duplicate_chunks: int
    total_completed: int
    url: str | None = None


class MultipartUrlsRequest(Schema):
    start: int = Field(ge=1, le=1000)
    count: int = Field(ge=1, le=50)


class MultipartUrls(Schema):
    upload_id: str
    start_index: int
    count: int
    upload_urls: list[UploadUrl]
    generated_at: str
    expires_at: str


class MultipartStatus(Schema):
    upload_id: str
    status: Literal["active", "completed", "failed", "expired"]
    uploaded_chunks: list[dict[str, Any]]
    chunks_completed: int
    chunks_failed: int
    chunks_pending: int
    page_info: PageInfo
    total_size: int
    uploaded_size: int
    created_at: str
    updated_at: str


class MultipartSummary(Schema):
    upload_id: str
    status: Literal["active", "completed", "failed", "expired"]
    total_size: int
    chunk_size: int
    total_chunks: int
    created_at: str
    expires_at: str


class MultipartPage(Schema):
    data: list[MultipartSummary]
    page_info: PageInfo


class AssetPage(Schema):
    data: list[Asset]
    page_info: PageInfo


class AssetQuery(Schema):
    page: int = Page
    page_limit: int = PageLimit
    asset_ids: list[str] = []
    asset_types: list[Literal["image", "video", "audio", "document"]] = []
    filename: str = ""


class TaskCreated(Schema):
    task_id: str
    status: str


class Task(Schema):
    task_id: str
    custom_id: str | None
    video_source: dict[str, Any]
    request_params: dict[str, Any]
    status: Literal["queued", "pending", "processing", "ready", "failed", "canceled"]
    created_at: str
    completed_at: str | None = None
    result: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    webhooks: list[dict[str, Any]] | None = None


class Analysis(Schema):
    id: str
    data: str
    finish_reason: Literal["stop", "length"]
    usage: dict[str, int]
    error: dict[str, str] | None = None


class TaskPage(Schema):
    data: list[Task]
    page_info: PageInfo


class TaskQuery(Schema):
    page: int = Page
    page_limit: int = PageLimit
    status: Literal["queued", "pending", "processing", "ready", "failed", "canceled", ""] = ""
    analysis_mode: Literal["general", "time_based_metadata", ""] = ""
    video_url: str = ""
    asset_id: str = ""
