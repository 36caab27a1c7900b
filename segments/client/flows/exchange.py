"""One request and its answer: retries with growing pauses, and refusals as exceptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from ..config import Config
from ..errors import (
    AuthenticationError,
    ClientConnectionError,
    ClientError,
    ConflictError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ResourceNotFoundError,
    ServerError,
    ValidationError,
)
from ..flow import Answer, Flow, Request, Sleep

API = "/api/v2"
IDEMPOTENT = ("GET", "HEAD", "PUT", "DELETE")
PASSING = (429, 502, 503, 504)
KINDS: dict[int, type[ClientError]] = {
    400: ValidationError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: ResourceNotFoundError,
    409: ConflictError,
    413: QuotaExceededError,
    422: ValidationError,
    507: QuotaExceededError,
}
#: How a 409 is raised: upload and analysis calls have classes of their own.
Conflict = Callable[..., ClientError]


def exchange(
    config: Config, request: Request, *, repeatable: bool | None = None, conflict: Conflict = ConflictError
) -> Flow[Answer]:
    """Send, and again after passing faults when that is harmless; raises the class that fits the refusal."""
    may_repeat = request.method in IDEMPOTENT if repeatable is None else repeatable
    attempt = 0
    while True:
        pause = config.retry_delay * 2**attempt
        last = not may_repeat or attempt >= config.max_retries
        try:
            answer: Answer = yield request
        except ClientConnectionError:
            if last:
                raise
        else:
            if answer.status < 400:
                return answer
            if last or answer.status not in PASSING:
                raise refusal(answer, conflict)
            pause = _retry_after(answer) or pause
        yield Sleep(pause)
        attempt += 1


def ask(
    config: Config,
    method: str,
    path: str,
    body: Any = None,
    *,
    params: Mapping[str, Any] | None = None,
    repeatable: bool | None = None,
    conflict: Conflict = ConflictError,
    root: str = API,
) -> Flow[Any]:
    """A JSON request; absent values are left out. Answers the JSON."""
    sent = without_none(body) if isinstance(body, Mapping) else body
    request = Request(method, root + path, params=_pairs(params or {}), json=sent)
    answer = yield from exchange(config, request, repeatable=repeatable, conflict=conflict)
    return answer.json() if answer.content else None


def segment(value: str) -> str:
    """An identifier as one part of a path."""
    return quote(str(value), safe="")


def without_none(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def refusal(answer: Answer, conflict: Conflict = ConflictError) -> ClientError:
    """The exception for a refused request; `details["server_code"]` is the server's own code."""
    code, message, details = _words(answer)
    details |= {"server_code": code} if code else {}
    if answer.status == 409:
        return conflict(message, details=details)
    if answer.status == 429:
        limit, remaining, reset = (
            _number(answer.headers.get(f"x-ratelimit-{name}") or answer.headers.get(f"x-ratelimit-request-{name}"))
            for name in ("limit", "remaining", "reset")
        )
        retry_after = _retry_after(answer)
        return RateLimitError(
            message, details=details, retry_after=retry_after, limit=limit, remaining=remaining, reset=reset
        )
    if answer.status == 403 and "QUOTA" in code.upper():
        return QuotaExceededError(message, details=details)
    kind = KINDS.get(answer.status, ServerError if answer.status >= 500 else ClientError)
    return kind(message, details=details)


def _words(answer: Answer) -> tuple[str, str, dict[str, Any]]:
    try:
        body = answer.json()
    except ServerError:
        body = None
    if not isinstance(body, dict):
        return "", f"The server answered {answer.status}.", {}
    inner = body["error"] if isinstance(body.get("error"), dict) else body
    message = inner.get("message") or inner.get("detail") or f"The server answered {answer.status}."
    details = inner.get("details")
    return str(inner.get("code") or ""), str(message), dict(details) if isinstance(details, dict) else {}


def _retry_after(answer: Answer) -> float | None:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _pairs(params: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in params.items():
        values = value if isinstance(value, list | tuple) else [value]
        pairs += [
            (name, str(each).lower() if isinstance(each, bool) else str(each)) for each in values if each is not None
        ]
    return pairs
