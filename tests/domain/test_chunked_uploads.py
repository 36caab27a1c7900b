"""Uploads in chunks: any order, repeated, damaged, stopped; what comes together is what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from segments.core.errors import (
    InvalidRequest,
    InvalidState,
    LinkExpired,
    MediaUnreadable,
    NotFound,
    RetryLimit,
    UploadIncomplete,
    WrongSize,
)
from segments.core.progress import silent
from segments.domain import access, chunked_uploads, reconcile, storage
from segments.models import Upload
from segments.models.job import JobKind
from segments.models.video import VideoUploadStatus
from tests.conftest import Clock

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(250))


def opened(owner: User) -> Upload:
    return chunked_uploads.create(owner, name="film.mp4", length=len(CONTENT), chunk_bytes=100)


def piece(number: int) -> bytes:
    return CONTENT[(number - 1) * 100 : number * 100]


def send(upload: Upload, *numbers: int) -> None:
    for number in numbers:
        etag = chunked_uploads.store(upload, number, [piece(number)])
        chunked_uploads.confirm(upload, number, etag=f'"{etag}"', size=len(piece(number)))


def whole(upload: Upload) -> bytes:
    chunked_uploads.assemble(upload.video, silent)
    return (storage.folder(upload.video) / storage.PARTIAL).read_bytes()


def test_chunks_in_any_order_become_the_file(anna: User) -> None:
    upload = opened(anna)
    send(upload, 3, 1, 2)
    video = chunked_uploads.complete(upload)
    assert (video.upload_status, upload.offset) == (VideoUploadStatus.PROCESSING, 250)
    assert video.jobs.get().kind == JobKind.PREPARE
    assert whole(upload) == CONTENT
    assert not storage.parts_folder(video).exists()


def test_assembling_goes_on_after_a_kill(anna: User) -> None:
    upload = opened(anna)
    send(upload, 1, 2, 3)
    parts = sorted(storage.parts_folder(upload.video).iterdir())
    # killed in the middle of the second chunk
    (storage.folder(upload.video) / storage.PARTIAL).write_bytes(CONTENT[:150])
    parts[0].unlink()
    assert whole(upload) == CONTENT


def test_lost_bytes_are_no_hole_of_zeros(anna: User) -> None:
    upload = opened(anna)
    send(upload, 1, 2, 3)
    sorted(storage.parts_folder(upload.video).iterdir())[1].unlink()
    with pytest.raises(MediaUnreadable):
        whole(upload)


def test_chunk_sent_again_replaces_the_first_bytes(anna: User) -> None:
    upload = opened(anna)
    first = chunked_uploads.store(upload, 1, [bytes(100)])
    assert first == hashlib.md5(bytes(100)).hexdigest()
    send(upload, 1, 2, 3)
    chunked_uploads.complete(upload)
    assert whole(upload) == CONTENT


def test_confirmed_chunk_cannot_change(anna: User) -> None:
    upload = opened(anna)
    send(upload, 1)
    with pytest.raises(InvalidState):
        chunked_uploads.store(upload, 1, [bytes(100)])
    send(upload, 1, 2, 3)
    assert whole(upload) == CONTENT


@pytest.mark.parametrize("content", [b"", bytes(99), bytes(101)])
def test_wrong_length_keeps_nothing(anna: User, content: bytes) -> None:
    upload = opened(anna)
    with pytest.raises(WrongSize, match="exactly 100 bytes"):
        chunked_uploads.store(upload, 1, [content])
    assert list(storage.parts_folder(upload.video).iterdir()) == []


def test_confirming_twice_counts_once(anna: User) -> None:
    upload = opened(anna)
    send(upload, 1, 1)
    assert upload.offset == 100


def test_confirm_names_what_differs(anna: User) -> None:
    upload = opened(anna)
    with pytest.raises(InvalidRequest, match="has not arrived"):
        chunked_uploads.confirm(upload, 1, etag="x", size=100)
    etag = chunked_uploads.store(upload, 1, [piece(1)])
    with pytest.raises(InvalidRequest, match="ETag"):
        chunked_uploads.confirm(upload, 1, etag="0" * 32, size=100)
    with pytest.raises(InvalidRequest, match="100 bytes, not 99"):
        chunked_uploads.confirm(upload, 1, etag=etag, size=99)
    with pytest.raises(NotFound):
        chunked_uploads.confirm(upload, 4, etag=etag, size=100)


def test_completing_too_early_lists_what_is_missing(anna: User) -> None:
    upload = opened(anna)
    send(upload, 2)
    with pytest.raises(UploadIncomplete) as refused:
        chunked_uploads.complete(upload)
    assert refused.value.missing == [1, 3]


def test_fourth_retry_of_a_chunk_is_refused(anna: User) -> None:
    upload = opened(anna)
    assert [chunked_uploads.retry(upload, 2)[1] for _ in range(3)] == [1, 2, 3]
    with pytest.raises(RetryLimit):
        chunked_uploads.retry(upload, 2)


def test_abort_removes_parts_and_ends_everything(anna: User) -> None:
    upload = opened(anna)
    send(upload, 1)
    chunked_uploads.store(upload, 2, [piece(2)])
    assert [chunked_uploads.abort(upload) for _ in range(2)] == [2, 0]
    assert not storage.folder(upload.video).exists()
    for late in (
        lambda: chunked_uploads.store(upload, 3, [piece(3)]),
        lambda: chunked_uploads.confirm(upload, 1, etag="", size=100),
        lambda: chunked_uploads.retry(upload, 1),
        lambda: chunked_uploads.complete(upload),
    ):
        with pytest.raises(InvalidState):
            late()


def test_chunk_on_its_way_during_abort_leaves_nothing(anna: User) -> None:
    upload = opened(anna)

    def slow() -> Iterator[bytes]:
        yield piece(1)[:50]
        chunked_uploads.abort(Upload.objects.get(pk=upload.pk))
        yield piece(1)[50:]

    with pytest.raises(InvalidState, match="aborted"):
        chunked_uploads.store(upload, 1, slow())
    assert not storage.folder(upload.video).exists()


def test_session_expires_with_words(anna: User, clock: Clock) -> None:
    upload = opened(anna)
    send(upload, 1)
    clock.advance(hours=25)
    reconcile.reconcile()
    upload.refresh_from_db()
    assert (upload.video.upload_status, upload.video.error_code) == (VideoUploadStatus.FAILED, "upload_expired")
    with pytest.raises(InvalidState, match=r"over \(failed\)"):
        chunked_uploads.complete(upload)


def test_link_opens_one_chunk_for_seventy_minutes(anna: User, clock: Clock) -> None:
    upload = opened(anna)
    link = chunked_uploads.link(upload, 3)
    token = link.path.rpartition("/")[2]
    assert (link.size, link.expires_at) == (50, clock() + timedelta(minutes=70))
    assert chunked_uploads.opened(token) == (upload, 3)
    with pytest.raises(LinkExpired):
        chunked_uploads.opened(token[:-1] + ("A" if token[-1] != "A" else "B"))
    clock.advance(minutes=71)
    with pytest.raises(LinkExpired):
        chunked_uploads.opened(token)


def test_tus_cannot_touch_an_upload_in_chunks(anna: User) -> None:
    upload = opened(anna)
    assert access.chunked_upload_for(anna, upload.uid) == upload
    with pytest.raises(NotFound):
        access.upload_for(anna, upload.uid)


def test_chunks_grow_until_there_are_at_most_ten_thousand(anna: User) -> None:
    upload = chunked_uploads.create(anna, name="long.mp4", length=25_000, chunk_bytes=1)
    assert (upload.chunk_bytes, upload.chunks.count()) == (4, 6250)
