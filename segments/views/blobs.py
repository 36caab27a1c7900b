"""Bytes out: videos with single ranges, posters and thumbnails. Streams blocks; never a whole file in memory."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from segments.core.errors import NotFound
from segments.domain import access, storage
from segments.middleware import failure_response
from segments.models import Video

BLOCK = 1 << 18
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


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


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte of one range, None to send everything. Raises ValueError when it lies outside.

    Several ranges, other units and nonsense are ignored, as RFC 9110 14.2 allows.
    """
    match = _RANGE.match(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        length = int(last)
        if length == 0 or size == 0:
            raise ValueError("empty suffix")
        return max(0, size - length), size - 1
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    if last and int(last) < start:
        return None
    if start >= size:
        raise ValueError("starts after the end")
    return start, end


async def _serve(request: HttpRequest, uid: str, name: str) -> HttpResponseBase:
    try:
        video, path, size = await sync_to_async(_find)(request, uid, name)
    except NotFound as error:
        # the errors middleware does not see exceptions of views that stream asynchronously in every order
        answer = await sync_to_async(failure_response)(request, error)
        return answer or HttpResponse(status=404)
    return _respond(request, video, path, size, name)


def _find(request: HttpRequest, uid: str, name: str) -> tuple[Video, Path, int]:
    video = access.video_for(request.user, uid)
    path = storage.folder(video) / name
    try:
        return video, path, path.stat().st_size
    except FileNotFoundError:
        raise NotFound("This copy of the video does not exist (yet).") from None


def _respond(request: HttpRequest, video: Video, path: Path, size: int, name: str) -> HttpResponseBase:
    etag = f'"{(video.sha256 or video.uid.hex)[:32]}-{name}-{size}"'
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    try:
        span = parse_range(wanted, size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Content-Security-Policy": "default-src 'none'; sandbox"}
    headers |= {"Content-Type": _type(video, name), "Cache-Control": "private, max-age=3600"}
    if "download" in request.GET:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(video.name)}"
    if not span and request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    first, last = span or (0, size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if span:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    if request.method == "HEAD":
        return HttpResponse(status=206 if span else 200, headers=headers)
    return StreamingHttpResponse(_blocks(path, first, last), status=206 if span else 200, headers=headers)


async def _blocks(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    handle = await asyncio.to_thread(os.open, path, os.O_RDONLY)
    try:
        while first <= last:
            block = await asyncio.to_thread(os.pread, handle, min(BLOCK, last - first + 1), first)
            if not block:
                return
            first += len(block)
            yield block
    finally:
        os.close(handle)


def _type(video: Video, name: str) -> str:
    if name in (storage.POSTER, storage.SPRITE):
        return "image/jpeg"
    if name == storage.RENDITION:
        return "video/mp4"
    return str((video.facts or {}).get("mime_type", "application/octet-stream"))
