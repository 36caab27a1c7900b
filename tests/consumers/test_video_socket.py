"""The socket of a video: how its modules go on, over all runs, for a key or the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User

from segments import consumers
from segments.domain import access, api_keys, events, jobs, module_runs
from segments.domain.queries import feeds
from segments.models import Job, Video
from tests import factories
from tests.consumers.browser import Browser, browser

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_thread")]


@pytest.fixture
def video(transactional_db: None) -> Video:
    return factories.video(access.local_owner())


def in_thread(function: Callable[..., Any], *arguments: object) -> Awaitable[Any]:
    return sync_to_async(function)(*arguments)


def advanced(run: jobs.Run, percent: float | None) -> None:
    with jobs.held(run) as job:
        events.append(job, "progress", {"percent": percent, "words": "Looking at pictures"})


async def heard(one: Browser, count: int) -> list[dict[str, Any]]:
    return [await one.message() for _ in range(count)]


def brief(messages: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    told = {"status": "status", "module": "state", "progress": "progress", "segments": "module"}
    return [(each["type"], each[told[each["type"]]]) for each in messages]


async def test_newcomer_hears_the_status(video: Video) -> None:
    async with browser(video.uid) as one:
        await one.connect()
        message = await one.message()
        assert list(message)[:3] == ["type", "job_id", "status"]
        assert (message["type"], message["job_id"], message["status"]) == ("status", str(video.uid), "uploaded")
        assert {"error", "processing_time", "created_at", "updated_at", "progress", "modules"} < message.keys()
        assert await one.hears_nothing()


async def test_run_is_followed_to_its_end_and_the_next_one_too(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PROGRESS_SECONDS", 0.0)
    async with browser(video.uid) as one:
        await one.connect()
        assert brief([await one.message()]) == [("status", "uploaded")]
        job = await in_thread(factories.analysis, video, "shots")
        assert brief([await one.message()]) == [("status", "queued")]
        run = await in_thread(factories.begun, job)
        assert brief(await heard(one, 2)) == [("status", "processing"), ("module", "running")]
        await in_thread(advanced, run, 30.0)
        progress = await one.message()
        assert progress == {
            "type": "progress",
            "job_id": str(video.uid),
            "progress": 30.0,
            "current_step": "Looking at pictures",
            "module": "shots",
        }
        await in_thread(factories.told, run, "shots", *[(n, n + 1) for n in range(60)])
        module, first, second = await heard(one, 3)
        assert (module["module"], module["state"], module["total_segments"]) == ("shots", "completed", 60)
        assert [len(each["segments"]) for each in (first, second)] == [50, 10]
        assert first["segments"][0].keys() > {"id", "job_id", "module", "content", "start_time"}
        await in_thread(module_runs.complete, run)
        done = await one.message()
        assert (done["type"], done["status"], done["progress"]) == ("status", "completed", 100)
        await in_thread(factories.analysis, video, "shots")
        assert brief([await one.message()]) == [("status", "queued")]


async def test_progress_never_falls_within_a_run(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PROGRESS_SECONDS", 0.0)
    run = await in_thread(lambda: factories.begun(factories.analysis(video, "shots")))
    async with browser(video.uid) as one:
        await one.connect()
        assert brief([await one.message()]) == [("status", "processing")]
        told = []
        for percent in (None, 40.0, 20.0, 60.0):
            await in_thread(advanced, run, percent)
            told.append((await one.message())["progress"])
        assert told == [0.0, 40.0, 40.0, 60.0]


async def test_progress_is_told_four_times_a_second_at_most(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(feeds.time, "monotonic", lambda: now[0])
    run = await in_thread(lambda: factories.begun(factories.analysis(video, "shots")))
    feed = feeds.VideoFeed(video)
    await in_thread(lambda: feed.news(first=True))

    def told(percent: float) -> list[float]:
        advanced(run, percent)
        return [each["progress"] for each in feed.news() if each["type"] == "progress"]

    spoken = []
    for percent in range(1, 11):
        now[0] += 0.125
        spoken.append(await in_thread(told, float(percent)))
    assert spoken == [[1.0], [], [3.0], [], [5.0], [], [7.0], [], [9.0], []]


async def test_cancelled_run_falls_back_and_clearing_is_told(video: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "LOOK_SECONDS", 0.05)
    await in_thread(lambda: factories.analysed(factories.analysis(video, "shots")))
    async with browser(video.uid) as one:
        await one.connect()
        assert brief([await one.message()]) == [("status", "completed")]
        again: Job = await in_thread(factories.analysis, video, "shots")
        assert brief([await one.message()]) == [("status", "queued")]
        await in_thread(jobs.cancel, again)
        assert brief([await one.message()]) == [("status", "completed")]
        await in_thread(module_runs.clear, video)
        assert brief([await one.message()]) == [("status", "uploaded")]


async def test_key_opens_the_socket_from_anywhere(anna: User, stranger: User) -> None:
    video = await in_thread(factories.video, anna)
    key, other = [(await in_thread(lambda user=user: api_keys.create(user, name="x")[1])) for user in (anna, stranger)]
    nowhere: dict[str, str | None] = {"origin": None}
    async with browser(video.uid, f"?token={key}", peer="192.168.1.20", headers=nowhere) as one:
        await one.connect()
        assert (await one.message())["type"] == "status"
    for query, code in ((f"?token={other}", 4404), ("?token=cue_live_wrong", 4401), ("?token=", 4401), ("", 4401)):
        async with browser(video.uid, query, headers=nowhere) as one:
            assert await one.closing_code() == code
    async with browser(factories.NOWHERE, f"?token={key}", headers=nowhere) as one:
        assert await one.closing_code() == 4404


async def test_upload_that_goes_on_is_not_there_yet() -> None:
    upload = await in_thread(lambda: factories.upload(access.local_owner()))
    async with browser(upload.video.uid) as one:
        assert await one.closing_code() == 4404
