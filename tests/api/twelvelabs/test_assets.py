"""Assets through the official client."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from twelvelabs import TwelveLabs
from twelvelabs.core.api_error import ApiError
from twelvelabs.errors import BadRequestError, ConflictError, NotFoundError

from segments.domain import storage
from segments.models import Video
from segments.models.video import VideoUploadStatus
from tests import factories


def test_py01_direct_upload_starts_processing(sdk: TwelveLabs) -> None:
    asset = sdk.assets.create(method="direct", file=("clip.mp4", b"film" * 100))
    video = Video.objects.get(asset_id=asset.id)
    assert (asset.status, asset.filename, video.size_bytes) == ("processing", "clip.mp4", 400)
    assert (storage.folder(video) / storage.PARTIAL).read_bytes() == b"film" * 100


def test_py02_file_names_beyond_ascii(sdk: TwelveLabs) -> None:
    assert sdk.assets.create(method="direct", file=("n é.mp4", b"x")).filename == "n é.mp4"


def test_py04_ready_asset_tells_its_facts(sdk: TwelveLabs, asset: Video) -> None:
    detail = sdk.assets.retrieve(asset.asset_id)
    assert (detail.status, detail.size, detail.duration) == ("ready", asset.size_bytes, 60.0)
    assert detail.technical_metadata.video_width == 640


def test_py05_pager_ends(sdk: TwelveLabs, owner: User) -> None:
    ids = {factories.video(owner).asset_id for _ in range(3)}
    listed = [asset.id for asset in sdk.assets.list(page_limit=1, asset_types=["video"])]
    assert (len(listed), set(listed)) == (3, ids)


def test_py19_forced_delete_succeeds(sdk: TwelveLabs, asset: Video) -> None:
    factories.job(asset)
    with pytest.raises(ConflictError):
        sdk.assets.delete(asset.asset_id)
    assert sdk.assets.delete(asset.asset_id, force=True) is None
    with pytest.raises(NotFoundError):
        sdk.assets.retrieve(asset.asset_id)


def test_er08_missing_parts_are_named(sdk: TwelveLabs) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.assets.create(method="direct")
    assert caught.value.body["error"]["details"]["param"] == "file"
    with pytest.raises(BadRequestError):
        sdk.assets.create(method="direct", file=("a.mp4", b"x"), user_metadata="{")


def test_er09_er10_unknown_asset(sdk: TwelveLabs) -> None:
    with pytest.raises(NotFoundError):
        sdk.assets.retrieve("0" * 24)
    with pytest.raises(ApiError) as caught:
        sdk.assets.delete("0" * 24)
    assert caught.value.status_code == 404


def test_er11_broken_file_becomes_a_failed_asset(sdk: TwelveLabs, owner: User) -> None:
    failed = {"upload_status": VideoUploadStatus.FAILED, "error_code": "media_unreadable", "error_message": "No film."}
    video = factories.video(owner, **failed)
    detail = sdk.assets.retrieve(video.asset_id)
    assert (detail.status, detail.error.message) == ("failed", "No film.")


def test_raw_wrong_routes_and_methods_answer_json(base: str, key: str) -> None:
    place = urlsplit(base)
    connection = http.client.HTTPConnection(str(place.hostname), place.port)
    answers: list[tuple[int, Any]] = []
    for method, path in [("GET", "/v1.3/nope"), ("PUT", "/v1.3/analyze/tasks"), ("POST", "/analyze/tasks")]:
        connection.request(method, path, headers={"x-api-key": key})
        response = connection.getresponse()
        answers.append((response.status, json.loads(response.read())["code"]))
    connection.close()
    assert answers == [(404, "resource_not_exist"), (405, "method_not_allowed"), (404, "resource_not_exist")]
