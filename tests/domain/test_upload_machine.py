"""Random lives of an upload against a model: parts, crashes at every point, wrong offsets, damage, other writers."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from unittest import mock
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from segments.core.errors import ChecksumMismatch, InvalidState, TooLarge
from segments.domain import storage, uploads
from segments.models import Upload, Video
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock

LENGTH = 64
CONTENT = bytes(range(LENGTH))
sizes = st.integers(1, LENGTH)


class Killed(BaseException):
    """The process ended here: nothing after it ran."""


class Uploads(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.patch = mock.patch.object(timezone, "now", self.clock)
        self.patch.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        owner = User.objects.create(username=f"person {User.objects.count()}")
        self.upload = factories.upload(owner, length=LENGTH)
        self.offset = 0

    def teardown(self) -> None:
        storage.discard(self.upload.video)
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.patch.stop()

    def is_open(self) -> bool:
        return self.offset < LENGTH

    def send(self, offset: int, body: Iterator[bytes] | list[bytes], checksum: str = "") -> None:
        uploads.append(Upload.objects.get(pk=self.upload.pk), offset=offset, body=body, checksum=checksum)

    @precondition(is_open)
    @rule(size=sizes, split=sizes, checked=st.booleans())
    def part(self, size: int, split: int, checked: bool) -> None:
        content = CONTENT[self.offset : self.offset + size]
        checksum = f"sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}" if checked else ""
        self.send(self.offset, [content[:split], content[split:]], checksum)
        self.offset += len(content)

    @precondition(is_open)
    @rule(size=sizes)
    def damaged_part(self, size: int) -> None:
        with pytest.raises(ChecksumMismatch):
            self.send(self.offset, [b"\xff" * min(size, LENGTH - self.offset)], "sha1 AAAA")

    @precondition(is_open)
    @rule(surplus=sizes)
    def part_that_is_too_long(self, surplus: int) -> None:
        with pytest.raises(TooLarge):
            self.send(self.offset, [CONTENT[self.offset :], b"\xff" * surplus])

    @rule(offset=st.integers(0, LENGTH + 1))
    def part_at_a_wrong_offset(self, offset: int) -> None:
        if offset != self.offset or not self.is_open():
            with pytest.raises(InvalidState):
                self.send(offset, [b"\xff"])

    @precondition(is_open)
    @rule(size=sizes)
    def connection_breaks_in_a_part(self, size: int) -> None:
        def body() -> Iterator[bytes]:
            yield CONTENT[self.offset : self.offset + size]
            raise ConnectionError

        with pytest.raises(ConnectionError):
            self.send(self.offset, body())

    @precondition(is_open)
    @rule(garbage=st.binary(max_size=20))
    def process_dies_before_the_row_moved(self, garbage: bytes) -> None:
        """Its lease stays behind, and whatever it had written."""
        path = storage.folder(self.upload.video) / storage.PARTIAL
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(garbage)
        Upload.objects.filter(pk=self.upload.pk).update(
            writer=uuid4(), writer_until=self.clock.now + uploads.WRITER_LEASE
        )
        self.clock.advance(seconds=uploads.WRITER_LEASE.total_seconds() + 1)

    @precondition(is_open)
    @rule(size=sizes)
    def process_dies_in_the_moment_of_the_commit(self, size: int) -> None:
        content = CONTENT[self.offset : self.offset + size]
        with mock.patch.object(uploads, "_advance", side_effect=Killed), pytest.raises(Killed):
            self.send(self.offset, [content])

    @rule(hours=st.integers(1, 20))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    @invariant()
    def row_tells_the_truth(self) -> None:
        row = Upload.objects.select_related("video").get(pk=self.upload.pk)
        assert row.offset == self.offset
        complete = self.offset == LENGTH
        status = VideoUploadStatus.PROCESSING if complete else VideoUploadStatus.UPLOADING
        assert Video.objects.get(pk=row.video_id).upload_status == status
        assert row.video.jobs.count() == int(complete)

    @invariant()
    def counted_bytes_are_on_the_disk(self) -> None:
        path = storage.folder(self.upload.video) / storage.PARTIAL
        stored = path.read_bytes() if path.exists() else b""
        assert stored[: self.offset] == CONTENT[: self.offset]
        if self.offset == LENGTH:
            assert stored == CONTENT


@pytest.mark.django_db
def test_any_order_of_parts_and_crashes_gives_the_file() -> None:
    bounds = settings(max_examples=settings.default.max_examples // 3, stateful_step_count=30)
    run_state_machine_as_test(Uploads, settings=bounds)  # type: ignore[no-untyped-call]
