"""Uploads in numbered chunks: any order, side by side, each through its own signed address.

A chunk's bytes lie in a file that is named by number and MD5, so two writers of one chunk cannot mix; the row says
which file counts. Nothing is copied until the preparation appends the chunks to one file.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from shutil import copyfileobj

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from segments.core.errors import (
    InvalidRequest,
    InvalidState,
    LinkExpired,
    MediaUnreadable,
    NotFound,
    Problem,
    RetryLimit,
    UploadIncomplete,
    WrongSize,
)
from segments.core.progress import Progress
from segments.domain import storage, submission, uploads, videos
from segments.models import Upload, UploadChunk, Video
from segments.models.video import VideoUploadStatus

MAX_CHUNKS = 10_000
MAX_RETRIES = 3
PARALLEL = 5  # how many chunks a client should send at once
_SALT = "segments.chunk"
_COPY_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Link:
    """Where to PUT one chunk. `path` starts at the root of this server."""

    number: int
    size: int
    path: str
    expires_at: datetime


def create(
    user: AbstractBaseUser,
    *,
    name: str,
    length: int,
    chunk_bytes: int | None = None,
    title: str = "",
    tags: Sequence[str] = (),
    user_metadata: dict[str, object] | None = None,
    wants_thumbnail: bool = False,
    wants_hls: bool = False,
) -> Upload:
    """Open an upload, its video and its rows of chunks. All chunks but the last have `chunk_bytes` bytes."""
    uploads.check_length(length)
    size = chunk_bytes or settings.CHUNK_BYTES
    while ceil(length / size) > MAX_CHUNKS:
        size *= 2
    with transaction.atomic():
        video = Video.objects.create(
            owner_id=user.pk,
            name=videos.display_name(name),
            size_bytes=length,
            method="multipart",
            title=title,
            tags=list(tags),
            user_metadata=user_metadata,
            wants_thumbnail=wants_thumbnail,
            wants_hls=wants_hls,
        )
        upload = Upload.objects.create(video=video, length=length, chunk_bytes=size, expires_at=uploads.expiry())
        numbers = range(1, ceil(length / size) + 1)
        rows = [UploadChunk(upload=upload, number=n, size=size_of(upload, n)) for n in numbers]
        UploadChunk.objects.bulk_create(rows)
    return upload


def size_of(upload: Upload, number: int) -> int:
    """Bytes of chunk `number` (from 1)."""
    size = upload.chunk_bytes or 0
    return min(size, upload.length - (number - 1) * size)


def size_words(upload: Upload, number: int) -> str:
    return f"Chunk {number} must have exactly {size_of(upload, number)} bytes. Send it again."


def count(upload: Upload) -> int:
    """How many chunks there are."""
    return ceil(upload.length / (upload.chunk_bytes or 1))


def link(upload: Upload, number: int, *, minutes: int = 0) -> Link:
    """A new signed address for one chunk, for the usual time or for these minutes."""
    expires = timezone.now() + timedelta(minutes=minutes or settings.CHUNK_LINK_MINUTES)
    token = signing.dumps([upload.uid.hex, number, int(expires.timestamp())], salt=_SALT)
    return Link(number, size_of(upload, number), f"/chunks/{token}", expires)


def links(upload: Upload, numbers: Iterable[int] | None = None) -> list[Link]:
    """Addresses of these chunks, or of all."""
    wanted = numbers if numbers is not None else range(1, count(upload) + 1)
    return [link(upload, number) for number in wanted]


def opened(token: str) -> tuple[Upload, int]:
    """The upload and the chunk number that a signed address stands for. Raises LinkExpired."""
    try:
        uid, number, expires = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise LinkExpired("This address is not one of ours. Ask for a new one.") from None
    if expires < timezone.now().timestamp():
        raise LinkExpired("This address is too old. Ask for a new one.")
    found = Upload.objects.select_related("video").filter(uid=uid, video__deleted_at=None).first()
    if found is None:
        raise LinkExpired("The upload of this address is gone. Start a new one.")
    return found, number


def store(upload: Upload, number: int, content: Iterable[bytes]) -> str:
    """Keep the bytes of one chunk and return its ETag (MD5 in hex). Sending a chunk again replaces it until confirmed.

    Raises WrongSize, InvalidState for an upload that is over or a chunk that was confirmed with other bytes.
    """
    _require_open(upload.video)
    storage.require_room(0)
    folder = storage.parts_folder(upload.video)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{number}.{uuid.uuid4().hex}.tmp"
    try:
        etag = _write(temporary, content, size_of(upload, number), size_words(upload, number))
        temporary.replace(_part(upload.video, number, etag))
    except FileNotFoundError:
        upload.video.refresh_from_db()
        _require_open(upload.video)  # aborted meanwhile: say that
        raise
    finally:
        temporary.unlink(missing_ok=True)
    storage.sync_folder(folder)
    _note(upload, number, etag)
    return etag


def confirm(upload: Upload, number: int, *, etag: str, size: int) -> UploadChunk:
    """The sender says what it sent; that must be what arrived. Repeating is harmless."""
    with transaction.atomic():
        video = _locked(upload)
        _require_open(video)
        row = _row(upload, number)
        if not row.etag:
            raise InvalidRequest([Problem("chunk_number", f"Chunk {number} has not arrived. Send it first.")])
        if etag.strip('"').lower() != row.etag:
            raise InvalidRequest([Problem("etag", f"Chunk {number} arrived with the ETag {row.etag}. Send it again.")])
        if size != row.size:
            raise InvalidRequest([Problem("size_bytes", f"Chunk {number} has {row.size} bytes, not {size}.")])
        if row.confirmed_at is None:
            row.confirmed_at = timezone.now()
            row.save(update_fields=["confirmed_at"])
            Upload.objects.filter(pk=upload.pk).update(offset=F("offset") + row.size, expires_at=uploads.expiry())
    upload.refresh_from_db()
    return row


def retry(upload: Upload, number: int) -> tuple[Link, int]:
    """A new address for a chunk that failed, and the number of this retry. Raises RetryLimit after the third."""
    with transaction.atomic():
        _require_open(_locked(upload))
        row = _row(upload, number)
        if row.confirmed_at is not None:
            raise InvalidState(f"Chunk {number} is confirmed already. Go on with the others.")
        if row.retries >= MAX_RETRIES:
            raise RetryLimit(f"Chunk {number} was tried again {MAX_RETRIES} times already. Start a new upload.")
        row.retries += 1
        row.save(update_fields=["retries"])
    return link(upload, number), row.retries


def complete(upload: Upload) -> Video:
    """Every chunk is confirmed: queue the preparation, which puts them together."""
    with transaction.atomic():
        video = _locked(upload)
        _require_open(video)
        missing = list(upload.chunks.filter(confirmed_at=None).values_list("number", flat=True))
        if missing:
            shown = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
            raise UploadIncomplete(f"Chunks are missing: {shown}. Send and confirm them first.", missing)
        Video.objects.filter(pk=video.pk).update(upload_status=VideoUploadStatus.PROCESSING)
        submission.prepare(video)
    video.refresh_from_db()
    return video


def finish(upload: Upload) -> None:
    """`complete` for callers whose last report may come twice, or from two connections at once."""
    with suppress(InvalidState):
        complete(upload)
    upload.video.refresh_from_db()
    if upload.video.upload_status in (VideoUploadStatus.UPLOADING, VideoUploadStatus.ABORTED):
        _require_open(upload.video)


def abort(upload: Upload) -> int:
    """Stop an upload and remove its chunks; returns how many had arrived. Repeating removes none."""
    upload.video.refresh_from_db()
    if upload.video.upload_status == VideoUploadStatus.ABORTED:
        return 0
    removed = upload.chunks.exclude(etag="").count()
    uploads.abort(upload)
    return removed


def assemble(video: Video, report: Callable[[Progress], None]) -> None:
    """Append all chunks to one file, each removed once it is in: the disk never holds the film twice.

    A killed run goes on where it stopped: what was appended is on the disk before its chunk goes.
    """
    rows = list(video.upload.chunks.all())
    whole = storage.folder(video) / storage.PARTIAL
    with whole.open("r+b" if whole.exists() else "w+b") as target:
        start = 0
        for row in rows:
            report(Progress("reading", start, max(1, video.size_bytes)))
            part = _part(video, row.number, row.etag)
            if part.exists():
                _require_bytes(target.fileno(), start)
                _append(target.fileno(), part, start)
                part.unlink()
            start += row.size
        _require_bytes(target.fileno(), start)
    for leftover in storage.parts_folder(video).iterdir():  # chunks that were sent twice with different bytes
        leftover.unlink()
    storage.parts_folder(video).rmdir()


def _require_bytes(handle: int, count: int) -> None:
    if os.fstat(handle).st_size < count:
        raise MediaUnreadable("Bytes of this upload are gone from the server's disk. Upload the film again.")


def _append(handle: int, part: Path, start: int) -> None:
    os.ftruncate(handle, start)
    with part.open("rb") as source, os.fdopen(os.dup(handle), "r+b") as target:
        target.seek(start)
        copyfileobj(source, target, _COPY_BLOCK)
        target.flush()
        os.fsync(target.fileno())


def _write(path: Path, content: Iterable[bytes], size: int, words: str) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    written = 0
    with path.open("wb") as file:
        for block in content:
            written += len(block)
            if written > size:
                raise WrongSize(words)
            file.write(block)
            digest.update(block)
        if written != size:
            raise WrongSize(words)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _note(upload: Upload, number: int, etag: str) -> None:
    """The row now speaks of these bytes, unless the upload ended or the chunk was confirmed meanwhile."""
    with transaction.atomic():
        video = _locked(upload)
        if video.upload_status == VideoUploadStatus.ABORTED:
            storage.discard(video)  # the folder came back with the chunk that was still on its way
        _require_open(video)
        row = _row(upload, number)
        if row.confirmed_at is not None:
            if row.etag != etag:
                _part(video, number, etag).unlink(missing_ok=True)
                raise InvalidState(f"Chunk {number} is confirmed already, with other bytes.")
            return
        if row.etag and row.etag != etag:
            _part(video, number, row.etag).unlink(missing_ok=True)
        row.etag, row.stored_at = etag, timezone.now()
        row.save(update_fields=["etag", "stored_at"])


def _locked(upload: Upload) -> Video:
    return Video.objects.select_for_update().get(pk=upload.video_id)


def _row(upload: Upload, number: int) -> UploadChunk:
    row = upload.chunks.filter(number=number).first()
    if row is None:
        raise NotFound(f"This upload has no chunk {number}.")
    return row


def _require_open(video: Video) -> None:
    if video.upload_status != VideoUploadStatus.UPLOADING:
        raise InvalidState(f"This upload is over ({video.upload_status}). Start a new one.")


def _part(video: Video, number: int, etag: str) -> Path:
    return storage.parts_folder(video) / f"{number:05d}-{etag}"
