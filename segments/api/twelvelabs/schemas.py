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
    technical_metadata: dict[str, Any] | None = None
    user_metadata: dict[str, Any] | None = None
    error: dict[str, Any] | None = None


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
