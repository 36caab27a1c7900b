"""The `/api` instance: who may come in, what is mounted, how refusals look."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import AuthenticationError, HttpError, ValidationError

from segments import VERSION
from segments.api.lynxvizion import keys, processing, projects, reports, results, search, storage, usage, videos
from segments.api.lynxvizion.auth import AUTH
from segments.api.lynxvizion.described import DescribedAPI
from segments.api.lynxvizion.errors import body, refusal
from segments.core.errors import CuepointError

log = logging.getLogger(__name__)
api = DescribedAPI(
    title="Cuepoint modules API",
    version="1",
    description="Videos are jobs; modules analyse them; what they found are segments.",
    urls_namespace="modules",
    auth=AUTH,
    docs_url="/docs",
)
for routes, tag in (
    (results.router, "results"),
    (processing.router, "processing"),
    (videos.router, "videos"),
    (storage.router, "storage"),
    (projects.router, "projects"),
    (reports.router, "shared reports"),
    (search.router, "search"),
    (usage.router, "usage"),
    (keys.router, "keys"),
):
    api.add_router("", routes, tags=[tag])


@api.get("/health", auth=None, tags=["health"], response=dict[str, str])
def health(request: HttpRequest) -> dict[str, str]:
    return {"status": "ok", "version": VERSION}


@api.exception_handler(CuepointError)
def on_failure(request: HttpRequest, error: CuepointError) -> HttpResponse:
    return refusal(request, error)


@api.exception_handler(OperationalError)
def on_busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    told = body("internal_error", "The server is busy. Try again in a moment.")
    return JsonResponse(told, status=503, headers={"Retry-After": "2"})


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = "The API key is missing, wrong or switched off. Send a valid one as `Authorization: <key>`."
    return JsonResponse(body("unauthorized", detail), status=401, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(ValidationError)
def on_bad_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    field = _path(first["loc"])
    return JsonResponse(body("invalid_request", f"{field}: {first['msg']}.", field=field), status=400)


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def on_unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        told = body("file_too_large", "The body is too long. Films go as multipart/form-data or to an upload address.")
        return JsonResponse(told, status=413)
    return JsonResponse(body("invalid_request", "The body of this request cannot be read."), status=400)


@api.exception_handler(Exception)
def on_bug(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug of ours. The trace goes to the log; callers get words."""
    log.error("%s %s broke", request.method, request.path, exc_info=error)
    return JsonResponse(body("internal_error", "Something broke on our side. Try again."), status=500)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return JsonResponse(body("invalid_request", str(error)), status=error.status_code)


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No such route, in the words that clients read."""
    return JsonResponse(body("not_found", f"There is no route {request.method} {request.path}."), status=404)


def _path(location: tuple[Any, ...]) -> str:
    """`("body", "payload", "name")` → `name`; the first two are where Ninja looked."""
    return ".".join(str(part) for part in location[2:] or location[1:]) or "body"
