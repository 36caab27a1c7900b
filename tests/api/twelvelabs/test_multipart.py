"""Multipart uploads through the official clients; numbers are those of the contract's checklist."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User
from django.core import signing
from twelvelabs import TwelveLabs
from twelvelabs.errors import BadRequestError, NotFoundError

from segments.domain import chunked_uploads, pipeline
from segments.models import Job, Upload, Video
from tests import clips, factories
from tests.api.js.node import JavaScriptError

SIZE = 1000


@pytest.fixture(autouse=True)
def small_chunks(settings: Any) -> None:
    settings.UPLOAD_PART_BYTES = SIZE


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "big.mp4"
    path.write_bytes(bytes(range(256)) * 46)  # 11 776 bytes: 12 chunks, more than one batch of addresses
    return path


def test_py06_helper_uploads_more_than_ten_chunks(sdk: TwelveLabs, film: Path) -> None:
    result = sdk.multipart_upload.upload_file(str(film))
    asset = sdk.assets.retrieve(result.asset_id)
    assert (asset.method, asset.status, asset.filename) == ("multipart", "processing", "big.mp4")
    assert result.asset_url.endswith(f"/v1.3/assets/{result.asset_id}")
    video = Video.objects.get(asset_id=result.asset_id)
    chunked_uploads.assemble(video, lambda progress: None)
    assert (chunked_uploads.storage.folder(video) / "source.part").read_bytes() == film.read_bytes()


def test_py06_asset_of_a_helper_upload_becomes_ready(sdk: TwelveLabs, tmp_path: Path, settings: Any) -> None:
    film = clips.two_shots(tmp_path / "film.mp4")
    settings.UPLOAD_PART_BYTES = film.stat().st_size // 11
    result = sdk.multipart_upload.upload_file(str(film))
    pipeline.run_job(Job.objects.get().uid)
    asset = sdk.assets.retrieve(result.asset_id)
    assert (asset.status, asset.size, asset.duration) == ("ready", film.stat().st_size, 4.0)
    assert asset.technical_metadata.video_fps == 25.0


def test_js04_helper_uploads_more_than_ten_chunks(javascript: Callable[..., Any], film: Path) -> None:
    given, from_environment = javascript("assets", "uploadFile", path=str(film), name="mine.mp4")
    videos = Video.objects.in_bulk([given["assetId"], from_environment["assetId"]], field_name="asset_id")
    assert {(video.name, video.size_bytes) for video in videos.values()} == {("mine.mp4", film.stat().st_size)}
    assert given["assetUrl"].endswith(given["assetId"])


def session(sdk: TwelveLabs, **more: Any) -> Any:
    return sdk.multipart_upload.create(filename="a.mp4", type="video", total_size=2500, **more)


def put(url: str, content: bytes) -> str:
    answer = httpx.put(url, content=content, headers={"Content-Type": "application/octet-stream"})
    assert (answer.status_code, answer.content) == (200, b"")
    return answer.headers["ETag"].strip('"')


def done(number: int, proof: str, size: int = SIZE) -> dict[str, Any]:
    return {"chunk_index": number, "proof": proof, "proof_type": "etag", "chunk_size": size}


def test_session_tells_where_and_how(sdk: TwelveLabs) -> None:
    opened = session(sdk, user_metadata={"k": "v", "empty": ""})
    assert (opened.chunk_size, opened.total_chunks, len(opened.upload_urls)) == (SIZE, 3, 3)
    assert [each.chunk_index for each in opened.upload_urls] == [1, 2, 3]
    video = Video.objects.get(asset_id=opened.asset_id)
    assert (video.user_metadata, sdk.assets.retrieve(opened.asset_id).status) == ({"k": "v"}, "processing")


def test_chunks_arrive_in_any_order_and_reports_may_repeat(sdk: TwelveLabs) -> None:
    opened = session(sdk)
    urls = {each.chunk_index: each.url for each in opened.upload_urls}
    third, first = done(3, put(urls[3], b"c" * 500), 500), done(1, put(urls[1], b"a" * SIZE))
    answer = sdk.multipart_upload.report_chunk_batch(opened.upload_id, completed_chunks=[third, first, first])
    assert (answer.processed_chunks, answer.duplicate_chunks, answer.total_completed, answer.url) == (2, 1, 2, None)

    chunks = list(sdk.multipart_upload.get_status(opened.upload_id, page_limit=2))
    assert [(each.index, each.status) for each in chunks] == [(1, "completed"), (2, "pending"), (3, "completed")]
    assert [each.upload_id for each in sdk.multipart_upload.list_incomplete_uploads()] == [opened.upload_id]

    more = sdk.multipart_upload.get_additional_presigned_urls(opened.upload_id, start=2, count=50)
    assert [each.chunk_index for each in more.upload_urls] == [2, 3]
    second = done(2, put(more.upload_urls[0].url, b"b" * SIZE))
    for processed in (1, 0):
        answer = sdk.multipart_upload.report_chunk_batch(opened.upload_id, completed_chunks=[second])
        assert (answer.processed_chunks, answer.total_completed) == (processed, 3)
        assert answer.url
    assert Job.objects.count() == 1
    assert list(sdk.multipart_upload.list_incomplete_uploads()) == []


def test_er15_unknown_upload_and_wrong_proof(sdk: TwelveLabs) -> None:
    with pytest.raises(NotFoundError):
        sdk.multipart_upload.get_status("x").items  # noqa: B018 - the pager asks at once
    opened = session(sdk)
    proof = put(opened.upload_urls[0].url, b"a" * SIZE)
    wrong = [done(1, "0" * 32), done(1, proof, 999), done(9, proof), done(2, proof)]
    params = ["proof", "chunk_size", "chunk_index", "chunk_index"]
    for chunk, param in zip(wrong, params, strict=True):
        with pytest.raises(BadRequestError) as caught:
            sdk.multipart_upload.report_chunk_batch(opened.upload_id, completed_chunks=[chunk])
        assert caught.value.body["error"]["details"]["path"] == f"completed_chunks[0].{param}"


def test_er15_in_javascript(javascript: Callable[..., Any]) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("assets", "uploadStatus", id="x")
    assert (caught.value.name, caught.value.status) == ("NotFoundError", 404)


@pytest.mark.parametrize(
    ("wrong", "param"),
    [({"total_size": 0}, "total_size"), ({"type": "audio"}, "type"), ({"total_size": 1 << 45}, "total_size")],
)
def test_wrong_sessions_are_refused(sdk: TwelveLabs, wrong: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.multipart_upload.create(**({"filename": "a.mp4", "type": "video", "total_size": 2500} | wrong))
    assert caught.value.body["error"]["details"]["param"] == param


def test_raw_chunk_address_needs_no_key_but_its_signature(sdk: TwelveLabs) -> None:
    """Wrong and expired signatures give 403; a chunk of another size 400."""
    url = session(sdk).upload_urls[0].url
    old = signing.dumps([Upload.objects.get().uid.hex, 1, int(time.time()) - 1], salt="segments.chunk")
    answers = [httpx.put(address, content=b"a" * SIZE) for address in (url + "x", f"{url.rpartition('/')[0]}/{old}")]
    assert [each.status_code for each in answers] == [403, 403]
    assert httpx.put(url, content=b"a").status_code == 400


def test_public_address_is_used_in_links(sdk: TwelveLabs, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://films.example.org"
    assert session(sdk).upload_urls[0].url.startswith("https://films.example.org/chunks/")


def test_upload_of_somebody_else_is_not_found(sdk: TwelveLabs, owner: User) -> None:
    theirs = chunked_uploads.create(factories.user("stranger"), name="a.mp4", length=10, chunk_bytes=5)
    with pytest.raises(NotFoundError):
        sdk.multipart_upload.get_additional_presigned_urls(theirs.uid.hex, start=1, count=1)
