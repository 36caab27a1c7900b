"""The library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..answers import FileList, FileProcessingStatus, FileRecord, FileSubtitles, FileUploadResult
from ..config import Config
from ..errors import QuotaExceededError
from ..flow import Flow, Request
from .exchange import API, ask, exchange, segment, without_none
from .uploads import UploadOptions, upload_one
from .waiting import poll

#: Larger files go up in chunks; a smaller limit of the server is noticed by its answer.
SINGLE_REQUEST_BYTES = 100_000_000


def upload(
    config: Config,
    path: Path,
    *,
    title: str | None,
    tags: Sequence[str] | None,
    auto_describe: bool,
    skip_duplicates: bool,
) -> Flow[FileUploadResult]:
    """In one request where the server takes that, else in chunks (which skip no duplicates)."""
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {path}.")
    if path.stat().st_size <= SINGLE_REQUEST_BYTES:
        form = {"auto_describe": str(auto_describe).lower(), "skip_duplicates": str(skip_duplicates).lower()}
        form |= without_none({"title": title, "tags": ",".join(tags) if tags else None})
        try:
            answer = yield from exchange(config, Request("POST", f"{API}/files/upload", form=form, file=path))
            return FileUploadResult.from_api_response(answer.json())
        except QuotaExceededError as error:
            if error.details.get("server_code") != "FILE_TOO_LARGE" or not error.details.get("chunked"):
                raise
    options = UploadOptions(title=title, tags=tags, auto_analyze=auto_describe)
    done = yield from upload_one(config, path, options)
    return FileUploadResult(
        image_id=done.media_id,
        filename=path.name,
        status=done.status,
        created_at=done.created_at,
        media_id=done.media_id,
        analysis_job_id=done.analysis_job_id,
    )


def get(config: Config, file_id: str) -> Flow[FileRecord]:
    return FileRecord.from_api_response((yield from ask(config, "GET", f"/files/{segment(file_id)}")))


def list_files(config: Config, query: dict[str, Any]) -> Flow[FileList]:
    return FileList.from_api_response((yield from ask(config, "GET", "/files", params=query)))


def update(config: Config, file_id: str, title: str | None, tags: Sequence[str] | None) -> Flow[FileRecord]:
    body = {"title": title, "tags": list(tags) if tags is not None else None}
    path = f"/files/{segment(file_id)}"
    return FileRecord.from_api_response((yield from ask(config, "PATCH", path, body, repeatable=True)))


def delete(config: Config, file_id: str) -> Flow[dict[str, Any]]:
    found: dict[str, Any] = yield from ask(config, "DELETE", f"/files/{segment(file_id)}")
    return found


def add_subtitles(config: Config, file_id: str, path: Path) -> Flow[FileSubtitles]:
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {path}.")
    request = Request("POST", f"{API}/files/{segment(file_id)}/subtitles", file=path)
    answer = yield from exchange(config, request, repeatable=True)  # the same file replaces itself
    return FileSubtitles.from_api_response(answer.json())


def remove_subtitles(config: Config, file_id: str) -> Flow[FileSubtitles]:
    return FileSubtitles.from_api_response((yield from ask(config, "DELETE", f"/files/{segment(file_id)}/subtitles")))


def get_processing_status(config: Config, file_id: str) -> Flow[FileProcessingStatus]:
    found = yield from ask(config, "GET", f"/files/{segment(file_id)}/processing-status")
    return FileProcessingStatus.from_api_response(found)


def wait_for_session(
    config: Config,
    file_id: str,
    timeout: float | None,
    on_progress: Callable[[FileProcessingStatus], object] | None,
) -> Flow[FileProcessingStatus]:
    """Until upload, probing and analysis are over, however they ended."""

    def look() -> Flow[FileProcessingStatus]:
        return get_processing_status(config, file_id)

    return (yield from poll(config, look, lambda it: it.is_terminal, timeout=timeout, on_progress=on_progress))
