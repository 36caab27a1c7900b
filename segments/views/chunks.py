"""Bytes at a signed address: whoever has it may write this chunk, or this file, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from segments.core.errors import WrongSize
from segments.domain import chunked_uploads, sources

BLOCK = 1 << 18


@csrf_exempt
@require_http_methods(["PUT"])
def chunk(request: HttpRequest, token: str) -> HttpResponse:
    upload, number = chunked_uploads.opened(token)
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) != chunked_uploads.size_of(upload, number):
        raise WrongSize(chunked_uploads.size_words(upload, number))
    etag = chunked_uploads.store(upload, number, iter(lambda: request.read(BLOCK), b""))
    return HttpResponse(status=200, headers={"ETag": f'"{etag}"'})


@csrf_exempt
@require_http_methods(["PUT"])
def source(request: HttpRequest, token: str) -> HttpResponse:
    path = sources.opened(token)
    etag = sources.store(path, iter(lambda: request.read(BLOCK), b""))
    return HttpResponse(status=200, headers={"ETag": f'"{etag}"'})
