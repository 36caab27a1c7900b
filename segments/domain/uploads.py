"""Resumable uploads. Order of every write: lease, bytes to the disk, then the offset in the row."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from segments.core.errors import ChecksumMismatch, InvalidRequest, InvalidState, Locked, Problem, TooLarge
from segments.domain import storage, submission, videos
from segments.models import Upload, Video
from segments.models.video import VideoUploadStatus

CHECKSUMS = ("sha1", "sha256", "md5")
WRITER_LEASE = timedelta(seconds=5)
WRITER_PATIENCE_SECONDS = 3.0
BLOCK = 1 << 18


def create(user: AbstractBaseUser, *, name: str, length: int, metadata: str = "") -> Upload:
    """Open an upload and its video. Nothing is written to the disk yet."""
    check_length(length)
    with transaction.atomic():
        video = Video.objects.create(owner_id=user.pk, name=videos.display_name(name), size_bytes=length)
        return Upload.objects.create(video=video, length=length, metadata=metadata, expires_at=expiry())


def receive(
    user: AbstractBaseUser,
    *,
    name: str,
    file: File[bytes],
    user_metadata: dict[str, object] | None = None,
    title: str = "",
    tags: Sequence[str] = (),
    wants_thumbnail: bool = False,
    wants_hls: bool = False,
    method: str = "direct",
) -> Video:
    """A whole file in one request: stored, and its preparation queued."""
    length = file.size or 0
    check_length(length)
    video = Video(owner_id=user.pk, name=videos.display_name(name), size_bytes=length, user_metadata=user_metadata)
    video.upload_status, video.title, video.tags = VideoUploadStatus.PROCESSING, title, list(tags)
    video.wants_thumbnail, video.wants_hls, video.method = wants_thumbnail, wants_hls, method
    path = storage.folder(video) / storage.PARTIAL
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        for block in file.chunks():
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    storage.sync_folder(path.parent)
    with transaction.atomic():
        video.save()
        submission.prepare(video)
    return video


def twin(user: AbstractBaseUser, file: File[bytes]) -> Video | None:
    """The caller's checked video with the same bytes."""
    digest = hashlib.sha256()
    for block in file.chunks():
        digest.update(block)
    same = Video.objects.filter(owner_id=user.pk, deleted_at=None, sha256=digest.hexdigest())
    return same.filter(upload_status=VideoUploadStatus.COMPLETED).order_by("pk").first()


def append(upload: Upload, *, offset: int, body: Iterable[bytes], checksum: str = "") -> Upload:
    """Write one part at `offset` and move the offset on. A part that fails leaves the offset where it was.

    Raises InvalidState for a wrong offset, ChecksumMismatch, TooLarge for bytes past the end, Locked when another
    writer does not let go within three seconds.
    """
    expected = _read_checksum(checksum)
    token = _take_writer(upload)
    try:
        upload.refresh_from_db()
        _require_open(upload, offset)
        _require_bytes(upload)
        storage.require_room(0)
        written = _write(upload, offset, body, expected)
        _advance(upload, token, offset, offset + written)
    finally:
        Upload.objects.filter(pk=upload.pk, writer=token).update(writer=None, writer_until=None)
    upload.refresh_from_db()
    return upload


def abort(upload: Upload) -> None:
    """Stop an upload that is still open and remove its bytes; the video stays as a line in the list."""
    _take_writer(upload)  # so that nobody writes into the folder that goes
    with transaction.atomic():
        video = Video.objects.select_for_update().get(pk=upload.video_id)
        if video.upload_status != VideoUploadStatus.UPLOADING:
            raise InvalidState("This upload is over, so it cannot be cancelled. Delete the video instead.")
        videos.mark_failed(video, "aborted", "The upload was cancelled.", status=VideoUploadStatus.ABORTED)
    _drop(upload)


def expire(upload: Upload) -> None:
    """Nobody continued in time: the video fails with words that say so."""
    with transaction.atomic():
        video = Video.objects.select_for_update().get(pk=upload.video_id)
        if video.upload_status != VideoUploadStatus.UPLOADING:
            return
        hours = settings.UPLOAD_LIFETIME_HOURS
        videos.mark_failed(video, "upload_expired", f"The upload was not continued for {hours} hours. Upload it again.")
    _drop(upload)


