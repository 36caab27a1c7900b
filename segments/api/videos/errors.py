"""Our failures in the words of this contract: one table, one envelope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from segments.core import errors as failures

#: HTTP status and code; the first that fits, so narrower kinds come first.
FAILURES: dict[type[failures.CuepointError], tuple[int, str]] = {
    failures.InvalidRequest: (422, "VALIDATION_ERROR"),
    failures.ChecksumMismatch: (422, "VALIDATION_ERROR"),
    failures.WrongSize: (400, "VALIDATION_ERROR"),
    failures.LinkExpired: (403, "LINK_EXPIRED"),
    failures.NotFound: (404, "NOT_FOUND"),
    failures.RetryLimit: (409, "RETRY_LIMIT_EXCEEDED"),
    failures.UploadIncomplete: (409, "UPLOAD_INCOMPLETE"),
    failures.InvalidState: (409, "INVALID_STATE"),
    failures.IdempotencyConflict: (409, "INVALID_STATE"),
    failures.Locked: (409, "INVALID_STATE"),
    failures.TooLarge: (413, "FILE_TOO_LARGE"),
    failures.StorageFull: (413, "STORAGE_QUOTA_EXCEEDED"),
    failures.MediaError: (422, "UNSUPPORTED_MEDIA"),
    failures.EngineUnavailable: (503, "SERVICE_UNAVAILABLE"),
    failures.UrlBlocked: (422, "VALIDATION_ERROR"),
    failures.UrlFetchFailed: (422, "VALIDATION_ERROR"),
    failures.TooMany: (429, "RATE_LIMIT_ERROR"),
}
RETRY_AFTER_SECONDS = 10


def envelope(request: HttpRequest, code: str, message: str, details: Mapping[str, Any] | None = None) -> dict[str, Any]:
    error = {"code": code, "message": message, "details": dict(details or {})}
    return {"error": error, "request_id": getattr(request, "request_id", "")}


def refusal(request: HttpRequest, error: failures.CuepointError) -> JsonResponse:
    """The answer for one of our failures."""
    status, code = next((found for kind, found in FAILURES.items() if isinstance(error, kind)), (500, "INTERNAL_ERROR"))
    message = error.message if status != 500 else "Something broke on our side. Try again."
    response = JsonResponse(envelope(request, code, message, _details(error)), status=status)
    if status == 429:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _details(error: failures.CuepointError) -> dict[str, Any]:
    if isinstance(error, failures.InvalidRequest):
        return {"fields": {problem.path or "body": problem.message for problem in error.problems}}
    if isinstance(error, failures.UploadIncomplete):
        return {"missing_chunks": error.missing}
    return dict(getattr(error, "details", {}))
