"""The socket of a run: whoever connects, and whenever, sees the same ordered history."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client

from segments import consumers
from segments.domain import access, events, jobs
from segments.models import Job
from tests import factories
from tests.consumers.browser import browser

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_thread")]


@pytest.fixture
def waiting(transactional_db: None) -> Job:
    """A run of the person at this computer, with one line of history."""
    return factories.job(factories.video(access.local_owner()))


@pytest.fixture
def done(waiting: Job) -> Job:
    """The same run at its end, with three lines."""
    return factories.completed(waiting)


def write_line(job: Job) -> None:
    events.append(Job.objects.get(pk=job.pk), "warning", {})


def in_thread(function: Callable[..., Any], *arguments: object) -> Awaitable[Any]:
    return sync_to_async(function)(*arguments)


async def test_newcomer_gets_the_whole_history(done: Job) -> None:
    async with browser(done.uid) as one:
        await one.connect()
        assert await one.news() == [1, 2, 3]
        assert await one.hears_nothing()


@pytest.mark.parametrize(
    ("after", "numbers"), [("1", [2, 3]), ("2", [3]), ("3", []), ("", [1, 2, 3]), ("x", [1, 2, 3])]
)
async def test_returner_gets_what_came_since(done: Job, after: str, numbers: list[int]) -> None:
    async with browser(done.uid, f"?after={after}") as one:
        await one.connect()
        assert await one.news() == numbers


async def test_messages_are_the_lines_of_the_polling_address(done: Job) -> None:
    polled = await in_thread(Client(SERVER_NAME="localhost").get, f"/jobs/{done.uid}/events/")
    async with browser(done.uid) as one:
        await one.connect()
        assert await one.message() == polled.json()


async def test_new_lines_are_forwarded_in_order(waiting: Job) -> None:
    async with browser(waiting.uid) as one:
        await one.connect()
        assert await one.news() == [1]
        await in_thread(factories.claimed, waiting)
        assert await one.news() == [2]
        await in_thread(write_line, waiting)
        assert await one.news() == [3]


async def test_many_nudges_at_once_send_a_line_once(waiting: Job) -> None:
    async with browser(waiting.uid) as one:
        await one.connect()
        assert await one.news() == [1]
        await in_thread(factories.claimed, waiting)
        layer = get_channel_layer()
        await asyncio.gather(*(layer.group_send(events.group_name(waiting.uid), {"type": "look"}) for _ in range(5)))
        assert await one.news() == [2]
        await in_thread(write_line, waiting)
        assert await one.news() == [3]
        assert await one.hears_nothing()


async def test_lost_nudge_delays_a_line_and_loses_nothing(waiting: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "LOOK_SECONDS", 0.05)
    async with browser(waiting.uid) as one:
        await one.connect()
        assert await one.news() == [1]
        await get_channel_layer().flush()  # nobody is in any group any more
        await in_thread(jobs.claim, waiting.uid)
        assert await one.news() == [2]


async def test_two_browsers_see_the_same(done: Job) -> None:
    async with browser(done.uid) as one, browser(done.uid, "?after=1") as other:
        await one.connect()
        await other.connect()
        assert (await one.news(), await other.news()) == ([1, 2, 3], [2, 3])


async def test_browser_that_talks_is_not_listened_to(done: Job) -> None:
    async with browser(done.uid) as one:
        await one.connect()
        await one.news()
        for text in ("{}", '{"after": 0}', "[1]"):
            await one.wire.send_input({"type": "websocket.receive", "text": text})
        await in_thread(write_line, done)
        assert await one.news() == [4]


@pytest.mark.parametrize("uid", [str(factories.NOWHERE), "no-such-thing"])
async def test_unknown_run_closes_with_4404(uid: str) -> None:
    async with browser(uid) as one:
        assert await one.closing_code() == 4404


async def test_run_of_another_person_closes_the_same_way(anna: User) -> None:
    job = await in_thread(lambda: factories.job(factories.video(anna)))
    async with browser(job.uid) as one:
        assert await one.closing_code() == 4404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:9999"},
        {"origin": "https://localhost:8000"},
        {"origin": "null"},
        {"origin": "http://localh\xf6st:8000"},
        {"origin": None},
        {"host": "evil.example:8000", "origin": "http://evil.example:8000"},
        {"host": "a b", "origin": "http://a b"},
        {"x-forwarded-for": "127.0.0.1"},
    ],
    ids=str,
)
async def test_socket_from_elsewhere_is_refused(done: Job, headers: dict[str, str | None]) -> None:
    async with browser(done.uid, headers=headers) as one:
        assert await one.closing_code() == 4401


async def test_peer_from_elsewhere_is_refused(done: Job) -> None:
    async with browser(done.uid, peer="192.168.1.20") as one:
        assert await one.closing_code() == 4401


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{django_settings.SESSION_COOKIE_NAME}={client.cookies[django_settings.SESSION_COOKIE_NAME].value}"


@pytest.mark.parametrize("mode", ["token", "users"])
async def test_accounts_see_their_own_runs_only(anna: User, stranger: User, settings: Any, mode: str) -> None:
    settings.ACCESS = mode
    job = await in_thread(lambda: factories.completed(factories.job(factories.video(anna))))
    async with browser(job.uid, headers={"cookie": await in_thread(session_of, anna)}) as one:
        await one.connect()
        assert await one.news() == [1, 2, 3]
    for cookie, code in ((await in_thread(session_of, stranger), 4404), (None, 4401)):
        async with browser(job.uid, headers={"cookie": cookie}) as one:
            assert await one.closing_code() == code


async def test_session_from_another_origin_is_refused(anna: User, settings: Any) -> None:
    settings.ACCESS = "users"
    job = await in_thread(lambda: factories.job(factories.video(anna)))
    headers = {"cookie": await in_thread(session_of, anna), "origin": "http://localhost:9999"}
    async with browser(job.uid, headers=headers) as one:
        assert await one.closing_code() == 4401
