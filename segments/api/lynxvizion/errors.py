"""Our failures in the words of this contract: `detail` for people, `code` for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from segments.core import errors as failures

#: HTTP status and code; the first that fits, so narrower kinds come first.
FAILURES: dict[type[failures.CuepointError], tuple[int, str]] = {
    failures.InvalidRequest: (400, "invalid_request"),
    failures.WrongSize: (400, "invalid_request"),
    failures.MediaError: (400, "invalid_request"),
    failures.LinkExpired: (403, "link_expired"),
    failures.NotFound: (404, "not_found"),
    failures.InvalidState: (409, "invalid_state"),
    failures.Locked: (409, "invalid_state"),
    failures.TooLarge: (413, "file_too_large"),
    failures.StorageFull: (413, "file_too_large"),
    failures.TooMany: (429, "rate_limited"),
    failures.EngineUnavailable: (400, "module_unavailable"),
}
RETRY_AFTER_SECONDS = 10


class Refused(failures.CuepointError):
    """A refusal that has a code of its own in this contract; `extra` are further keys of its body."""

    def __init__(self, status: int, code: str, message: str, **extra: object) -> None:
        super().__init__(message)
        self.status, self.code, self.extra = status, code, extra


def body(code: str, detail: str, **extra: object) -> dict[str, Any]:
    return {"detail": detail, "code": code, **extra}


def refusal(request: HttpRequest, error: failures.CuepointError) -> JsonResponse:
    """The answer for one of our failures."""
    if isinstance(error, Refused):
        return JsonResponse(body(error.code, error.message, **error.extra), status=error.status)
    status, code = next((found for kind, found in FAILURES.items() if isinstance(error, kind)), (500, "internal_error"))
    detail = error.message if status != 500 else "Something broke on our side. Try again."
    response = JsonResponse(body(code, detail, **_extra(error)), status=status)
    if status == 429:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _extra(error: failures.CuepointError) -> dict[str, object]:
    problems = getattr(error, "problems", [])
    return {"field": problems[0].path} if problems and problems[0].path else {}
