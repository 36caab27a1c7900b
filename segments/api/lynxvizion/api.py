"""The `/api` instance: who may come in, what is mounted, how refusals look."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import AuthenticationError, HttpError, ValidationError

from segments import VERSION
from segments.api.lynxvizion import keys, processing, results, storage, videos
from segments.api.lynxvizion.auth import AUTH
from segments.api.lynxvizion.described import DescribedAPI
from segments.api.lynxvizion.errors import body, refusal
from segments.core.errors import CuepointError

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
