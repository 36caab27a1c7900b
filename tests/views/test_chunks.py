"""The signed address of a chunk: no key, no cookie, one chunk only."""

from __future__ import annotations

import hashlib

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.domain import chunked_uploads
from tests.conftest import Clock

pytestmark = pytest.mark.django_db


def put(address: str, content: bytes) -> tuple[int, str]:
    answer = Client(SERVER_NAME="elsewhere.example").put(address, content, content_type="application/octet-stream")
    return answer.status_code, answer.headers.get("ETag", "")


@pytest.fixture(autouse=True)
def open_server(settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]


def test_put_answers_with_the_md5(anna: User) -> None:
    upload = chunked_uploads.create(anna, name="a.mp4", length=150, chunk_bytes=100)
    content = b"x" * 100
    assert put(chunked_uploads.link(upload, 1).path, content) == (200, f'"{hashlib.md5(content).hexdigest()}"')
    assert upload.chunks.get(number=1).etag == hashlib.md5(content).hexdigest()


def test_put_refuses_wrong_length_age_and_signature(anna: User, clock: Clock) -> None:
    upload = chunked_uploads.create(anna, name="a.mp4", length=150, chunk_bytes=100)
    path = chunked_uploads.link(upload, 2).path
    assert put(path, b"x" * 51)[0] == 400
    assert put(path[:-3], b"x" * 50)[0] == 403
    clock.advance(minutes=71)
    assert put(path, b"x" * 50)[0] == 403


def test_put_after_the_end_is_refused(anna: User) -> None:
    upload = chunked_uploads.create(anna, name="a.mp4", length=150, chunk_bytes=100)
    chunked_uploads.abort(upload)
    assert put(chunked_uploads.link(upload, 2).path, b"x" * 50)[0] == 409
