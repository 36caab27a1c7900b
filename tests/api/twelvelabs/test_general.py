"""General analysis through the official clients: tasks that answer prompts, and the call that waits for its answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.contrib.auth.models import User
from django.db import connections
from twelvelabs import SyncResponseFormat, TwelveLabs
from twelvelabs.core.api_error import ApiError
from twelvelabs.errors import BadRequestError, NotFoundError, TooManyRequestsError

from segments.api.twelvelabs import analyze
from segments.domain import announce, jobs, pipeline
from segments.models import ApiKey, Job, Video
from segments.models.job import JobKind, JobStatus
from tests import clips, factories
from tests.api.js.node import JavaScriptError

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"shot_count": {"type": "integer", "description": "Number of shots"}},
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return clips.two_shots(tmp_path_factory.mktemp("films") / "two_shots.mp4").read_bytes()


@pytest.fixture
def film(owner: User, content: bytes) -> Video:
    video = factories.uploaded(owner, content=content)
    pipeline.run_job(factories.preparation(video).uid)
    video.refresh_from_db()
    return video


@pytest.fixture
def worker(film: Video, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker in this process that hears every bell, once the film is there."""

    def work(uid: UUID) -> None:
        try:
            pipeline.run_job(uid)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(announce, "_ring", lambda uid, _queue, _priority: pool.submit(work, uid))
        yield


def source(video: Video) -> dict[str, str]:
    return {"type": "asset_id", "asset_id": video.asset_id}


def finished(task_id: str) -> Job:
    job = Job.objects.get(task_id=task_id)
    pipeline.run_job(job.uid)
    job.refresh_from_db()
    return job


def test_task_in_general_mode_answers_from_evidence(sdk: TwelveLabs, film: Video) -> None:
    created = sdk.analyze_async.tasks.create(video=source(film), prompt="How many shots are there?", custom_id="g-1")
    assert created.status == "pending"
    finished(created.task_id)
    task = sdk.analyze_async.tasks.retrieve(created.task_id)
    assert (task.status, task.custom_id, task.result.finish_reason) == ("ready", "g-1", "stop")
    assert task.result.data.startswith("2 shots (1 cut):")
    assert (task.request_params.analysis_mode, task.request_params.prompt) == ("general", "How many shots are there?")
    assert task.error is None
    listed = sdk.analyze_async.tasks.list(analysis_mode="general").data
    assert [each.task_id for each in listed] == [created.task_id]
    assert sdk.analyze_async.tasks.list(analysis_mode="time_based_metadata").data == []


def test_task_with_a_schema_answers_in_its_shape(sdk: TwelveLabs, film: Video) -> None:
    shape = {
        "type": "json_schema",
        "json_schema": {**SCHEMA, "properties": {**SCHEMA["properties"], "mood": {"type": "string"}}},
    }
    created = sdk.analyze_async.tasks.create(video=source(film), prompt="Fill it", response_format=shape)
    finished(created.task_id)
    task = sdk.analyze_async.tasks.retrieve(created.task_id)
    assert json.loads(task.result.data) == {"shot_count": 2, "mood": None}
    assert "mood" in task.error.message


def test_answer_longer_than_its_tokens_is_cut_and_says_so(sdk: TwelveLabs, film: Video) -> None:
    created = sdk.analyze_async.tasks.create(
        video=source(film), prompt="Summarize", model_name="pegasus1.2", max_tokens=2
    )
    finished(created.task_id)
    result = sdk.analyze_async.tasks.retrieve(created.task_id).result
    assert (len(result.data), result.finish_reason, result.usage.output_tokens) == (8, "length", 2)


def test_text_task_is_cancelled_and_deleted_like_any_other(sdk: TwelveLabs, film: Video) -> None:
    created = sdk.analyze_async.tasks.create(video=source(film), prompt="Summarize")
    assert sdk.analyze_async.tasks.cancel(created.task_id).status == "canceled"
    sdk.analyze_async.tasks.delete(created.task_id)
    with pytest.raises(NotFoundError):
        sdk.analyze_async.tasks.retrieve(created.task_id)


@pytest.mark.parametrize("keyword", ["minLength", "additionalProperties"])
def test_er13_unsupported_schema_keyword(sdk: TwelveLabs, film: Video, keyword: str) -> None:
    shape = {"type": "json_schema", "json_schema": {**SCHEMA, keyword: 1}}
    for call in (sdk.analyze_async.tasks.create, sdk.analyze):
        with pytest.raises(ApiError) as caught:
            call(video=source(film), prompt="p", response_format=shape)
        assert (caught.value.status_code, caught.value.body["code"]) == (422, "unsupported_schema_keyword")
    assert not Job.objects.filter(kind=JobKind.TEXT).exists()


@pytest.mark.usefixtures("worker")
def test_py13_sync_analysis_and_its_stream(sdk: TwelveLabs, film: Video) -> None:
    whole = sdk.analyze(video=source(film), prompt="How many shots are there?")
    assert whole.data.startswith("2 shots (1 cut):")
    assert (whole.finish_reason, whole.usage.output_tokens > 0) == ("stop", True)
    events = list(sdk.analyze_stream(video=source(film), prompt="How many shots are there?"))
    assert (events[0].event_type, events[-1].event_type) == ("stream_start", "stream_end")
    assert "".join(each.text for each in events if each.event_type == "text_generation") == whole.data
    assert events[-1].metadata.generation_id == events[0].metadata.generation_id
    assert sdk.analyze_async.tasks.list().data == []  # nobody's task


