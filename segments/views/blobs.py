"""Bytes of the page: videos with single ranges, posters and thumbnails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from segments import streaming
from segments.domain import access, links, storage
from segments.models import Video


@require_safe
def video_source(request: HttpRequest, uid: str) -> HttpResponseBase:
    return _serve(request, uid, storage.SOURCE)


@require_safe
def video_playable(request: HttpRequest, uid: str) -> HttpResponseBase:
    return _serve(request, uid, storage.RENDITION)


@require_safe
def video_poster(request: HttpRequest, uid: str) -> HttpResponseBase:
    return _serve(request, uid, storage.POSTER)


@require_safe
def video_sprite(request: HttpRequest, uid: str) -> HttpResponseBase:
    return _serve(request, uid, storage.SPRITE)


@require_safe
def video_thumbnail(request: HttpRequest, token: str) -> HttpResponseBase:
    """The poster at its signed address: no key, no cookie."""
    return _answer(request, links.thumbnail_video(token), storage.POSTER)


@require_safe
def video_download(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file as it was uploaded, at its signed address: no key, no cookie."""
    return _answer(request, links.source_video(token), storage.SOURCE)


def _serve(request: HttpRequest, uid: str, name: str) -> HttpResponseBase:
    return _answer(request, access.video_for(request.user, uid), name)


def _answer(request: HttpRequest, video: Video, name: str) -> HttpResponseBase:
    path, size = streaming.found(video, name)
    return streaming.respond(request, video, path, size, name)
