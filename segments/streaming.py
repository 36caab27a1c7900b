"""Files to whoever may have them: single byte ranges, ETags, blocks. Never a whole file in memory."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from segments.core.errors import NotFound
from segments.domain import storage
from segments.models import Video

BLOCK = 1 << 18
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


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


def found(video: Video, name: str) -> tuple[Path, int]:
    """One file of a video and its size in bytes. Raises NotFound."""
    path = storage.folder(video) / name
    try:
        return path, path.stat().st_size
    except FileNotFoundError:
        raise NotFound("This copy of the video does not exist (yet).") from None


def respond(
    request: HttpRequest, video: Video, path: Path, size: int, name: str, *, attachment: bool = False
) -> HttpResponseBase:
    """All of the file or the range that was asked for. `name` is one of those in `storage`."""
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
    if attachment or "download" in request.GET:
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
