"""Bytes of the page: videos with single ranges, posters and thumbnails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from segments import streaming
from segments.core.errors import LinkExpired, NotFound
from segments.domain import access, links, storage
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


@require_safe
async def video_thumbnail(request: HttpRequest, token: str) -> HttpResponseBase:
    """The poster at its signed address: no key, no cookie."""
    return await _answer(request, lambda: links.thumbnail_video(token), storage.POSTER)


@require_safe
async def video_download(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file as it was uploaded, at its signed address: no key, no cookie."""
    return await _answer(request, lambda: links.source_video(token), storage.SOURCE)


async def _serve(request: HttpRequest, uid: str, name: str) -> HttpResponseBase:
    return await _answer(request, lambda: access.video_for(request.user, uid), name)


async def _answer(request: HttpRequest, find: Callable[[], Video], name: str) -> HttpResponseBase:
    try:
        video, path, size = await sync_to_async(_file)(find, name)
    except (NotFound, LinkExpired) as error:
        # the errors middleware does not see exceptions of views that stream asynchronously in every order
        answer = await sync_to_async(failure_response)(request, error)
        return answer or HttpResponse(status=404)
    return streaming.respond(request, video, path, size, name)


def _file(find: Callable[[], Video], name: str) -> tuple[Video, Path, int]:
    video = find()
    return video, *streaming.found(video, name)
