"""Multipart uploads: a session, signed addresses for its chunks, reports of what arrived."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Path, Query, Router

from segments.api.twelvelabs import mapping, schemas
from segments.core.errors import InvalidRequest, NotFound, Problem, TooLarge
from segments.domain import access, chunked_uploads, links, user_metadata
from segments.models import Upload, UploadChunk
from segments.models.video import VideoUploadStatus

FIRST_LINKS = 10
MAX_LINKS = 50
MAX_CHUNKS = 1000
LINK_MINUTES = 60
#: Where a chunk's fault stands in a report.
REPORT_PATHS = {"chunk_number": "chunk_index", "etag": "proof", "size_bytes": "chunk_size"}
router = Router(tags=["multipart uploads"])


@router.post("", response={201: schemas.MultipartCreated, **schemas.ERRORS, 507: schemas.Error})
def create_upload(request: HttpRequest, body: schemas.MultipartRequest) -> HttpResponse:
    """Open a session. Send chunk by chunk to `upload_urls`, without a key, and report each ETag."""
    if body.type != "video":
        raise InvalidRequest([Problem("type", "This server takes videos only: type must be video.")])
    size = settings.UPLOAD_PART_BYTES
    while body.total_size > size * MAX_CHUNKS:
        size *= 2
    notes = None if body.user_metadata is None else user_metadata.filled(user_metadata.checked(body.user_metadata))
    try:
        upload = chunked_uploads.create(
            request.user,
            name=body.filename,
            length=body.total_size,
            chunk_bytes=size,
            user_metadata=notes,
            wants_thumbnail=bool(body.enable_thumbnail),
            wants_hls=bool(body.enable_hls),
        )
    except TooLarge as error:
        raise InvalidRequest([Problem("total_size", error.message, "video_filesize_too_large")]) from None
    total = chunked_uploads.count(upload)
    answer = {
        "upload_id": upload.uid.hex,
        "asset_id": upload.video.asset_id,
        "upload_urls": _urls(request, upload, range(1, min(total, FIRST_LINKS) + 1)),
        "upload_headers": {},
        "chunk_size": size,
        "total_chunks": total,
        "expires_at": mapping.time_text(upload.expires_at),
    }
    return JsonResponse(answer, status=201)


@router.get("", response={200: schemas.MultipartPage, **schemas.ERRORS})
def list_incomplete_uploads(request: HttpRequest, query: Query[schemas.Paging]) -> HttpResponse:
    found, info = mapping.page_json(access.open_chunked_uploads_of(request.user), query.page, query.page_limit)
    return JsonResponse({"data": [_summary(upload) for upload in found], "page_info": info})


@router.post("/{upload_id}", response={200: schemas.MultipartReported, **schemas.ERRORS})
def report_chunks(request: HttpRequest, upload_id: Path[str], body: schemas.MultipartReport) -> HttpResponse:
    """Say which chunks were sent. With the last one the asset is put together; `url` comes only then."""
    upload = _upload(request, upload_id)
    done = duplicates = 0
    for position, chunk in enumerate(body.completed_chunks):
        if _confirm(upload, position, chunk):
            done += 1
        else:
            duplicates += 1
    completed = upload.chunks.exclude(confirmed_at=None).count()
    answer: dict[str, Any] = {"asset_id": upload.video.asset_id, "processed_chunks": done}
    answer |= {"duplicate_chunks": duplicates, "total_completed": completed}
    if completed == chunked_uploads.count(upload):
        chunked_uploads.finish(upload)
        root = request.build_absolute_uri("/")
        answer["url"] = links.absolute(root, f"/v1.3/assets/{upload.video.asset_id}")
    return JsonResponse(answer)


@router.post("/{upload_id}/presigned-urls", response={200: schemas.MultipartUrls, **schemas.ERRORS})
def more_urls(request: HttpRequest, upload_id: Path[str], body: schemas.MultipartUrlsRequest) -> HttpResponse:
    """New addresses for `count` chunks from `start` (from 1)."""
    upload = _upload(request, upload_id)
    total = chunked_uploads.count(upload)
    if body.start > total:
        raise InvalidRequest([Problem("start", f"This upload has {total} chunks. start must be 1 to {total}.")])
    urls = _urls(request, upload, range(body.start, min(total, body.start + body.count - 1) + 1))
    answer = {
        "upload_id": upload.uid.hex,
        "start_index": body.start,
        "count": len(urls),
        "upload_urls": urls,
        "generated_at": mapping.time_text(timezone.now()),
        "expires_at": urls[0]["expires_at"],
    }
    return JsonResponse(answer)


@router.get("/{upload_id}", response={200: schemas.MultipartStatus, **schemas.ERRORS})
def upload_status(request: HttpRequest, upload_id: Path[str], query: Query[schemas.Paging]) -> HttpResponse:
    upload = _upload(request, upload_id)
    chunks, info = mapping.page_json(upload.chunks.all(), query.page, query.page_limit)
    completed = upload.chunks.exclude(confirmed_at=None).count()
    latest = upload.chunks.exclude(stored_at=None).order_by("-stored_at").first()
    answer = {
        "upload_id": upload.uid.hex,
        "status": _state(upload),
        "uploaded_chunks": [_chunk(chunk) for chunk in chunks],
        "chunks_completed": completed,
        "chunks_failed": 0,  # a chunk that arrives damaged is refused at once and stays pending
        "chunks_pending": chunked_uploads.count(upload) - completed,
        "page_info": info,
        "total_size": upload.length,
        "uploaded_size": upload.offset,
        "created_at": mapping.time_text(upload.created_at),
        "updated_at": mapping.time_text((latest and latest.stored_at) or upload.created_at),
    }
    return JsonResponse(answer)


def _upload(request: HttpRequest, upload_id: str) -> Upload:
    try:
        return access.chunked_upload_for(request.user, upload_id)
    except NotFound:
        raise NotFound(f"There is no upload {upload_id[:64]!r} in multipart-uploads.") from None


def _confirm(upload: Upload, position: int, chunk: schemas.CompletedChunk) -> bool:
    """False for a chunk that was reported before."""
    where = f"completed_chunks[{position}]"
    row = upload.chunks.filter(number=chunk.chunk_index).first()
    if row is None:
        text = f"This upload has no chunk {chunk.chunk_index}."
        raise InvalidRequest([Problem(f"{where}.chunk_index", text)])
    if row.confirmed_at is not None and row.etag == chunk.proof.strip('"').lower() and row.size == chunk.chunk_size:
        return False
    try:
        chunked_uploads.confirm(upload, chunk.chunk_index, etag=chunk.proof, size=chunk.chunk_size)
    except InvalidRequest as error:
        problem = error.problems[0]
        path = f"{where}.{REPORT_PATHS.get(problem.path, problem.path)}"
        raise InvalidRequest([Problem(path, problem.message)]) from None
    return row.confirmed_at is None


def _urls(request: HttpRequest, upload: Upload, numbers: range) -> list[dict[str, Any]]:
    root = request.build_absolute_uri("/")
    return [
        {
            "chunk_index": number,
            "url": links.absolute(root, link.path),
            "expires_at": mapping.time_text(link.expires_at),
        }
        for number in numbers
        for link in [chunked_uploads.link(upload, number, minutes=LINK_MINUTES)]
    ]


def _summary(upload: Upload) -> dict[str, Any]:
    return {
        "upload_id": upload.uid.hex,
        "status": _state(upload),
        "total_size": upload.length,
        "chunk_size": upload.chunk_bytes,
        "total_chunks": chunked_uploads.count(upload),
        "created_at": mapping.time_text(upload.created_at),
        "expires_at": mapping.time_text(upload.expires_at),
    }


def _chunk(chunk: UploadChunk) -> dict[str, Any]:
    shown: dict[str, Any] = {"index": chunk.number, "status": "completed" if chunk.confirmed_at else "pending"}
    if chunk.stored_at:
        shown["uploaded_at"] = mapping.time_text(chunk.stored_at)
        shown["updated_at"] = mapping.time_text(chunk.confirmed_at or chunk.stored_at)
    return shown


def _state(upload: Upload) -> str:
    if upload.offset == upload.length:
        return "completed"
    if upload.video.upload_status == VideoUploadStatus.UPLOADING:
        return "active" if upload.expires_at > timezone.now() else "expired"
    return "expired" if upload.video.error_code == "upload_expired" else "failed"
