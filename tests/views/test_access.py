"""Nobody sees, changes or detects what belongs to another. Every route is placed here, or this file fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import AsyncClient, Client
from django.urls import URLPattern, URLResolver, get_resolver

from segments.domain import api_keys, chunked_uploads, saved_definitions, storage, webhooks
from segments.models import Delivery, Job, SavedDefinitions, Upload, Video, WebhookEndpoint
from segments.models.webhook import DeliveryState
from segments.routing import websocket_urlpatterns
from tests import factories
from tests.views.conftest import with_token

#: Open to whoever reaches the server.
PUBLIC = {"enter", "leave", "health"}
#: Open to whoever knows an address that nobody guesses (tests/views/test_shared.py).
SHARED = {"shared_report", "shared_video"}
#: The address itself is the permission: signed, for one purpose, for a while (tests/views/test_chunks.py).
SIGNED = {"chunk", "source", "video_download", "video_thumbnail"}
#: About the caller alone: no identifier of anything in the address.
OWN = {
    "segment_page",
    "video_picker",
    "video_by_address",
    "video_library",
    "history",
    "tus_create",
    "job_create",
    "definition_check",
    "definition_schema",
    "example_run",
    "form_code",
    "saved_list",
    "saved_create",
    "saved_import",
    "saved_export",
    "developers",
    "key_create",
    "webhook_add",
}
#: One thing of one person: what the identifier in the address belongs to, and the methods.
OWNED = {
    "video_page": ("video", "GET"),
    "video_tracks": ("video", "GET"),
    "video_modules": ("video", "GET"),
    "modules_start": ("video", "POST"),
    "modules_cancel": ("video", "POST"),
    "modules_clear": ("video", "POST"),
    "share_create": ("video", "POST"),
    "library_delete": ("video", "POST"),
    "library_undelete": ("video", "POST"),
    "video_card": ("video", "GET"),
    "video_delete": ("video", "POST"),
    "video_undelete": ("video", "POST"),
    "video_rename": ("video", "POST"),
    "subtitles_add": ("video", "POST"),
    "subtitles_remove": ("video", "POST"),
    "tus_upload": ("upload", "HEAD PATCH DELETE"),
    "job_panel": ("job", "GET"),
    "job_events": ("job", "GET"),
    "job_cancel": ("job", "POST"),
    "job_retry": ("job", "POST"),
    "job_delete": ("job", "POST"),
    "job_undelete": ("job", "POST"),
    "job_result": ("job", "GET"),
    "job_visual": ("job", "GET"),
    "job_captions": ("job", "GET"),
    "job_code": ("job", "GET"),
    "job_again": ("job", "POST"),
    "job_settings": ("job", "GET"),
    "job_row": ("job", "GET"),
    "job_exports": ("job", "GET"),
    "job_export": ("job", "GET"),
    "saved_rename": ("saved", "POST"),
    "saved_delete": ("saved", "POST"),
    "saved_undelete": ("saved", "POST"),
    "webhook_switch": ("endpoint", "POST"),
    "webhook_reveal": ("endpoint", "POST"),
    "webhook_rotate": ("endpoint", "POST"),
    "webhook_remove": ("endpoint", "POST"),
    "delivery_replay": ("delivery", "POST"),
}
#: The same by a number that only its owner sees (tests/views/test_developers.py, test_shared.py).
NUMBERED = {"key_revoke", "share_remove"}
#: The same, in asynchronous views.
STREAMED = {"video_source", "video_playable", "video_poster", "video_sprite"}
#: The task API, by the path of its routes: a key decides.
KEYED = {
    "v1.3/assets": "own",
    "v1.3/assets/<asset_id>": "GET DELETE",
    "v1.3/assets/<asset_id>/user-metadata": "PUT PATCH DELETE",
    "v1.3/assets/<asset_id>/transcription": "GET",
    "v1.3/assets/multipart-uploads": "own",
    "v1.3/assets/multipart-uploads/<upload_id>": "GET POST",
    "v1.3/assets/multipart-uploads/<upload_id>/presigned-urls": "POST",
    "v1.3/analyze": "POST",
    "v1.3/analyze/tasks": "own",
    "v1.3/analyze/tasks/<task_id>": "GET DELETE",
    "v1.3/analyze/tasks/<task_id>/cancel": "POST",
    "v1.3/openapi.json": "description",
    "v1.3/docs": "description",
    "v1.3/": "description",
    "v1.3/<path:rest>": "nothing",
    "analyze/tasks": "nothing",
    "assets": "nothing",
}
#: A body that would be right, where one is looked at before the identifier.
BODIES = {
    "v1.3/assets/multipart-uploads/<upload_id>": {
        "completed_chunks": [{"chunk_index": 1, "proof": "0" * 32, "proof_type": "etag", "chunk_size": 10}]
    },
    "v1.3/assets/multipart-uploads/<upload_id>/presigned-urls": {"start": 1, "count": 1},
}
#: Contracts whose own tests walk all their routes.
ELSEWHERE = ("api/",)  # tests/api/videos/test_access.py, tests/api/lynxvizion/test_access.py
KINDS: list[dict[str, str]] = [{}, {"Accept": "text/html"}, {"HX-Request": "true"}]
#: Addresses that name things in other ways than by the identifier in the path.
ASKING_BY_QUERY = ("/?video={video}", "/?task={job}", "/history/?video={video}", "/picker/?chosen={video}")


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, path)
        else:
            yield path, entry


def page_routes() -> dict[str, str]:
    """Name → address of everything that is not the task API."""
    return {
        str(entry.name): f"/{path}" for path, entry in routes() if path not in KEYED and not path.startswith(ELSEWHERE)
    }


class Things:
    """One video, run and upload of anna."""

    def __init__(self, owner: User) -> None:
        self.video = factories.video(owner)
        for name in (storage.RENDITION, storage.POSTER, storage.SPRITE):
            (storage.folder(self.video) / name).write_bytes(b"picture")
        self.job = factories.completed(factories.job(self.video))
        self.upload = factories.upload(owner)
        self.parts = chunked_uploads.create(owner, name="parts.mp4", length=10, chunk_bytes=10)
        self.endpoint = webhooks.add(owner, url="https://example.org/hook")
        factories.completed(factories.job(self.video))
        self.delivery = Delivery.objects.get()
        Delivery.objects.update(state=DeliveryState.DELIVERED)
        self.saved = saved_definitions.save(owner, name="Mine of anna", text=json.dumps([factories.SHOT]))

    def uid(self, kind: str) -> UUID:
        row: Video | Job | Upload | SavedDefinitions | WebhookEndpoint | Delivery = getattr(self, kind)
        return row.uid

    def rows(self) -> list[Any]:
        models = (Video, Job, Upload, SavedDefinitions, WebhookEndpoint, Delivery)
        return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def things(anna: User, users_mode: None) -> Things:
    return Things(anna)


def plain(response: HttpResponseBase, *uids: object) -> tuple[int, str, list[str]]:
    """Status, body without the identifiers asked for, and the names of the headers."""
    body = b"" if response.streaming else getattr(response, "content", b"")
    text = body.decode()
    for uid in uids:
        text = text.replace(str(uid), "UID").replace(UUID(str(uid)).hex, "UID")
    return response.status_code, without_nonces(text), sorted(name for name, _value in response.items())


def without_nonces(text: str) -> str:
    """Tokens that differ with each answer."""
    return re.sub(
        r'(nonce" content="|csrf-token" content="|X-CSRFToken": "|csrfmiddlewaretoken" value=")[^"]*', r"\1", text
    )


def ask(client: Client, method: str, path: str, headers: dict[str, str]) -> HttpResponseBase:
    sent = {"Upload-Offset": "0", **headers} if method == "PATCH" else headers
    return client.generic(method, path, b"", content_type="application/offset+octet-stream", headers=sent)


def test_every_page_route_is_placed() -> None:
    assert set(page_routes()) == PUBLIC | SHARED | SIGNED | OWN | OWNED.keys() | NUMBERED | STREAMED


def test_every_task_api_route_is_placed() -> None:
    names = set(page_routes())
    assert {
        path for path, entry in routes() if str(entry.name) not in names and not path.startswith(ELSEWHERE)
    } == KEYED.keys()


def test_routes_with_an_identifier_are_owned() -> None:
    named = {name for name, path in page_routes().items() if "<str:uid>" in path}
    assert named == OWNED.keys() | STREAMED


def test_every_socket_is_placed() -> None:
    assert [str(entry.pattern) for entry in websocket_urlpatterns] == ["ws/jobs/<str:uid>/"]  # tests/consumers


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OWNED))
def test_stranger_hears_the_same_as_for_a_random_id(name: str, things: Things, stranger: User) -> None:
    client = with_token(Client(SERVER_NAME="localhost"))
    client.force_login(stranger)
    path, (kind, methods) = page_routes()[name], OWNED[name]
    before = things.rows()
    for method in methods.split():
        for headers in KINDS:
            uid = things.uid(kind)
            of_anna = plain(ask(client, method, path.replace("<str:uid>", str(uid)), headers), uid)
            of_nobody = plain(ask(client, method, path.replace("<str:uid>", str(factories.NOWHERE)), headers))
            assert of_anna == of_nobody
            assert of_anna[0] == 404
    assert things.rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OWNED))
def test_owner_is_not_told_that_it_is_missing(name: str, things: Things, anna: User) -> None:
    client = with_token(Client(SERVER_NAME="localhost"))
    client.force_login(anna)
    path, (kind, methods) = page_routes()[name], OWNED[name]
    for method in methods.split():
        assert ask(client, method, path.replace("<str:uid>", str(things.uid(kind))), {}).status_code != 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ASKING_BY_QUERY)
def test_stranger_asking_by_query_hears_the_same(address: str, things: Things, stranger: User) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(stranger)
    nowhere = factories.NOWHERE
    of_anna = client.get(address.format(video=things.video.uid, job=things.job.uid), headers={"Accept": "text/html"})
    of_nobody = client.get(address.format(video=nowhere, job=nowhere), headers={"Accept": "text/html"})
    expected = plain(of_nobody, nowhere)
    assert plain(of_anna, things.video.uid, things.job.uid) == expected
    assert things.video.name not in of_anna.content.decode()


@pytest.mark.django_db
def test_stranger_cannot_run_a_foreign_video(things: Things, stranger: User) -> None:
    client = with_token(Client(SERVER_NAME="localhost"))
    client.force_login(stranger)
    answers = [
        client.post("/jobs/", {"video": str(uid), **factories.body()}, content_type="application/json")
        for uid in (things.video.uid, factories.NOWHERE)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(STREAMED))
async def test_stranger_gets_no_byte(
    name: str, things: Things, stranger: User, async_local: AsyncClient, database_thread: None
) -> None:
    await async_local.aforce_login(stranger)
    path = page_routes()[name]
    for headers in [*KINDS, {"Range": "bytes=0-1"}, {"If-None-Match": "*"}]:
        for method in (async_local.get, async_local.head):
            uid = things.video.uid
            of_anna = plain(await method(path.replace("<str:uid>", str(uid)), headers=headers), uid)
            of_nobody = plain(await method(path.replace("<str:uid>", str(factories.NOWHERE)), headers=headers))
            assert of_anna == of_nobody
            assert of_anna[0] == 404


@pytest.mark.django_db(transaction=True)
async def test_owner_gets_the_bytes(
    things: Things, anna: User, async_local: AsyncClient, database_thread: None
) -> None:
    await async_local.aforce_login(anna)
    for name in sorted(STREAMED):
        response = await async_local.get(page_routes()[name].replace("<str:uid>", str(things.video.uid)))
        assert response.status_code == 200
        assert b"".join([block async for block in response.streaming_content])


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted((OWN | OWNED.keys() | STREAMED) - {"segment_page"}))
def test_nobody_gets_in_without_entering(name: str, things: Things) -> None:
    client = with_token(Client(SERVER_NAME="localhost"))
    kind, methods = OWNED.get(name, ("video", "GET POST"))
    path = page_routes()[name].replace("<str:uid>", str(things.uid(kind))).replace("<str:name>", "lecture")
    before = things.rows()
    for method in methods.split():
        assert ask(client, method, path, {}).status_code == 401
    assert things.rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path, methods in KEYED.items() if "<" in path and methods != "nothing"])
def test_foreign_key_hears_the_same_as_for_a_random_id(path: str, things: Things, stranger: User) -> None:
    key = api_keys.create(stranger, name="test")[1]
    client = Client(SERVER_NAME="localhost")
    ids = {"asset_id": things.video.asset_id, "task_id": things.job.task_id, "upload_id": things.parts.uid.hex}
    body = json.dumps(BODIES.get(path, {}))
    before = things.rows()
    for method in KEYED[path].split():
        answers = []
        for known in (ids, dict.fromkeys(ids, "0123456789abcdef01234567")):
            address = f"/{path}"
            for name, value in known.items():
                address = address.replace(f"<{name}>", value)
            response = client.generic(method, address, body, "application/json", headers={"x-api-key": key})
            text = response.content.decode()
            for value in known.values():
                text = text.replace(value, "ID")
            answers.append((response.status_code, text))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
    assert things.rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path, methods in KEYED.items() if methods not in ("nothing", "description")])
def test_task_api_needs_a_key_even_for_the_logged_in(path: str, things: Things, anna: User) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(anna)
    address = f"/{path}".replace("<asset_id>", things.video.asset_id).replace("<task_id>", things.job.task_id)
    address = address.replace("<upload_id>", things.parts.uid.hex)
    for method in ("GET POST" if KEYED[path] == "own" else KEYED[path]).split():
        for key in ({}, {"x-api-key": "cue_live_wrong"}):
            assert client.generic(method, address, headers=key).status_code == 401
