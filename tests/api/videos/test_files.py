"""The library through both clients."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.client import QuotaExceededError, ResourceNotFoundError, ValidationError
from segments.domain import access, api_keys, storage
from segments.models import Video
from tests import factories
from tests.api.videos.conftest import Speaker, aside, prepared, stored


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"film" * 100)
    return path


def test_small_file_goes_up_in_one_request(sdk: Speaker, film: Path) -> None:
    done = sdk("files.upload", film, title="Mine", tags=["a", "b c"], auto_describe=False)
    video = stored(done.image_id)
    assert (done.media_id, done.filename, done.media_type) == (done.image_id, "film.mp4", "video")
    assert (done.status, done.deduplicated, video.title, video.tags) == ("processing", False, "Mine", ["a", "b c"])
    assert (storage.folder(video) / storage.PARTIAL).read_bytes() == b"film" * 100


def test_large_file_goes_up_in_chunks(sdk: Speaker, film: Path, settings: Any) -> None:
    settings.SINGLE_UPLOAD_BYTES, settings.CHUNK_BYTES = 100, 150
    done = sdk("files.upload", film, title="Mine", auto_describe=False)
    assert (stored(done.image_id).upload.chunks.count(), stored(done.image_id).title) == (3, "Mine")
    assert (done.media_id, done.filename, done.status) == (done.image_id, "film.mp4", "completed")


def test_too_large_a_file_is_refused_with_the_limit(sdk: Speaker, film: Path, settings: Any) -> None:
    settings.LIMITS = replace(settings.LIMITS, max_bytes=200)
    with pytest.raises(QuotaExceededError, match="takes up to"):
        sdk("files.upload", film)


def test_same_bytes_are_found_again(sdk: Speaker, silent_film: Path) -> None:
    first = sdk("files.upload", silent_film, auto_describe=False)
    prepared(first.image_id)
    again = sdk("files.upload", silent_film, auto_describe=False, skip_duplicates=True)
    assert (again.image_id, again.deduplicated) == (first.image_id, True)
    assert not sdk("files.upload", silent_film, auto_describe=False).deduplicated


def test_record_tells_everything(sdk: Speaker, silent_film: Path) -> None:
    uid = sdk("files.upload", silent_film, title="Mine", auto_describe=False).image_id
    video = prepared(uid)
    record = sdk("files.get", uid)
    assert (record.id, record.title, record.original_filename) == (uid, "Mine", "silent.mp4")
    assert (record.hash, record.size_bytes) == (video.sha256, silent_film.stat().st_size)
    assert (record.content_type, record.media_type, record.asset_id) == ("video/mp4", "video", video.asset_id)
    assert record.video_metadata.frame_rate == 25.0
    assert (record.video_analysis_status, record.scene_count) == (None, None)


def test_list_is_searched_filtered_sorted_and_paged(sdk: Speaker, owner: User) -> None:
    for name, tags in (("one.mp4", ["a"]), ("two.mp4", ["a", "b"]), ("three.mp4", [])):
        factories.video(owner, name=name, tags=tags, title=name.upper())
    factories.video(factories.user("stranger"), name="theirs.mp4")

    def names(**query: Any) -> list[str]:
        return [record.original_filename for record in sdk("files.list", **query)]

    assert names() == ["three.mp4", "two.mp4", "one.mp4"]
    assert names(search="T") == ["three.mp4", "two.mp4"]
    assert names(search="TWO") == ["two.mp4"]
    assert names(tags=["a", "b"]) == ["two.mp4"]
    assert names(media_types=["image"]) == []
    assert names(sort_by="original_filename", sort_order="asc") == ["one.mp4", "three.mp4", "two.mp4"]
    assert names(date_from="2999-01-01T00:00:00Z") == []
    assert len(names(date_to="2999-01-01")) == 3
    page = sdk("files.list", limit=1, offset=1)
    assert (len(page), page.total_count, page.has_more) == (1, 3, True)
    assert not sdk("files.list", limit=1, offset=2).has_more
    with pytest.raises(ValidationError):
        sdk("files.list", limit=101)


@pytest.mark.django_db
def test_list_asks_the_database_as_often_for_three_as_for_one(
    anna: User, django_assert_num_queries: Any, settings: Any
) -> None:
    secret = api_keys.create(anna, name="test")[1]
    api_keys.caller(secret)  # notes its use, once a minute
    client, headers = Client(SERVER_NAME="localhost"), {"Authorization": f"Bearer {secret}"}
    for more, total in ((1, 1), (2, 3)):
        for _ in range(more):
            factories.analysed(factories.analysis(factories.video(anna)))
        with django_assert_num_queries(5):
            films = client.get("/api/v2/files", headers=headers).json()["files"]
        assert [film["scene_count"] for film in films] == [2] * total


def test_projects_are_refused_rather_than_ignored(raw: httpx.Client, film: Path) -> None:
    answer = raw.post("/files/upload", files={"file": film.read_bytes()}, data={"project_id": "7"})
    assert (answer.status_code, list(answer.json()["error"]["details"]["fields"])) == (422, ["project_id"])


def test_title_and_tags_can_be_changed(sdk: Speaker, owner: User) -> None:
    uid = str(factories.video(owner, tags=["old"]).uid)
    changed = sdk("files.update", uid, title="New")
    assert (changed.id, changed.title, changed.tags) == (uid, "New", ["old"])
    assert sdk("files.update", uid, tags=[]).tags == []
    with pytest.raises(ValidationError):
        sdk("files.update", uid, tags=["no/slash"])


def test_deleted_file_is_gone(sdk: Speaker, owner: User) -> None:
    video = factories.video(owner)
    answer = sdk("files.delete", str(video.uid))
    assert (answer["id"], answer["deleted_at"][-1]) == (str(video.uid), "Z")
    assert Video.objects.get().deleted_at is not None
    with pytest.raises(ResourceNotFoundError):
        sdk("files.get", str(video.uid))


def test_file_of_somebody_else_does_not_exist(sdk: Speaker) -> None:
    theirs = str(factories.video(factories.user("stranger")).uid)
    for call in ("get", "get_processing_status", "update", "delete"):
        with pytest.raises(ResourceNotFoundError):
            sdk(f"files.{call}", theirs)


def test_waiting_ends_with_a_broken_film(sdk: Speaker, film: Path) -> None:
    uid = sdk("files.upload", film, auto_describe=False).image_id
    heard: list[str] = []

    def look(status: Any) -> None:
        heard.append(status.upload_status)
        if len(heard) == 2:
            aside(lambda: prepared(uid))

    status = sdk("files.wait_for_session", uid, on_progress=look)
    assert (heard, status.variant_status, status.is_terminal) == (["processing"] * 2 + ["failed"], "failed", True)
    assert status.error_message
    assert sdk.settings["clock"].slept == [2, 3]


def test_download_answers_ranges(raw: httpx.Client, owner: User) -> None:
    video = factories.video(owner, content=b"0123456789", name="n é.mp4")
    answer = raw.get(f"/files/{video.uid}/download", headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.content) == (206, b"234")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''n%20%C3%A9.mp4"
    assert raw.get(f"/files/{video.uid}/thumbnail").status_code == 404


def test_poster_is_for_the_key_and_for_the_page(raw: httpx.Client, address: str, owner: User) -> None:
    video = factories.video(access.local_owner(), has_poster=True)
    (storage.folder(video) / storage.POSTER).write_bytes(b"jpeg")
    path = f"/api/v2/files/{video.uid}/thumbnail"
    assert raw.get(f"/files/{video.uid}/thumbnail").status_code == 404  # another person's key
    assert httpx.get(address + path).content == b"jpeg"  # local mode: whoever sits here
    foreign = httpx.get(address + path, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 401
    assert httpx.get(f"{address}/api/v2/files/{video.uid}").status_code == 401


def test_subtitles_go_up_and_away_by_the_client(sdk: Speaker, owner: User, tmp_path: Path) -> None:
    video = factories.video(owner)
    lines = tmp_path / "said.srt"
    lines.write_text("1\n00:00:01,000 --> 00:00:02,500\nHello.\n")
    added = sdk("files.add_subtitles", str(video.uid), lines)
    assert (added.id, added.subtitles) == (str(video.uid), {"name": "said.srt", "lines": 1, "last": 2.5})
    lines.write_text("no subtitles")
    with pytest.raises(ValidationError, match="Line 1"):
        sdk("files.add_subtitles", str(video.uid), lines)
    assert sdk("files.remove_subtitles", str(video.uid)).subtitles is None
    with pytest.raises(FileNotFoundError, match=r"none\.srt"):
        sdk("files.add_subtitles", str(video.uid), tmp_path / "none.srt")


def test_subtitles_are_added_replaced_and_removed(raw: httpx.Client, owner: User) -> None:
    path = f"/files/{factories.video(owner).uid}/subtitles"
    good = b"00:00:01,000 --> 00:00:02,000\nHello\n"
    added = raw.post(path, files={"file": ("talk.srt", good)})
    assert (added.status_code, added.json()["subtitles"]["name"]) == (200, "talk.srt")
    refused = raw.post(path, files={"file": ("bad.srt", b"1\nHello\n")})
    assert refused.status_code == 422
    assert "Line 1: times are missing." in refused.text
    assert raw.post(path, json={}).status_code == 422
    assert raw.delete(path).json()["subtitles"] is None
    assert raw.delete(path).status_code == 200
