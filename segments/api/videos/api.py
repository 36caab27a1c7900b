"""The `/api/v2` instance: who may come in, what is mounted, how refusals look."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from segments.api.videos import analysis, files, scenes, uploads
from segments.api.videos.auth import KEY
from segments.api.videos.errors import envelope, refusal
from segments.core.errors import CuepointError, InvalidRequest, Problem

api = NinjaAPI(
    title="Cuepoint video API",
    version="2",
    description="Uploads in chunks, files, analysis jobs and their scenes. `segments.client` speaks it.",
    urls_namespace="videos",
    auth=KEY,
    docs_url="/docs",
)
api.add_router("/video-uploads", uploads.router, tags=["uploads"])
api.add_router("/video-analysis", analysis.router, tags=["analysis"])
api.add_router("/videos", scenes.of_videos, tags=["scenes"])
api.add_router("/video-scenes", scenes.pictures, tags=["scenes"])
api.add_router("/files", files.router, tags=["files"])


@api.exception_handler(CuepointError)
def on_failure(request: HttpRequest, error: CuepointError) -> HttpResponse:
    return refusal(request, error)


@api.exception_handler(OperationalError)
def on_busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    body = envelope(request, "TIMEOUT", "The server is busy. Try again in a moment.")
    return JsonResponse(body, status=503, headers={"Retry-After": "2"})


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    text = "The API key is missing or wrong. Send a valid one as `Authorization: Bearer <key>`."
    body = envelope(request, "INVALID_API_KEY", text)
    return JsonResponse(body, status=401, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(ValidationError)
def on_bad_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [Problem(_path(each["loc"]), f"{_path(each['loc'])}: {each['msg']}.") for each in error.errors]
    return refusal(request, InvalidRequest(problems))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return JsonResponse(envelope(request, "VALIDATION_ERROR", str(error)), status=error.status_code)


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No such route, in the envelope that clients read."""
    text = f"There is no route {request.method} {request.path}."
    return JsonResponse(envelope(request, "NOT_FOUND", text), status=404)


def _path(location: tuple[Any, ...]) -> str:
    """`("body", "payload", "tags", 0)` → `tags.0`; the first two are where Ninja looked."""
    return ".".join(str(part) for part in location[2:] or location[1:]) or "body"
