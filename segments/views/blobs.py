"""Bytes of the page: videos with single ranges, posters and thumbnails."""

from __future__ import annotations

from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from segments import streaming
from segments.core.errors import NotFound
from segments.domain import access, storage
from segments.middleware import failure_response
from segments.models import Video


@require_safe
async def video_source(request: HttpRequest, uid: str) -> HttpResponseBase:
    return await _serve(request, uid, storage.SOURCE)


@require_safe
async def video_playable(request: HttpRequest, uid: str) -> HttpResponseBase:
    return await _serve(request, uid, storage.RENDITION)


@require_safe
async def video_poster(request: HttpRequest, uid: str) -> HttpResponseBase:
    return await _serve(request, uid, storage.POSTER)


@require_safe
async def video_sprite(request: HttpRequest, uid: str) -> HttpResponseBase:
    return await _serve(request, uid, storage.SPRITE)


async def _serve(request: HttpRequest, uid: str, name: str) -> HttpResponseBase:
    try:
        video, path, size = await sync_to_async(_find)(request, uid, name)
    except NotFound as error:
        # the errors middleware does not see exceptions of views that stream asynchronously in every order
        answer = await sync_to_async(failure_response)(request, error)
        return answer or HttpResponse(status=404)
    return streaming.respond(request, video, path, size, name)


def _find(request: HttpRequest, uid: str, name: str) -> tuple[Video, Path, int]:
    video = access.video_for(request.user, uid)
    return video, *streaming.found(video, name)
