"""One key, three ways to send it: `x-api-key: KEY`, `Authorization: KEY`, `Authorization: Bearer KEY`."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from segments.core.errors import TooMany
from segments.domain import api_keys
from segments.domain.api_keys import Rate


def sent_key(request: HttpRequest) -> str:
    """The key of a request, "" without one."""
    given = request.headers.get("x-api-key", "")
    if given:
        return given
    scheme, _, rest = request.headers.get("Authorization", "").strip().partition(" ")
    return rest.strip() if rest and scheme.lower() == "bearer" else ("" if rest else scheme)


def admitted(request: HttpRequest, key: str) -> User | None:
    """Whose key it is; the request is theirs and counted from now on. Raises TooMany above the limit of the key."""
    user = api_keys.caller(key)
    if user is None:
        return None
    request.user = user
    rate = request.rate = api_keys.count_request(key)  # type: ignore[attr-defined]
    if rate is not None and rate.is_over:
        wait = rate.seconds_left
        raise TooMany(f"This key may make {rate.limit} requests per minute. Try again in {wait} s.")
    return user


def tell_rate(response: HttpResponseBase, rate: Rate | None) -> None:
    """Headers about the limit of a key; nothing while none is set."""
    if rate is None:
        return
    response.headers["X-RateLimit-Request-Limit"] = str(rate.limit)
    response.headers["X-RateLimit-Request-Remaining"] = str(rate.remaining)
    response.headers["X-RateLimit-Request-Used"] = str(rate.used)
    response.headers["X-RateLimit-Request-Reset"] = str(int(rate.resets_at.timestamp()))
    if rate.is_over:
        response.headers["Retry-After"] = str(rate.seconds_left)