@pytest.mark.usefixtures("worker")
def test_py13_schema_by_typed_class(sdk: TwelveLabs, film: Video) -> None:
    answer = sdk.analyze(
        video=source(film), prompt="p", response_format=SyncResponseFormat(type="json_schema", json_schema=SCHEMA)
    )
    assert json.loads(answer.data) == {"shot_count": 2}


@pytest.mark.usefixtures("worker")
def test_js07_sync_analysis_and_its_stream_with_other_letters(javascript: Callable[..., Any], film: Video) -> None:
    read = javascript("analyze", "both", assetId=film.asset_id, prompt="Wie viele shots? 漢字 ü")
    assert read["whole"].startswith("2 shots (1 cut):")
    assert "–" in read["whole"]
    assert (read["streamed"], read["last"]) == (read["whole"], "stream_end")


def test_stream_is_plain_json_lines_in_ascii(base: str, key: str, film: Video, worker: None) -> None:
    body = {"video": source(film), "prompt": "How many shots?"}
    answer = httpx.post(f"{base}/analyze", json=body, headers={"x-api-key": key}, timeout=30)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.content.isascii()
    assert answer.content.endswith(b"\n")
    assert [json.loads(line)["event_type"] for line in answer.text.splitlines()][-1] == "stream_end"


def test_sync_rules(sdk: TwelveLabs, base: str, key: str, film: Video) -> None:
    with pytest.raises(NotFoundError) as unknown:
        sdk.analyze(video={"type": "asset_id", "asset_id": "0" * 24}, prompt="p")
    assert unknown.value.body["code"] == "resource_not_exist"
    with pytest.raises(BadRequestError):
        sdk.analyze(video=source(film))
    bad = (
        {"analysis_mode": "general"},
        {"stream": "yes"},
        {"response_format": {"type": "segment_definitions", "segment_definitions": []}},
    )
    for more in bad:
        body = {"video": source(film), "prompt": "p", "stream": False, **more}
        assert httpx.post(f"{base}/analyze", json=body, headers={"x-api-key": key}).status_code == 400
    assert not Job.objects.filter(kind=JobKind.TEXT).exists()


def test_sync_film_above_an_hour_is_refused(sdk: TwelveLabs, owner: User) -> None:
    long = factories.video(owner, facts=asdict(factories.facts(3601.0)))
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze(video=source(long), prompt="p")
    assert "3600" in caught.value.body["message"]


def test_answer_that_takes_too_long_is_given_up(sdk: TwelveLabs, film: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyze, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(ApiError) as caught:
        sdk.analyze(video=source(film), prompt="p")
    assert (caught.value.status_code, caught.value.body["code"]) == (504, "request_canceled_or_timed_out")
    assert Job.objects.get(kind=JobKind.TEXT).status == JobStatus.CANCELLED
    last = list(sdk.analyze_stream(video=source(film), prompt="p"))[-1]
    assert (last.event_type, "too long" in last.error.message) == ("stream_end", True)


def test_failed_run_is_told_on_both_ways(sdk: TwelveLabs, film: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(uid: UUID, _queue: str, _priority: int) -> None:
        with jobs.held(jobs.claim(uid)) as row:  # type: ignore[arg-type]
            jobs.fail(row, "media_decode_failed", "Too much is damaged.")

    monkeypatch.setattr(announce, "_ring", fail)
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze(video=source(film), prompt="p")
    assert (caught.value.body["code"], caught.value.body["message"]) == ("video_file_broken", "Too much is damaged.")
    last = list(sdk.analyze_stream(video=source(film), prompt="p"))[-1]
    assert last.error.message == "Too much is damaged."


def test_er12_limited_sync_analysis(sdk: TwelveLabs, film: Video, settings: Any) -> None:
    settings.RATE_LIMIT_PER_MINUTE = 1
    sdk.assets.list()
    with pytest.raises(TooManyRequestsError) as caught:
        sdk.analyze(video=source(film), prompt="p")
    assert caught.value.body["code"] == "too_many_requests"
    assert ApiKey.objects.get().minute_count >= 2


@pytest.mark.usefixtures("worker")
def test_er12_limited_sync_analysis_in_javascript(javascript: Callable[..., Any], film: Video, settings: Any) -> None:
    settings.RATE_LIMIT_PER_MINUTE = 1
    ApiKey.objects.update(minute_count=0)
    with pytest.raises(JavaScriptError) as caught:
        javascript("analyze", "both", assetId=film.asset_id, prompt="p", times=2)
    assert (caught.value.name, caught.value.status) == ("TooManyRequestsError", 429)


async def _gone(base: str, key: str, body: dict[str, Any]) -> None:
    headers = {"x-api-key": key}
    async with (
        httpx.AsyncClient(timeout=30) as client,
        client.stream("POST", f"{base}/analyze", json=body, headers=headers) as answer,
    ):
        async for _line in answer.aiter_lines():
            return  # the first line is there: hang up


def test_stream_that_nobody_reads_stops_its_run(base: str, key: str, film: Video) -> None:
    asyncio.run(_gone(base, key, {"video": source(film), "prompt": "p"}))
    job = Job.objects.get(kind=JobKind.TEXT)
    for _ in range(200):
        job.refresh_from_db()
        if job.status == JobStatus.CANCELLED:
            break
        httpx.get(f"{base}/assets", headers={"x-api-key": key})  # the server is at work: give it a turn
    assert job.status == JobStatus.CANCELLED
