"""Every failure that the client raises. All carry `code`, `message` and `details`; the text is `[code] message`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """Base of all failures of this client."""

    code = "ERROR"

    def __init__(self, message: str, *, code: str = "", details: Mapping[str, Any] | None = None) -> None:
        self.code = code or type(self).code
        self.message = message
        self.details: dict[str, Any] = dict(details or {})
        super().__init__(f"[{self.code}] {message}")


class AuthenticationError(ClientError):
    """401: the key is missing, wrong or revoked."""

    code = "AUTH_ERROR"


class PermissionDeniedError(ClientError):
    """403: this caller, or this address, may not do that."""

    code = "PERMISSION_DENIED"


class ResourceNotFoundError(ClientError):
    """404: not there, or not yours. Details name `resource_type` and `resource_id` where the server does."""

    code = "NOT_FOUND"


class ValidationError(ClientError):
    """400 or 422, or an answer that lacks a required key; `details["fields"]` names what is wrong."""

    code = "VALIDATION_ERROR"


class ConflictError(ClientError):
    """409: the thing exists, but its state does not allow this now."""

    code = "INVALID_STATE"


class QuotaExceededError(ClientError):
    """413, or a full disk: `details` may hold `available` and `limit` in bytes."""

    code = "QUOTA_EXCEEDED"


class RateLimitError(ClientError):
    """429. `retry_after` is seconds; `limit`, `remaining` and `reset` are as the server's headers say, else None."""

    code = "RATE_LIMIT"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        details: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
        limit: int | None = None,
        remaining: int | None = None,
        reset: int | None = None,
    ) -> None:
        super().__init__(message, code=code, details=details)
        self.retry_after = retry_after
        self.limit = limit
        self.remaining = remaining
        self.reset = reset


class ServerError(ClientError):
    """5xx, after the retries."""

    code = "SERVER_ERROR"


class ClientTimeoutError(ClientError, TimeoutError):
    """A request or a wait took too long; `last_result` is the last status that was seen, if any."""

    code = "TIMEOUT"

    def __init__(self, message: str, *, last_result: Any = None) -> None:
        super().__init__(message)
        self.last_result = last_result


class ClientConnectionError(ClientError, ConnectionError):
    """The server could not be reached, or the line broke, after the retries."""

    code = "CONNECTION_ERROR"


class VideoUploadError(ClientError):
    """An upload failed. `details["stage"]` is initiate, chunk_upload, confirm or complete.

    `partial_chunks` are the numbers of the chunks that had arrived.
    """

    code = "VIDEO_UPLOAD_ERROR"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        details: Mapping[str, Any] | None = None,
        media_id: str | None = None,
        partial_chunks: list[int] | None = None,
    ) -> None:
        super().__init__(message, code=code, details=details)
        self.media_id = media_id
        self.partial_chunks = list(partial_chunks or [])


class VideoAnalysisError(ClientError):
    """An analysis failed or was cancelled while waiting, or the server refused queue, retry or cancel.

    `details["status"]` is the state of the job where it is known.
    """

    code = "VIDEO_ANALYSIS_ERROR"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        details: Mapping[str, Any] | None = None,
        media_id: str | None = None,
        analysis_job_id: str | None = None,
    ) -> None:
        super().__init__(message, code=code, details=details)
        self.media_id = media_id
        self.analysis_job_id = analysis_job_id
