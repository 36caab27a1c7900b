"""The tus 1.0 protocol as a client sees it."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from segments.core.media.facts import MediaLimits
from segments.domain import storage, uploads
from segments.models import Upload, Video
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock

pytestmark = pytest.mark.django_db
PART = "application/offset+octet-stream"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def create(client: Client, **headers: str) -> HttpResponse:
    plain = {"Upload-Length": "10", "Upload-Metadata": f"filename {b64('film.mp4')},filetype {b64('video/mp4')}"}
    return client.post("/uploads/", headers={"Tus-Resumable": "1.0.0", **plain, **headers})


def patch(client: Client, upload: Upload, content: bytes, offset: object, **headers: str) -> HttpResponse:
    address = f"/uploads/{upload.uid}/"
    sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **headers}
    return client.patch(address, content, content_type=sent.pop("Content-Type", PART), headers=sent)


@pytest.fixture
def upload(owner: User) -> Upload:
    return factories.upload(owner, length=10)


def says(response: HttpResponse, code: str) -> str:
    """The words of a refusal with this code."""
    answer = response.json()
    assert answer["code"] == code
    return str(answer["message"])


@pytest.mark.parametrize("path", ["/uploads/", f"/uploads/{factories.NOWHERE}/"])
def test_options_tells_what_the_server_speaks(local: Client, path: str, settings: Any) -> None:
    response = local.options(path)
    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,checksum,termination,expiration"
    assert response["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"
    assert response["Tus-Max-Size"] == str(settings.LIMITS.max_bytes)


def test_create_answers_where_the_upload_is(local: Client, owner: User, clock: Clock) -> None:
    clock.now = datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)
    response = create(local)
    upload = Upload.objects.get()
    assert (response.status_code, response.content) == (201, b"")
    assert response["Location"] == f"http://localhost/uploads/{upload.uid}/"
    assert response["Cuepoint-Video"] == str(upload.video.uid)
    assert (response["Upload-Offset"], response["Tus-Resumable"]) == ("0", "1.0.0")
    assert parsedate_to_datetime(response["Upload-Expires"]) == upload.expires_at
    assert (upload.video.owner, upload.video.name, upload.length) == (owner, "film.mp4", 10)


def test_create_without_metadata_gets_a_name(local: Client) -> None:
    assert create(local, **{"Upload-Metadata": ""}).status_code == 201
    assert Video.objects.get().name == "video"


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"Upload-Length": ""}, "Upload-Length"),
        ({"Upload-Length": "ten"}, "Upload-Length"),
        ({"Upload-Length": "-1"}, "Upload-Length"),
        ({"Upload-Length": "1" * 19}, "Upload-Length"),
        ({"Upload-Length": "0"}, "file"),
        ({"Upload-Metadata": "filename not*base64"}, "Upload-Metadata"),
        ({"Upload-Metadata": f"filename {base64.b64encode(bytes([255])).decode()}"}, "Upload-Metadata"),
    ],
)
def test_create_with_a_bad_header_names_it(local: Client, headers: dict[str, str], path: str) -> None:
    response = create(local, **headers)
    assert response.status_code == 422
    assert [problem["path"] for problem in response.json()["problems"]] == [path]
    assert Video.objects.count() == 0


def test_create_above_the_limit_is_413(local: Client, settings: Any) -> None:
    settings.LIMITS = MediaLimits(max_bytes=9)
    response = create(local)
    assert (response.status_code, "takes up to" in says(response, "too_large")) == (413, True)


def test_create_on_a_full_disk_is_507(local: Client, settings: Any) -> None:
    settings.FREE_DISK_FLOOR_BYTES = 1 << 60
    response = create(local)
    assert (response.status_code, "Delete videos" in says(response, "storage_full")) == (507, True)


def test_head_tells_offset_length_and_metadata(local: Client) -> None:
    create(local)
    upload = Upload.objects.get()
    patch(local, upload, b"abcd", 0)
    response = local.head(f"/uploads/{upload.uid}/")
    assert response.status_code == 200
    assert (response["Upload-Offset"], response["Upload-Length"]) == ("4", "10")
    assert response["Upload-Metadata"] == f"filename {b64('film.mp4')},filetype {b64('video/mp4')}"
    assert (response["Cache-Control"], response["Tus-Resumable"]) == ("no-store", "1.0.0")


def test_parts_move_the_offset_until_the_file_is_whole(local: Client, upload: Upload) -> None:
    first = patch(local, upload, b"abcd", 0)
    assert (first.status_code, first["Upload-Offset"]) == (204, "4")
    assert "Upload-Expires" in first
    last = patch(local, upload, b"efghij", 4)
    assert (last.status_code, last["Upload-Offset"], last["Cuepoint-Video"]) == (204, "10", str(upload.video.uid))
    assert Video.objects.get().upload_status == VideoUploadStatus.PROCESSING
    assert (storage.folder(upload.video) / storage.PARTIAL).read_bytes() == b"abcdefghij"


def test_head_of_a_complete_upload_still_answers(local: Client, upload: Upload) -> None:
    patch(local, upload, b"abcdefghij", 0)
    response = local.head(f"/uploads/{upload.uid}/")
    assert (response.status_code, response["Upload-Offset"]) == (200, "10")


@pytest.mark.parametrize("offset", [0, 5])
def test_part_at_a_wrong_offset_is_409(local: Client, upload: Upload, offset: int) -> None:
    patch(local, upload, b"abcd", 0)
    response = patch(local, upload, b"x", offset)
    assert (response.status_code, "at byte 4" in says(response, "invalid_state")) == (409, True)


def test_part_without_an_offset_names_the_header(local: Client, upload: Upload) -> None:
    response = patch(local, upload, b"abcd", "")
    assert response.status_code == 422
    assert [problem["path"] for problem in response.json()["problems"]] == ["Upload-Offset"]


def test_part_past_the_end_is_413(local: Client, upload: Upload) -> None:
    response = patch(local, upload, b"abcdefghijk", 0)
    assert response.status_code == 413
    says(response, "too_large")


def test_part_above_the_part_size_is_413_and_not_stored(local: Client, owner: User, settings: Any) -> None:
    settings.UPLOAD_PART_BYTES = 4 << 20
    upload = factories.upload(owner, length=10 << 20)
    response = patch(local, upload, bytes((4 << 20) + 1), 0)
    assert (response.status_code, "up to 4 MiB" in says(response, "too_large")) == (413, True)
    assert patch(local, upload, bytes(4 << 20), 0).status_code == 204


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain", "multipart/form-data; boundary=x"])
def test_part_of_another_type_is_415(local: Client, upload: Upload, kind: str) -> None:
    response = patch(local, upload, b"abcd", 0, **{"Content-Type": kind})
    assert response.status_code == 415
    says(response, "content_type")


def test_part_while_another_is_written_is_423(
    local: Client, upload: Upload, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "WRITER_PATIENCE_SECONDS", 0.0)
    Upload.objects.update(writer=uuid4(), writer_until=clock.now + uploads.WRITER_LEASE)
    response = patch(local, upload, b"abcd", 0)
    assert (response.status_code, "Try again" in says(response, "locked")) == (423, True)


def test_part_with_the_right_checksum_is_taken(local: Client, upload: Upload) -> None:
    digest = base64.b64encode(hashlib.sha1(b"abcd").digest()).decode()
    assert patch(local, upload, b"abcd", 0, **{"Upload-Checksum": f"sha1 {digest}"}).status_code == 204


def test_damaged_part_is_460_and_can_be_sent_again(local: Client, upload: Upload) -> None:
    digest = base64.b64encode(hashlib.sha1(b"abcd").digest()).decode()
    response = patch(local, upload, b"abcX", 0, **{"Upload-Checksum": f"sha1 {digest}"})
    assert (response.status_code, "Send it again" in says(response, "checksum_mismatch")) == (460, True)
    assert local.head(f"/uploads/{upload.uid}/")["Upload-Offset"] == "0"
    assert patch(local, upload, b"abcd", 0).status_code == 204


def test_part_on_a_full_disk_is_507(local: Client, upload: Upload, settings: Any) -> None:
    settings.FREE_DISK_FLOOR_BYTES = 1 << 60
    assert patch(local, upload, b"abcd", 0).status_code == 507
    settings.FREE_DISK_FLOOR_BYTES = 0
    assert patch(local, upload, b"abcd", 0).status_code == 204


def test_delete_ends_the_upload(local: Client, upload: Upload) -> None:
    response = local.delete(f"/uploads/{upload.uid}/")
    assert (response.status_code, response["Tus-Resumable"]) == (204, "1.0.0")
    assert Video.objects.get().upload_status == VideoUploadStatus.ABORTED
    assert local.head(f"/uploads/{upload.uid}/").status_code == 404


def test_delete_of_a_complete_upload_is_409(local: Client, upload: Upload) -> None:
    patch(local, upload, b"abcdefghij", 0)
    assert local.delete(f"/uploads/{upload.uid}/").status_code == 409
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_other_version_of_the_protocol_is_412(local: Client, upload: Upload, method: str) -> None:
    path = "/uploads/" if method == "post" else f"/uploads/{upload.uid}/"
    response = getattr(local, method)(path, headers={"Tus-Resumable": "0.2.2"})
    assert (response.status_code, response["Tus-Version"]) == (412, "1.0.0")
    assert Video.objects.get().upload_status == VideoUploadStatus.UPLOADING


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_write_without_the_token_of_a_page_is_403(bare: Client, upload: Upload, method: str) -> None:
    path = "/uploads/" if method == "post" else f"/uploads/{upload.uid}/"
    response = getattr(bare, method)(path, headers={"Upload-Length": "10", "Upload-Offset": "0"})
    assert response.status_code == 403
    says(response, "csrf")
    assert (Upload.objects.count(), Video.objects.get().upload_status) == (1, VideoUploadStatus.UPLOADING)


@pytest.mark.parametrize("method", ["get", "put"])
def test_other_methods_are_405(local: Client, upload: Upload, method: str) -> None:
    assert getattr(local, method)("/uploads/").status_code == 405
    assert getattr(local, method)(f"/uploads/{upload.uid}/").status_code == 405
