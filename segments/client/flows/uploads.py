"""Uploads in chunks: the single calls, and a whole film with retries, progress and clean-up."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ..answers import (
    BatchVideoUploadSession,
    ChunkConfirmResult,
    ChunkRetryResult,
    VideoAbortResult,
    VideoAnalysisJobStatus,
    VideoAnalysisProgressEvent,
    VideoChunkInfo,
    VideoChunkProgressEvent,
    VideoUploadCompleteEvent,
    VideoUploadProgress,
    VideoUploadResult,
    VideoUploadSession,
)
from ..config import Config
from ..errors import AuthenticationError, ClientError, ConflictError, PermissionDeniedError, VideoUploadError
from ..flow import Answer, Flow, Read, Request, Tell, Together
from .analysis import wait_for_completion
from .exchange import ask, exchange, segment

ROOT = "/video-uploads"
CONTENT_TYPES = {
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".m4v": "video/x-m4v",
    ".webm": "video/webm",
    ".avi": "video/x-msvideo",
}
Callback = Callable[[Any], object] | None


@dataclass(frozen=True, slots=True)
class UploadOptions:
    """How a film goes up; the defaults are those of `upload_one`."""

    title: str | None = None
    tags: Sequence[str] | None = None
    metadata: Mapping[str, str] | None = None
    auto_analyze: bool = True
    wait_for_analysis: bool = False
    analysis_timeout: float | None = None
    analysis_type: str = "full_vlm"
    max_chunk_concurrency: int | None = None
    max_chunk_retries: int = 3
    on_chunk_progress: Callback = None
    on_upload_complete: Callback = None
    on_analysis_progress: Callback = None


# --- single calls


def initiate(
    config: Config,
    filename: str,
    size_bytes: int,
    *,
    content_type: str | None = None,
    title: str | None = None,
    tags: Sequence[str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Flow[VideoUploadSession]:
    guessed = CONTENT_TYPES.get(Path(filename).suffix.lower()) or mimetypes.guess_type(filename)[0]
    body = {
        "filename": filename,
        "content_type": content_type or guessed or "video/mp4",
        "size_bytes": size_bytes,
        "title": title,
        "tags": list(tags) if tags is not None else None,
        "metadata": dict(metadata) if metadata is not None else None,
    }
    found = yield from ask(config, "POST", f"{ROOT}/initiate", body, conflict=partial(_refused, "initiate", None))
    return VideoUploadSession.from_api_response(found)


def confirm_chunk(
    config: Config, media_id: str, upload_id: str, chunk_number: int, *, etag: str, size_bytes: int
) -> Flow[ChunkConfirmResult]:
    body = {"media_id": media_id, "upload_id": upload_id, "chunk_number": chunk_number}
    body |= {"etag": etag, "size_bytes": size_bytes}
    conflict = partial(_refused, "confirm", media_id)
    found = yield from ask(config, "POST", f"{ROOT}/chunks/confirm", body, repeatable=True, conflict=conflict)
    return ChunkConfirmResult.from_api_response(found)


def retry_chunk(config: Config, media_id: str, upload_id: str, chunk_number: int) -> Flow[ChunkRetryResult]:
    body = {"media_id": media_id, "upload_id": upload_id, "chunk_number": chunk_number}
    conflict = partial(_refused, "chunk_upload", media_id)
    found = yield from ask(config, "POST", f"{ROOT}/chunks/retry", body, conflict=conflict)
    return ChunkRetryResult.from_api_response(found)


def get_progress(config: Config, media_id: str) -> Flow[VideoUploadProgress]:
    found = yield from ask(config, "GET", f"{ROOT}/progress/{segment(media_id)}")
    return VideoUploadProgress.from_api_response(found)


def complete(
    config: Config, media_id: str, upload_id: str, auto_analyze: bool, analysis_type: str
) -> Flow[VideoUploadResult]:
    body = {"media_id": media_id, "upload_id": upload_id, "auto_analyze": auto_analyze, "analysis_type": analysis_type}
    conflict = partial(_refused, "complete", media_id)
    found = yield from ask(config, "POST", f"{ROOT}/complete", body, conflict=conflict)
    return VideoUploadResult.from_api_response(found)


def abort(config: Config, media_id: str, upload_id: str, reason: str | None) -> Flow[VideoAbortResult]:
    body = {"media_id": media_id, "upload_id": upload_id, "reason": reason}
    conflict = partial(_refused, "chunk_upload", media_id)
    found = yield from ask(config, "POST", f"{ROOT}/abort", body, repeatable=True, conflict=conflict)
    return VideoAbortResult.from_api_response(found)


def batch_initiate(
    config: Config, videos: Sequence[Mapping[str, Any]], auto_process: bool, processing_priority: str
) -> Flow[BatchVideoUploadSession]:
    body = {"videos": [dict(each) for each in videos], "auto_process": auto_process}
    body["processing_priority"] = processing_priority
    found = yield from ask(config, "POST", f"{ROOT}/batch/initiate", body)
    return BatchVideoUploadSession.from_api_response(found)


# --- whole films


def films(given: str | Path | Sequence[str | Path]) -> list[Path]:
    """The files meant by a path, a list of paths, or a folder (its videos by name, not those in subfolders)."""
    found: list[Path] = []
    for each in [given] if isinstance(given, str | Path) else given:
        path = Path(each)
        if path.is_dir():
            found += sorted(file for file in path.iterdir() if file.suffix.lower() in CONTENT_TYPES)
        elif path.is_file():
            found.append(path)
        else:
            raise FileNotFoundError(f"There is no file {path}.")
    return found


def upload_many(
    config: Config, given: str | Path | Sequence[str | Path], options: UploadOptions
) -> Flow[list[VideoUploadResult]]:
    """One film after the other; the chunks of each go up side by side."""
    results = []
    for path in films(given):
        results.append((yield from upload_one(config, path, options)))
    return results


def upload_one(config: Config, path: Path, options: UploadOptions) -> Flow[VideoUploadResult]:
    """The whole way of one film. On giving up the session is aborted and VideoUploadError says where it stood."""
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {path}.")
    size = path.stat().st_size
    opening = initiate(config, path.name, size, title=options.title, tags=options.tags, metadata=options.metadata)
    session = yield from _staged("initiate", None, [], opening)
    sending = _Sending(config, path, size, session, options)
    try:
        limit = options.max_chunk_concurrency or session.concurrent_upload_limit
        yield Together([sending.chunk(each) for each in session.chunks], limit)
        closing = complete(config, session.media_id, session.upload_id, options.auto_analyze, options.analysis_type)
        result: VideoUploadResult = yield from _staged("complete", session.media_id, sending.arrived, closing)
    except BaseException:
        yield from _give_up(config, session)
        raise
    if options.on_upload_complete is not None:
        event = VideoUploadCompleteEvent(session.media_id, result)
        yield Tell(partial(options.on_upload_complete, event))
    if options.wait_for_analysis and result.analysis_job_id:
        told = options.on_analysis_progress
        yield from wait_for_completion(
            config, result.analysis_job_id, options.analysis_timeout, _wrapped(told) if told else None
        )
    return result


@dataclass(slots=True)
class _Sending:
    """One film on its way. `arrived` and `sent` change only inside Tell, hence never twice at once."""

    config: Config
    path: Path
    size: int
    session: VideoUploadSession
    options: UploadOptions
    arrived: list[int] = field(default_factory=list)
    sent: int = 0

    def chunk(self, info: VideoChunkInfo) -> Flow[None]:
        """Send and confirm one chunk, asking for a new address after each failure."""
        media_id, upload_id = self.session.media_id, self.session.upload_id
        content: bytes = yield Read(self.path, (info.chunk_number - 1) * self.session.chunk_size_bytes, info.size_bytes)
        url = info.upload_url
        for attempt in range(self.options.max_chunk_retries + 1):
            try:
                answer: Answer = yield from _put(self.config, url, content)
                break
            except (ClientError, OSError) as error:
                if attempt == self.options.max_chunk_retries or isinstance(error, ConflictError):
                    raise _failed("chunk_upload", media_id, self.arrived, error) from error
            again = retry_chunk(self.config, media_id, upload_id, info.chunk_number)
            url = (yield from _staged("chunk_upload", media_id, self.arrived, again)).upload_url
        etag = answer.headers.get("etag", "").strip('"')
        confirming = confirm_chunk(
            self.config, media_id, upload_id, info.chunk_number, etag=etag, size_bytes=info.size_bytes
        )
        yield from _staged("confirm", media_id, self.arrived, confirming)
        yield Tell(partial(self._note, info))

    def _note(self, info: VideoChunkInfo) -> object:
        self.arrived.append(info.chunk_number)
        self.arrived.sort()
        self.sent += info.size_bytes
        if self.options.on_chunk_progress is None:
            return None
        total = self.session.total_chunks
        event = VideoChunkProgressEvent(
            info.chunk_number, total, self.sent, self.size, self.session.media_id, self.path.name
        )
        return self.options.on_chunk_progress(event)


def _put(config: Config, url: str, content: bytes) -> Flow[Answer]:
    headers = {"Content-Type": "application/octet-stream"}
    request = Request("PUT", url, content=content, headers=headers, with_key=False)
    # a new address is the retry of a chunk: only the server counts them
    return (yield from exchange(config, request, repeatable=False))


def _give_up(config: Config, session: VideoUploadSession) -> Flow[None]:
    """Abort, best effort: what went wrong before is what the caller must hear."""
    try:
        yield from abort(config, session.media_id, session.upload_id, "the client gave up")
    except ClientError:
        return


def _staged(stage: str, media_id: str | None, arrived: list[int], flow: Flow[Any]) -> Flow[Any]:
    """Run a call of an upload; its failure becomes a VideoUploadError that names the stage."""
    try:
        return (yield from flow)
    except (AuthenticationError, PermissionDeniedError):
        raise
    except ClientError as error:
        raise _failed(stage, media_id, arrived, error) from error


def _failed(stage: str, media_id: str | None, arrived: list[int], error: Exception) -> VideoUploadError:
    details = {**getattr(error, "details", {}), "stage": stage}
    words = getattr(error, "message", str(error))
    return VideoUploadError(words, details=details, media_id=media_id, partial_chunks=arrived)


def _refused(stage: str, media_id: str | None, message: str, *, details: dict[str, Any]) -> VideoUploadError:
    return VideoUploadError(message, details={**details, "stage": stage}, media_id=media_id)


def _wrapped(told: Callable[[VideoAnalysisProgressEvent], object]) -> Callable[[VideoAnalysisJobStatus], object]:
    return lambda status: told(VideoAnalysisProgressEvent(status))
