"""The tus 1.0 protocol: core, creation, checksum, termination, expiration. Headers in, one domain call, headers out."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from segments.core.errors import InvalidRequest, Problem
from segments.domain import access, uploads
from segments.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,termination,expiration"
BLOCK = 1 << 18


@require_http_methods(["OPTIONS", "POST"])
def tus_create(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        return _about(HttpResponse(status=204))
    if refusal := _other_version(request):
        return refusal
    metadata = request.headers.get("Upload-Metadata", "")
    upload = uploads.create(
        request.user,
        name=_metadata(metadata).get("filename", ""),
        length=_number(request, "Upload-Length"),
        metadata=metadata[:2000],
    )
    response = _described(HttpResponse(status=201), upload)
    response["Location"] = request.build_absolute_uri(f"{request.path}{upload.uid}/")
    return response


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
def tus_upload(request: HttpRequest, uid: str) -> HttpResponse:
    if request.method == "OPTIONS":
        return _about(HttpResponse(status=204))
    if refusal := _other_version(request):
        return refusal
    upload = access.upload_for(request.user, uid)
    if request.method == "HEAD":
        response = _described(HttpResponse(status=200), upload)
        response["Upload-Length"] = str(upload.length)
        if upload.metadata:
            response["Upload-Metadata"] = upload.metadata
        return response
    if request.method == "DELETE":
        uploads.abort(upload)
        return _about(HttpResponse(status=204))
    return _append(request, upload)


def _other_version(request: HttpRequest) -> HttpResponse | None:
    """A client that says nothing about its version is taken for one that fits."""
    if request.headers.get("Tus-Resumable", VERSION) == VERSION:
        return None
    message = f"This server speaks tus {VERSION} only."
    return _about(JsonResponse({"code": "protocol_version", "message": message}, status=412))


def _append(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.content_type != "application/offset+octet-stream":
        message = "The Content-Type of a part must be application/offset+octet-stream."
        return _about(JsonResponse({"code": "content_type", "message": message}, status=415))
    if _number(request, "Content-Length", default=0) > settings.UPLOAD_PART_BYTES:
        message = f"A part may have up to {settings.UPLOAD_PART_BYTES >> 20} MiB. Send smaller parts."
        return _about(JsonResponse({"code": "too_large", "message": message}, status=413))
    offset = _number(request, "Upload-Offset")
    upload = uploads.append(
        upload, offset=offset, body=_blocks(request), checksum=request.headers.get("Upload-Checksum", "")
    )
    return _described(HttpResponse(status=204), upload)


def _blocks(request: HttpRequest) -> Iterator[bytes]:
    while block := request.read(BLOCK):
        yield block


def _described(response: HttpResponse, upload: Upload) -> HttpResponse:
    response["Upload-Offset"] = str(upload.offset)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    response["Cuepoint-Video"] = str(UUID(str(upload.video.uid)))
    response["Cache-Control"] = "no-store"
    return _about(response)


def _about(response: HttpResponse) -> HttpResponse:
    response["Tus-Resumable"] = response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Checksum-Algorithm"] = ",".join(uploads.CHECKSUMS)
    response["Tus-Max-Size"] = str(settings.LIMITS.max_bytes)
    return response


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    value = request.headers.get(name)
    if value is None and default is not None:
        return default
    if value is None or not value.isdecimal() or len(value) > 18:
        raise InvalidRequest([Problem(name, f"The header {name} must be a whole number of bytes.")])
    return int(value)


def _metadata(header: str) -> dict[str, str]:
    """`key base64,key base64` of the creation extension."""
    pairs = (part.strip().partition(" ") for part in header.split(",") if part.strip())
    try:
        return {key: b64decode(value, validate=True).decode() for key, _, value in pairs}
    except (BadBase64, UnicodeDecodeError):
        raise InvalidRequest([Problem("Upload-Metadata", "The values must be Base64 of UTF-8 text.")]) from None
