"""Resumable uploads: the row tells the truth, the file follows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from segments.core.errors import ChecksumMismatch, InvalidRequest, InvalidState, Locked, StorageFull, TooLarge
from segments.core.media.facts import MediaLimits
from segments.domain import storage, uploads
from segments.models import Upload, Video
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock

pytestmark = pytest.mark.django_db


def partial(upload: Upload) -> bytes:
    return (storage.folder(upload.video) / storage.PARTIAL).read_bytes()


def checksum(content: bytes, algorithm: str = "sha1") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def cut_off(content: bytes) -> Iterator[bytes]:
    """A connection that breaks after this."""
    yield content
    raise ConnectionError


def refused(upload: Upload, kind: type[Exception], **part: Any) -> str:
    """The part is refused in words, and the offset stays where it was."""
    before = Upload.objects.get(pk=upload.pk).offset
    with pytest.raises(kind) as error:
        uploads.append(upload, **part)
    after = Upload.objects.get(pk=upload.pk)
    assert (after.offset, after.writer) == (before, None)
    return str(error.value)


def test_create_opens_a_video_that_is_uploading(anna: User, clock: Clock) -> None:
    upload = uploads.create(anna, name="a/film.mp4", length=10, metadata="filename ZmlsbQ==")
    assert (upload.offset, upload.length, upload.metadata) == (0, 10, "filename ZmlsbQ==")
    assert upload.expires_at == clock.now + timedelta(hours=24)
    video = upload.video
    assert (video.owner, video.name, video.size_bytes) == (anna, "film.mp4", 10)
    assert video.upload_status == VideoUploadStatus.UPLOADING


@pytest.mark.parametrize("length", [0, -1])
def test_create_of_an_empty_file_is_refused(anna: User, length: int) -> None:
    with pytest.raises(InvalidRequest, match="empty"):
        factories.upload(anna, length=length)
    assert Video.objects.count() == 0


def test_create_above_the_size_limit_is_refused(anna: User, settings: Any) -> None:
    settings.LIMITS = MediaLimits(max_bytes=3 << 20)
    assert factories.upload(anna, length=3 << 20).offset == 0
    with pytest.raises(TooLarge, match=r"takes up to 3\.0 MB"):
        factories.upload(anna, length=(3 << 20) + 1)


def test_create_on_a_full_disk_is_refused(anna: User, settings: Any) -> None:
    settings.FREE_DISK_FLOOR_BYTES = 1 << 60
    with pytest.raises(StorageFull):
        factories.upload(anna)
    assert Video.objects.count() == 0


def test_parts_add_up_to_the_file(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    upload = uploads.append(upload, offset=0, body=[b"abc", b"d"])
    assert (upload.offset, partial(upload), upload.video.upload_status) == (4, b"abcd", VideoUploadStatus.UPLOADING)
    upload = uploads.append(upload, offset=4, body=[b"efghij"])
    assert (upload.offset, partial(upload)) == (10, b"abcdefghij")
    assert Video.objects.get().upload_status == VideoUploadStatus.PROCESSING
    assert factories.preparation(upload.video).status == "pending"


def test_empty_part_moves_nothing(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    assert uploads.append(upload, offset=0, body=[]).offset == 0


def test_surplus_bytes_of_a_crash_are_cut_off(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    uploads.append(upload, offset=0, body=[b"abcd"])
    with (storage.folder(upload.video) / storage.PARTIAL).open("ab") as file:
        file.write(b"written but never counted")
    upload = uploads.append(upload, offset=4, body=[b"ef"])
    assert (upload.offset, partial(upload)) == (6, b"abcdef")


def test_bytes_that_vanished_from_the_disk_are_not_replaced_by_zeros(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    uploads.append(upload, offset=0, body=[b"abcd"])
    (storage.folder(upload.video) / storage.PARTIAL).write_bytes(b"ab")
    assert "Start a new" in refused(upload, InvalidState, offset=4, body=[b"ef"])


def test_broken_connection_leaves_the_offset(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    uploads.append(upload, offset=0, body=[b"ab"])
    refused(upload, ConnectionError, offset=2, body=cut_off(b"cd"))
    assert partial(uploads.append(upload, offset=2, body=[b"CDEF"])) == b"abCDEF"


@pytest.mark.parametrize("offset", [0, 3, 5, 11])
def test_wrong_offset_names_the_right_one(anna: User, offset: int) -> None:
    upload = factories.upload(anna, length=10)
    uploads.append(upload, offset=0, body=[b"abcd"])
    assert "at byte 4" in refused(upload, InvalidState, offset=offset, body=[b"x"])
    assert partial(upload) == b"abcd"


@pytest.mark.parametrize("algorithm", uploads.CHECKSUMS)
def test_right_checksum_is_taken(anna: User, algorithm: str) -> None:
    upload = factories.upload(anna, length=10)
    upload = uploads.append(upload, offset=0, body=[b"ab", b"cd"], checksum=checksum(b"abcd", algorithm))
    assert upload.offset == 4


def test_wrong_checksum_throws_the_part_away(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    refused(upload, ChecksumMismatch, offset=0, body=[b"abcX"], checksum=checksum(b"abcd"))
    assert partial(uploads.append(upload, offset=0, body=[b"abcd"])) == b"abcd"


@pytest.mark.parametrize("header", ["crc32 AAAA", "sha1 not-base64!", "sha1"])
def test_checksum_that_cannot_be_read_names_the_header(anna: User, header: str) -> None:
    upload = factories.upload(anna, length=10)
    if header == "sha1":
        refused(upload, ChecksumMismatch, offset=0, body=[b"abcd"], checksum=header)
    else:
        assert "not" in refused(upload, InvalidRequest, offset=0, body=[b"abcd"], checksum=header)


def test_bytes_past_the_end_are_refused(anna: User) -> None:
    upload = factories.upload(anna, length=4)
    refused(upload, TooLarge, offset=0, body=[b"abcd", b"e"])
    assert Video.objects.get().upload_status == VideoUploadStatus.UPLOADING


def test_part_on_a_full_disk_is_refused(anna: User, settings: Any) -> None:
    upload = factories.upload(anna)
    settings.FREE_DISK_FLOOR_BYTES = 1 << 60
    refused(upload, StorageFull, offset=0, body=[b"abcd"])


def test_writer_that_does_not_let_go_is_waited_for_briefly(
    anna: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "WRITER_PATIENCE_SECONDS", 0.1)
    upload = factories.upload(anna)
    other = uuid4()
    Upload.objects.update(writer=other, writer_until=clock.now + uploads.WRITER_LEASE)
    with pytest.raises(Locked):
        uploads.append(upload, offset=0, body=[b"abcd"])
    assert Upload.objects.get().writer == other


def test_dead_writer_is_replaced(anna: User, clock: Clock) -> None:
    upload = factories.upload(anna)
    Upload.objects.update(writer=uuid4(), writer_until=clock.now + uploads.WRITER_LEASE)
    clock.advance(seconds=6)
    assert uploads.append(upload, offset=0, body=[b"abcd"]).offset == 4


def test_writer_that_was_replaced_moves_nothing(anna: User) -> None:
    upload = factories.upload(anna, length=10)

    def body_during_which_another_takes_over() -> Iterator[bytes]:
        yield b"abcd"
        Upload.objects.update(writer=uuid4())

    with pytest.raises(Locked, match="took over"):
        uploads.append(upload, offset=0, body=body_during_which_another_takes_over())
    assert Upload.objects.get().offset == 0


def test_last_part_sent_twice_queues_one_preparation(anna: User) -> None:
    upload = factories.upload(anna, length=4)
    uploads.append(upload, offset=0, body=[b"abcd"])
    for offset in (0, 4):
        assert "over" in refused(upload, InvalidState, offset=offset, body=[b"abcd"] if offset == 0 else [])
    assert upload.video.jobs.count() == 1


def test_abort_removes_bytes_and_keeps_the_line(anna: User) -> None:
    upload = factories.upload(anna, length=10)
    uploads.append(upload, offset=0, body=[b"abcd"])
    uploads.abort(upload)
    video = Video.objects.get()
    assert (video.upload_status, video.error_code) == (VideoUploadStatus.ABORTED, "aborted")
    assert (Upload.objects.count(), storage.folder(video).exists()) == (0, False)


def test_abort_of_a_complete_upload_is_refused(anna: User) -> None:
    upload = factories.upload(anna, length=4)
    uploads.append(upload, offset=0, body=[b"abcd"])
    with pytest.raises(InvalidState, match="Delete the video instead"):
        uploads.abort(upload)
    assert partial(upload) == b"abcd"


def test_expire_of_a_complete_upload_changes_nothing(anna: User) -> None:
    upload = factories.upload(anna, length=4)
    uploads.append(upload, offset=0, body=[b"abcd"])
    uploads.expire(upload)
    assert Video.objects.get().upload_status == VideoUploadStatus.PROCESSING
