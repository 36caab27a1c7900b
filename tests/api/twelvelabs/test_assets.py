"""Assets through the official client; numbers are those of the contract's checklist."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.contrib.auth.models import User
from twelvelabs import AsyncTwelveLabs, TwelveLabs
from twelvelabs.core.api_error import ApiError
from twelvelabs.errors import BadRequestError, ConflictError, NotFoundError

from segments.domain import pipeline, storage, subtitles
from segments.models import Job, Video
from segments.models.video import VideoUploadStatus
from tests import factories, sites


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    with sites.serving() as site:
        settings.OUTBOUND_ALLOW = site.allowed
        yield site


def test_py01_direct_upload_starts_processing(sdk: TwelveLabs) -> None:
    asset = sdk.assets.create(method="direct", file=("clip.mp4", b"film" * 100))
    video = Video.objects.get(asset_id=asset.id)
    assert (asset.status, asset.method, asset.filename, video.size_bytes) == ("processing", "direct", "clip.mp4", 400)
    assert (len(asset.id), int(asset.id, 16) >= 0) == (24, True)
    assert (storage.folder(video) / storage.PARTIAL).read_bytes() == b"film" * 100


def test_py02_file_names_beyond_ascii_and_no_name(sdk: TwelveLabs) -> None:
    assert sdk.assets.create(method="direct", file=("n é.mp4", b"x")).filename == "n é.mp4"
    assert sdk.assets.create(method="direct", file=b"x").filename == "upload"
    assert sdk.assets.create(method="direct", file=b"x", filename="mine.mp4").filename == "mine.mp4"


def test_py03_asset_by_address_is_loaded_afterwards(sdk: TwelveLabs, site: sites.Site) -> None:
    site.replies["/v.mp4"] = sites.Reply(body=b"film" * 5)
    asset = sdk.assets.create(
        method="url", url=f"{site.address}/v.mp4", filename="a.mp4", enable_hls=False, user_metadata='{"k":1}'
    )
    assert (asset.status, asset.method, asset.filename) == ("processing", "url", "a.mp4")
    assert sdk.assets.retrieve(asset.id).user_metadata == {"k": 1}
    assert site.seen == []
    pipeline.run_job(Job.objects.get(video__asset_id=asset.id).uid)
    assert Video.objects.get(asset_id=asset.id).size_bytes == 20


def test_asset_at_a_private_address_fails_with_a_reason(sdk: TwelveLabs) -> None:
    asset = sdk.assets.create(method="url", url="http://127.0.0.1/v.mp4")
    pipeline.run_job(Job.objects.get().uid)
    detail = sdk.assets.retrieve(asset.id)
    assert (detail.status, "not on the public internet" in detail.error.message) == ("failed", True)


def test_py04_ready_asset_tells_its_facts(sdk: TwelveLabs, asset: Video) -> None:
    detail = sdk.assets.retrieve(asset.asset_id)
    assert (detail.status, detail.size, detail.duration) == ("ready", asset.size_bytes, 60.0)
    technical = detail.technical_metadata
    assert (technical.video_width, technical.video_codec, technical.has_audio) == (640, "h264", True)
    assert (detail.thumbnail, detail.hls) == (None, None)


def test_thumbnail_works_without_a_key_and_hls_is_an_error(sdk: TwelveLabs, owner: User) -> None:
    video = factories.video(owner, wants_thumbnail=True, wants_hls=True, has_poster=True)
    storage.write_durably(storage.folder(video) / storage.POSTER, b"picture")
    detail = sdk.assets.retrieve(video.asset_id)
    assert (detail.thumbnail.status, detail.hls.status) == ("ready", "error")
    shown = httpx.get(detail.thumbnail.representative_url)
    assert (shown.content, shown.headers["content-type"]) == (b"picture", "image/jpeg")
    assert httpx.get(detail.thumbnail.representative_url + "x").status_code == 403


def test_py05_pager_ends(sdk: TwelveLabs, owner: User) -> None:
    ids = {factories.video(owner).asset_id for _ in range(3)}
    listed = [asset.id for asset in sdk.assets.list(page_limit=1, asset_types=["video"])]
    assert (len(listed), set(listed)) == (3, ids)


def test_list_filters(sdk: TwelveLabs, owner: User) -> None:
    first, second, third = (factories.video(owner, name=name) for name in ("Alpha.mp4", "beta.mp4", "alphabet.mp4"))
    factories.video(factories.user("stranger"), name="alpha.mp4")

    def ids(**wanted: Any) -> list[str]:
        return [asset.id for asset in sdk.assets.list(**wanted)]

    assert ids(filename="ALPHA") == [third.asset_id, first.asset_id]
    assert ids(asset_ids=[first.asset_id, second.asset_id]) == [second.asset_id, first.asset_id]
    assert ids(asset_types=["image", "audio"]) == []
    assert sdk.assets.list(page=9).items == []
    for wrong in ({"page": 0}, {"page_limit": 51}, {"asset_types": ["x"]}):
        with pytest.raises(BadRequestError):
            ids(**wrong)


async def test_py16_asynchronous_client(base: str, key: str, owner: User) -> None:
    async with httpx.AsyncClient(timeout=30) as connections:
        client = AsyncTwelveLabs(api_key=key, base_url=base, httpx_client=connections)
        created = await client.assets.create(method="direct", file=("clip.mp4", b"film"))
        assert [asset.id async for asset in await client.assets.list(page_limit=1)] == [created.id]


def test_py17_address_from_the_environment(base: str, key: str, asset: Video, monkeypatch: Any) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", base)
    with httpx.Client() as connections:
        assert TwelveLabs(api_key=key, httpx_client=connections).assets.retrieve(asset.asset_id).id == asset.asset_id


def test_py19_metadata_is_replaced_merged_and_cleared(sdk: TwelveLabs, asset: Video) -> None:
    notes = lambda: sdk.assets.retrieve(asset.asset_id).user_metadata  # noqa: E731
    first = {"a": "1", "b": 2, "c": True, "d": ["x", "y"], "e": "", "f": [], "g": None}
    assert sdk.assets.replace_user_metadata(asset.asset_id, user_metadata=first) is None
    assert notes() == {"a": "1", "b": 2, "c": True, "d": ["x", "y"]}
    assert sdk.assets.update_user_metadata(asset.asset_id, user_metadata={"a": None, "b": "", "z": 1.5}) is None
    assert notes() == {"b": 2, "c": True, "d": ["x", "y"], "z": 1.5}
    assert sdk.assets.delete_user_metadata(asset.asset_id) is None
    assert notes() == {}
    for wrong in ({"a": {"b": 1}}, {"a": [1]}, {"a": 2**60}):
        with pytest.raises(BadRequestError) as caught:
            sdk.assets.replace_user_metadata(asset.asset_id, user_metadata=wrong)
        assert caught.value.body["error"]["details"]["param"] == "user_metadata.a"
    for call in (sdk.assets.replace_user_metadata, sdk.assets.update_user_metadata):
        with pytest.raises(NotFoundError):
            call("0" * 24, user_metadata={})


def test_py19_forced_delete_keeps_finished_tasks(sdk: TwelveLabs, asset: Video) -> None:
    finished = factories.completed(factories.job(asset))
    waiting = factories.job(asset)
    with pytest.raises(ConflictError) as caught:
        sdk.assets.delete(asset.asset_id)
    assert caught.value.body["code"] == "asset_in_use"
    assert sdk.assets.delete(asset.asset_id, force=True) is None
    with pytest.raises(NotFoundError):
        sdk.assets.retrieve(asset.asset_id)
    statuses = [sdk.analyze_async.tasks.retrieve(job.task_id).status for job in (finished, waiting)]
    assert statuses == ["ready", "canceled"]


def test_transcription_is_that_of_added_subtitles(sdk: TwelveLabs, asset: Video) -> None:
    with pytest.raises(NotFoundError):
        sdk.assets.retrieve_transcription(asset.asset_id)
    text = b"WEBVTT\n\n00:01.000 --> 00:02.500\nGood evening.\n\n00:03.000 --> 00:04.000\nHere is the news.\n"
    subtitles.add(asset, name="a.vtt", content=text)
    found = sdk.assets.retrieve_transcription(asset.asset_id, include=["sentences", "utterances"])
    assert found.status == "ready"
    assert [(each.start, each.end, each.value) for each in found.sentences] == [
        (1.0, 2.5, "Good evening."),
        (3.0, 4.0, "Here is the news."),
    ]
    assert (len(found.utterances), found.words) == (2, None)
    assert sdk.assets.retrieve_transcription(asset.asset_id).sentences is None
    with pytest.raises(BadRequestError):
        sdk.assets.retrieve_transcription(asset.asset_id, include="letters")


WRONG_FORMS: list[tuple[dict[str, Any], str, str]] = [
    ({"method": "direct"}, "file", "parameter_not_provided"),
    ({"method": "url"}, "url", "parameter_not_provided"),
    ({"method": "url", "url": "film.mp4"}, "url", "parameter_invalid"),
    ({"method": "ftp"}, "method", "parameter_invalid"),
    ({"method": "direct", "file": ("a.mp4", b"x"), "user_metadata": "{"}, "user_metadata", "parameter_invalid"),
    ({"method": "direct", "file": ("a.mp4", b"x"), "user_metadata": "[]"}, "user_metadata", "parameter_invalid"),
    ({"method": "direct", "file": ("a.mp4", b"x"), "filename": "x" * 256}, "filename", "parameter_invalid"),
    ({"method": "direct", "file": ("a.mp4", b"")}, "file", "parameter_invalid"),
]


@pytest.mark.parametrize(
    ("form", "param", "code"), WRONG_FORMS, ids=[f"{row[1]}-{i}" for i, row in enumerate(WRONG_FORMS)]
)
def test_er08_wrong_forms_name_the_part(sdk: TwelveLabs, form: dict[str, Any], param: str, code: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.assets.create(**form)
    assert (caught.value.body["error"]["details"]["param"], caught.value.body["code"]) == (param, code)
    assert not Video.objects.exists()


def test_er08_too_large_file_names_the_limit(sdk: TwelveLabs, settings: Any) -> None:
    settings.MAX_DIRECT_BYTES = 1 << 20
    with pytest.raises(BadRequestError) as caught:
        sdk.assets.create(method="direct", file=("a.mp4", b"x" * ((1 << 20) + 1)))
    assert caught.value.body["code"] == "video_filesize_too_large"


def test_er08_body_without_a_length_is_cut_at_the_limit(base: str, key: str, settings: Any) -> None:
    """Nothing of it is kept, and the client hears why although it was still sending."""
    settings.MAX_DIRECT_BYTES = 1 << 20
    headers = {"x-api-key": key, "Content-Type": "multipart/form-data; boundary=b"}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="v.mp4"\r\n\r\n'
    answer = httpx.post(f"{base}/assets", headers=headers, content=(each for each in [head, *[b"x" * (1 << 18)] * 16]))
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
    assert not Video.objects.exists()


def test_er09_er10_unknown_asset(sdk: TwelveLabs) -> None:
    with pytest.raises(NotFoundError):
        sdk.assets.retrieve("0" * 24)
    with pytest.raises(ApiError) as caught:
        sdk.assets.delete("0" * 24)
    assert caught.value.status_code == 404


def test_er11_broken_file_becomes_a_failed_asset(sdk: TwelveLabs) -> None:
    asset = sdk.assets.create(method="direct", file=("a.mp4", b"this is no film" * 100))
    assert asset.status == "processing"
    pipeline.run_job(Job.objects.get().uid)
    detail = sdk.assets.retrieve(asset.id)
    assert (detail.status, bool(detail.error.message)) == ("failed", True)


def test_raw_wrong_routes_and_methods_answer_json(base: str, key: str) -> None:
    asked = [("GET", "/nope"), ("PUT", "/analyze/tasks"), ("GET", "/assets/"), ("GET", "/analyze/tasks/")]
    answers = [httpx.request(method, base + path, headers={"x-api-key": key}) for method, path in asked]
    outside = httpx.post(base.removesuffix("/v1.3") + "/analyze/tasks")
    assert [(each.status_code, each.json()["code"]) for each in [*answers, outside]] == [
        (404, "resource_not_exist"),
        (405, "method_not_allowed"),
        (404, "resource_not_exist"),
        (404, "resource_not_exist"),
        (404, "resource_not_exist"),
    ]
    assert "Add /v1.3" in outside.json()["message"]


def test_raw_chunked_form_without_a_length(base: str, key: str) -> None:
    boundary = "b"
    head = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [
        head.format("method", ""),
        "direct\r\n",
        head.format("file", '; filename="v.mp4"'),
        "film",
        "\r\n--b--\r\n",
    ]
    place = urlsplit(base)
    connection = http.client.HTTPConnection(str(place.hostname), place.port)
    headers = {"x-api-key": key, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    connection.request("POST", f"{place.path}/assets", (part.encode() for part in parts), headers, encode_chunked=True)
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["filename"]) == (201, "v.mp4")
    connection.close()


def test_asset_that_failed_keeps_its_words(sdk: TwelveLabs, owner: User) -> None:
    failed = {"upload_status": VideoUploadStatus.FAILED, "error_code": "media_unreadable", "error_message": "No film."}
    detail = sdk.assets.retrieve(factories.video(owner, **failed).asset_id)
    assert (detail.status, detail.error.message) == ("failed", "No film.")