def check_length(length: int) -> None:
    if length <= 0:
        raise InvalidRequest([Problem("file", "The file is empty (0 bytes). Choose a file with content.")])
    limit = settings.LIMITS.max_bytes
    if length > limit:
        raise TooLarge(f"The file has {_size(length)}; this server takes up to {_size(limit)}.")
    storage.require_room(length)


def is_complete(upload: Upload) -> bool:
    return upload.offset == upload.length


def _take_writer(upload: Upload) -> uuid.UUID:
    """The write lease. A dead writer holds it for seconds only, so waiting is short."""
    token = uuid.uuid4()
    patience = time.monotonic() + WRITER_PATIENCE_SECONDS
    while True:
        now = timezone.now()
        free = Upload.objects.filter(Q(writer=None) | Q(writer_until__lt=now), pk=upload.pk)
        if free.update(writer=token, writer_until=now + WRITER_LEASE):
            return token
        if time.monotonic() > patience:
            raise Locked("Another connection is writing this upload. Try again in a moment.")
        time.sleep(0.05)


def _require_open(upload: Upload, offset: int) -> None:
    if upload.video.upload_status != VideoUploadStatus.UPLOADING:
        raise InvalidState("This upload is over. Start a new one.")
    if upload.offset != offset:
        raise InvalidState(f"The upload is at byte {upload.offset}, not {offset}. Continue from there.")


def _require_bytes(upload: Upload) -> None:
    """What was acknowledged must still be there: writing on would leave a hole of zeros."""
    path = storage.folder(upload.video) / storage.PARTIAL
    if upload.offset and (not path.exists() or path.stat().st_size < upload.offset):
        raise InvalidState("The bytes sent before are gone from the server's disk. Start a new upload.")


def _write(upload: Upload, offset: int, body: Iterable[bytes], expected: tuple[str, bytes] | None) -> int:
    """Bytes of one part to the disk, surplus of a crashed writer cut off first. Returns how many."""
    path = storage.folder(upload.video) / storage.PARTIAL
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.new(expected[0], usedforsecurity=False) if expected else None
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(offset)
        file.seek(offset)
        written = _copy(file, body, upload.length - offset, digest)
        if digest and expected and digest.digest() != expected[1]:
            raise ChecksumMismatch("The part arrived damaged and was thrown away. Send it again.")
        file.flush()
        os.fdatasync(file.fileno())
    return written


def _copy(file: BinaryIO, body: Iterable[bytes], room: int, digest: hashlib._Hash | None) -> int:
    written = 0
    for block in body:
        written += len(block)
        if written > room:
            raise TooLarge("The part is longer than what is missing of the file. Send only the rest.")
        file.write(block)
        if digest:
            digest.update(block)
    return written


def _advance(upload: Upload, token: uuid.UUID, before: int, after: int) -> None:
    """Move the offset; with the last byte the file gets its name and its preparation is queued, all at once."""
    complete = after == upload.length
    if complete:
        partial = storage.folder(upload.video) / storage.PARTIAL
        storage.sync_folder(partial.parent)
    with transaction.atomic():
        rows = Upload.objects.filter(pk=upload.pk, offset=before, writer=token)
        if not rows.update(offset=after, expires_at=expiry()):
            raise Locked("Another connection took over this upload. Ask for the offset and continue.")
        if complete:
            Video.objects.filter(pk=upload.video_id).update(upload_status=VideoUploadStatus.PROCESSING)
            submission.prepare(upload.video)


def _read_checksum(header: str) -> tuple[str, bytes] | None:
    """`sha1 BASE64` of the tus checksum extension."""
    if not header:
        return None
    algorithm, _, encoded = header.partition(" ")
    if algorithm not in CHECKSUMS:
        allowed = ", ".join(CHECKSUMS)
        raise InvalidRequest([Problem("Upload-Checksum", f"{algorithm!r} is not known. Use one of: {allowed}.")])
    try:
        return algorithm, b64decode(encoded, validate=True)
    except BadBase64:
        raise InvalidRequest([Problem("Upload-Checksum", "The value is not Base64. Send `sha1 <Base64>`.")]) from None


def _drop(upload: Upload) -> None:
    """Bytes go. A tus upload is forgotten; one in chunks is remembered, so that late calls learn that it is over."""
    storage.discard(upload.video)
    if upload.chunk_bytes is None:
        upload.delete()
    else:
        upload.chunks.all().delete()


def expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.UPLOAD_LIFETIME_HOURS)


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GB" if count >= 1 << 30 else f"{count / (1 << 20):.1f} MB"
