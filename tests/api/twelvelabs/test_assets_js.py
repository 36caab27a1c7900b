"""Assets through the official JavaScript client; numbers are those of the contract's checklist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.domain import pipeline, storage
from segments.models import Video
from tests import factories
from tests.api.js.node import JavaScriptError

Call = Callable[..., Any]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "v.mp4"
    path.write_bytes(b"film" * 100_000)
    return path


def test_js01_read_stream_without_a_length(javascript: Call, film: Path) -> None:
    for created in javascript("assets", "directStream", path=str(film)):
        video = Video.objects.get(asset_id=created["id"])
        assert (created["status"], created["filename"]) == ("processing", "v.mp4")
        assert (storage.folder(video) / storage.PARTIAL).read_bytes() == film.read_bytes()


def test_js02_file_and_blob(javascript: Call, film: Path) -> None:
    named, nameless = javascript("assets", "directFile", path=str(film))
    assert [named["filename"], nameless["filename"]] == ["v.mp4", "blob"]
    assert {video.size_bytes for video in Video.objects.all()} == {film.stat().st_size}


def test_js03_listing_ends(javascript: Call, owner: User) -> None:
    ids = {factories.video(owner).asset_id for _ in range(3)}
    given, from_environment = javascript("assets", "listAll", limit=1)
    assert (len(given), set(given), set(from_environment)) == (3, ids, ids)


def test_er08_missing_file_in_javascript(javascript: Call) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("assets", "create", method="direct")
    assert (caught.value.name, caught.value.status) == ("BadRequestError", 400)
    assert caught.value.body["code"] == "parameter_not_provided"


def test_er09_er10_unknown_asset_in_javascript(javascript: Call) -> None:
    for call, name in [("retrieve", "NotFoundError"), ("remove", "TwelvelabsApiError")]:
        with pytest.raises(JavaScriptError) as caught:
            javascript("assets", call, id="0" * 24)
        assert (caught.value.name, caught.value.status) == (name, 404)


def test_er10_asset_in_use_in_javascript(javascript: Call, asset: Video) -> None:
    factories.job(asset)
    with pytest.raises(JavaScriptError) as caught:
        javascript("assets", "remove", id=asset.asset_id)
    assert (caught.value.name, caught.value.body["code"]) == ("ConflictError", "asset_in_use")


def test_er11_broken_file_in_javascript(javascript: Call, film: Path) -> None:
    created = javascript("assets", "directStream", path=str(film))[0]
    pipeline.run_job(Video.objects.get(asset_id=created["id"]).jobs.get().uid)
    shown = javascript("assets", "retrieve", id=created["id"])
    assert (shown["status"], bool(shown["error"]["message"])) == ("failed", True)
