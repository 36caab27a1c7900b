"""Bytes out: whole, single ranges, and what a player may assume."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, Client

from segments.domain import storage
from segments.models import Video
from segments.streaming import BLOCK, parse_range
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = bytes(n % 251 for n in range(1000))


@pytest.fixture
def video(owner: User) -> Video:
    return factories.video(owner, name="my film.mp4", content=CONTENT, sha256="ab" * 32)


@pytest.fixture(autouse=True)
def _no_connection_stays(database_thread: None) -> None:
    """Database work of asynchronous views is done in a thread of its own."""


async def body(response: Any) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join([block async for block in cast(AsyncIterator[bytes], response)])
    return bytes(response.content)


async def get(client: AsyncClient, video: Video, *, query: str = "", **headers: str) -> Any:
    return await client.get(f"/videos/{video.uid}/source{query}", headers=headers)


async def test_whole_file_with_its_type_and_length(async_local: AsyncClient, video: Video) -> None:
    response = await get(async_local, video)
    assert (response.status_code, await body(response)) == (200, CONTENT)
    assert (response["Content-Type"], response["Content-Length"]) == ("video/mp4", "1000")
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"].startswith('"abab')
    assert "Content-Range" not in response
    assert "Content-Disposition" not in response


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-499", 0, 499),
        ("bytes=500-", 500, 999),
        ("bytes=999-", 999, 999),
        ("bytes=990-2000", 990, 999),
        ("bytes=-10", 990, 999),
        ("bytes=-5000", 0, 999),
    ],
)
async def test_one_range_is_206(async_local: AsyncClient, video: Video, wanted: str, first: int, last: int) -> None:
    response = await get(async_local, video, Range=wanted)
    assert (response.status_code, await body(response)) == (206, CONTENT[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/1000"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("wanted", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
async def test_range_outside_is_416(async_local: AsyncClient, video: Video, wanted: str) -> None:
    response = await get(async_local, video, Range=wanted)
    assert (response.status_code, response["Content-Range"], await body(response)) == (416, "bytes */1000", b"")


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-9", "bytes=9-5", "bytes=-", "lines=0-5", "bytes=a-b", "", "bytes 0-5"])
async def test_range_that_is_not_understood_gives_the_whole(
    async_local: AsyncClient, video: Video, wanted: str
) -> None:
    response = await get(async_local, video, Range=wanted)
    assert (response.status_code, len(await body(response))) == (200, 1000)


async def test_if_range_with_the_same_tag_continues(async_local: AsyncClient, video: Video) -> None:
    tag = (await get(async_local, video))["ETag"]
    same = await get(async_local, video, Range="bytes=5-9", **{"If-Range": tag})
    other = await get(async_local, video, Range="bytes=5-9", **{"If-Range": '"another"'})
    dated = await get(async_local, video, Range="bytes=5-9", **{"If-Range": "Sat, 29 Oct 1994 19:43:31 GMT"})
    assert [same.status_code, other.status_code, dated.status_code] == [206, 200, 200]


async def test_same_tag_needs_no_bytes(async_local: AsyncClient, video: Video) -> None:
    tag = (await get(async_local, video))["ETag"]
    response = await get(async_local, video, **{"If-None-Match": tag})
    assert (response.status_code, await body(response), response["ETag"]) == (304, b"", tag)
    assert (await get(async_local, video, **{"If-None-Match": '"another"'})).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "status", "length"), [("", 200, "1000"), ("bytes=0-9", 206, "10"), ("bytes=1000-", 416, None)]
)
async def test_head_is_get_without_bytes(
    async_local: AsyncClient, video: Video, wanted: str, status: int, length: str | None
) -> None:
    response = await async_local.head(f"/videos/{video.uid}/source", headers={"Range": wanted})
    assert (response.status_code, await body(response)) == (status, b"")
    if length:
        assert response["Content-Length"] == length


async def test_big_file_comes_in_blocks(async_local: AsyncClient, owner: User) -> None:
    content = bytes(BLOCK * 2 + 5)
    video = await sync_to_async(factories.video)(owner, content=content)
    response = await get(async_local, video)
    sizes = [len(block) async for block in cast(AsyncIterator[bytes], response)]
    assert sizes == [BLOCK, BLOCK, 5]


async def test_media_can_run_nothing_and_stays_private(async_local: AsyncClient, video: Video) -> None:
    response = await get(async_local, video)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, max-age=3600"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("my film.mp4", "attachment; filename*=UTF-8''my%20film.mp4"),
        ('a";\r\nX: y.mp4', "attachment; filename*=UTF-8''a%22%3B%0D%0AX%3A%20y.mp4"),
        ("日本.mp4", "attachment; filename*=UTF-8''%E6%97%A5%E6%9C%AC.mp4"),
    ],
)
async def test_download_carries_the_name_and_nothing_else(
    async_local: AsyncClient, video: Video, name: str, sent: str
) -> None:
    await sync_to_async(Video.objects.update)(name=name)
    response = await get(async_local, video, query="?download")
    assert response["Content-Disposition"] == sent


async def test_unprobed_bytes_have_no_type_of_their_own(async_local: AsyncClient, owner: User) -> None:
    video = await sync_to_async(factories.video)(owner, facts=None, content=b"<script>")
    assert (await get(async_local, video))["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("address", "file", "kind"),
    [
        ("playable", storage.RENDITION, "video/mp4"),
        ("poster.jpg", storage.POSTER, "image/jpeg"),
        ("sprite.jpg", storage.SPRITE, "image/jpeg"),
    ],
)
async def test_copies_come_from_their_files(
    async_local: AsyncClient, video: Video, address: str, file: str, kind: str
) -> None:
    path = f"/videos/{video.uid}/{address}"
    missing = await async_local.get(path)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    (storage.folder(video) / file).write_bytes(b"copy")
    response = await async_local.get(path)
    assert (response.status_code, await body(response), response["Content-Type"]) == (200, b"copy", kind)


async def test_empty_file_is_an_empty_answer(async_local: AsyncClient, owner: User) -> None:
    video = await sync_to_async(factories.video)(owner, content=b"")
    response = await get(async_local, video)
    assert (response.status_code, response["Content-Length"], await body(response)) == (200, "0", b"")
    assert (await get(async_local, video, Range="bytes=0-")).status_code == 416


def test_bytes_are_only_read(local: Client, video: Video) -> None:
    response: HttpResponse = local.post(f"/videos/{video.uid}/source")
    assert response.status_code == 405


def test_range_with_absurd_numbers_is_answered() -> None:
    with pytest.raises(ValueError, match="after the end"):
        parse_range(f"bytes={'9' * 50}-", 1000)
    assert parse_range(f"bytes=0-{'9' * 50}", 1000) == (0, 999)
