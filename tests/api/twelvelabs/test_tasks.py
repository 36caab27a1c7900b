"""Tasks through the official client; numbers are those of the contract's checklist."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from twelvelabs import (
    AnalyzeTimeRange,
    AsyncResponseFormat,
    AsyncTwelveLabs,
    SegmentDefinition,
    SegmentField,
    SegmentFieldItems,
    TwelveLabs,
    VideoContext_AssetId,
)
from twelvelabs.core.api_error import ApiError
from twelvelabs.errors import BadRequestError, ConflictError, NotFoundError, UnauthorizedError

from segments.models import Job, Video
from segments.models.job import JobStatus
from tests import factories
from tests.api.twelvelabs.conftest import SCENE, request


def test_py07_create_answers_pending(sdk: TwelveLabs, asset: Video) -> None:
    task = sdk.analyze_async.tasks.create(**request(asset))
    assert (len(task.task_id), task.status) == (24, "pending")


def test_py07_create_with_typed_classes(sdk: TwelveLabs, asset: Video) -> None:
    mood = SegmentField(name="mood", type="string", description="Overall mood", enum=["calm", "tense"])
    kinds = SegmentField(
        name="kinds", type="array", description="Kinds of shot", items=SegmentFieldItems(type="string")
    )
    peak = SegmentField(name="peak_at", type="timestamp", description="The loudest moment", format="hh:mm:ss")
    scene = SegmentDefinition(
        id="scene",
        description="A continuous stretch in one location",
        fields=[mood, kinds, peak],
        time_ranges=[AnalyzeTimeRange(start_time=0, end_time=20), AnalyzeTimeRange(start_time=20, end_time=40)],
    )
    task = sdk.analyze_async.tasks.create(
        model_name="pegasus1.5",
        video=VideoContext_AssetId(asset_id=asset.asset_id),
        analysis_mode="time_based_metadata",
        response_format=AsyncResponseFormat(type="segment_definitions", segment_definitions=[scene]),
    )
    assert task.status == "pending"
    (stored,) = Job.objects.get(task_id=task.task_id).request["response_format"]["segment_definitions"]
    assert [field["name"] for field in stored["fields"]] == ["mood", "kinds", "peak_at"]
    assert stored["time_ranges"][1] == {"start_time": 20, "end_time": 40}


async def test_py16_asynchronous_client_runs_tasks(base: str, key: str, asset: Video) -> None:
    async with httpx.AsyncClient(timeout=30) as connections:
        client = AsyncTwelveLabs(api_key=key, base_url=base, httpx_client=connections)
        created = await client.analyze_async.tasks.create(**request(asset, custom_id="mine-1"))
        assert created.status == "pending"
        await sync_to_async(_completed)(created.task_id)
        task = await client.analyze_async.tasks.retrieve(created.task_id)
    assert (task.status, task.custom_id) == ("ready", "mine-1")
    assert list(json.loads(task.result.data)) == ["scene"]


def _completed(task_id: str) -> None:
    factories.completed(Job.objects.get(task_id=task_id), (0, 20), (20, 60))


def test_py08_nulls_are_the_same_as_absent(sdk: TwelveLabs, asset: Video) -> None:
    task = sdk.analyze_async.tasks.create(**request(asset), prompt=None, custom_id=None, start_time=None)
    assert sdk.analyze_async.tasks.retrieve(task.task_id).custom_id is None


def test_py09_ready_task_holds_its_result_as_json_text(sdk: TwelveLabs, asset: Video) -> None:
    created = sdk.analyze_async.tasks.create(**request(asset, custom_id="mine-1"))
    factories.completed(Job.objects.get(task_id=created.task_id), (0, 20), (20, 60))
    task = sdk.analyze_async.tasks.retrieve(created.task_id)
    assert (task.status, task.custom_id, task.result.finish_reason) == ("ready", "mine-1", "stop")
    assert isinstance(task.result.usage.output_tokens, int)
    assert list(json.loads(task.result.data)) == ["scene"]


def test_py10_list_filters_and_shortens(sdk: TwelveLabs, asset: Video) -> None:
    two = [SCENE, {**SCENE, "id": "other"}]
    format_ = {"type": "segment_definitions", "segment_definitions": two}
    created = sdk.analyze_async.tasks.create(**request(asset, response_format=format_))
    factories.completed(Job.objects.get(task_id=created.task_id))
    sdk.analyze_async.tasks.create(**request(asset))
    page = sdk.analyze_async.tasks.list(status="ready", asset_id=asset.asset_id, page_limit=5)
    assert (page.page_info.total_results, [task.task_id for task in page.data]) == (1, [created.task_id])
    assert len(page.data[0].request_params.response_format.segment_definitions) == 1


def test_page_past_the_end_is_empty(sdk: TwelveLabs, asset: Video) -> None:
    sdk.analyze_async.tasks.create(**request(asset))
    assert sdk.analyze_async.tasks.list(page=9).data == []


def test_py11_deleted_task_is_gone(sdk: TwelveLabs, asset: Video) -> None:
    task = sdk.analyze_async.tasks.create(**request(asset))
    assert sdk.analyze_async.tasks.delete(task.task_id) is None
    with pytest.raises(NotFoundError):
        sdk.analyze_async.tasks.retrieve(task.task_id)


def test_py12_cancel_twice_says_canceled(sdk: TwelveLabs, asset: Video) -> None:
    created = sdk.analyze_async.tasks.create(**request(asset))
    factories.claimed(Job.objects.get(task_id=created.task_id))
    statuses = [sdk.analyze_async.tasks.cancel(created.task_id).status for _ in range(2)]
    task = sdk.analyze_async.tasks.retrieve(created.task_id)
    assert (statuses, task.status, task.error.code) == (["canceled", "canceled"], "canceled", "user_canceled")


def test_py14_answers_carry_the_version(sdk: TwelveLabs, asset: Video) -> None:
    task = sdk.analyze_async.tasks.create(**request(asset))
    assert sdk.analyze_async.tasks.with_raw_response.retrieve(task.task_id).headers["x-api-version"] == "1.3"


def test_py15_time_format_of_boundaries(sdk: TwelveLabs, asset: Video) -> None:
    format_ = {
        "type": "segment_definitions",
        "segment_definitions": [{**SCENE, "id": "shot"}],
        "segment_time_format": "hh:mm:ss.fff",
    }
    created = sdk.analyze_async.tasks.create(**request(asset, response_format=format_))
    factories.completed(Job.objects.get(task_id=created.task_id), (0, 20.5))
    data = json.loads(sdk.analyze_async.tasks.retrieve(created.task_id).result.data)
    assert [(s["start_time"], s["end_time"]) for s in data["shot"]] == [("00:00:00.000", "00:00:20.500")]


def test_py18_idempotency_key_gives_the_first_task(sdk: TwelveLabs, asset: Video) -> None:
    options = {"additional_headers": {"Idempotency-Key": "once"}}
    first, second = (sdk.analyze_async.tasks.create(**request(asset), request_options=options) for _ in range(2))
    assert first.task_id == second.task_id
    with pytest.raises(ApiError) as caught:
        sdk.analyze_async.tasks.create(**request(asset, custom_id="x"), request_options=options)
    assert (caught.value.status_code, caught.value.body["code"]) == (409, "idempotency_conflict")


def test_unknown_asset_is_named(sdk: TwelveLabs, asset: Video) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze_async.tasks.create(**(request(asset) | {"video": {"type": "asset_id", "asset_id": "0" * 24}}))
    body = caught.value.body
    assert (body["code"], body["error"]["details"]["param"]) == ("resource_not_exist", "video.asset_id")


def test_er02_wrong_key_is_refused(client_for: Any, asset: Video) -> None:
    with pytest.raises(ApiError) as caught:
        client_for("wrong").analyze_async.tasks.create(**request(asset))
    assert (caught.value.status_code, caught.value.body["code"]) == (401, "api_key_invalid")


def test_er03_wrong_key_on_cancel_is_typed(client_for: Any) -> None:
    with pytest.raises(UnauthorizedError) as caught:
        client_for("wrong").analyze_async.tasks.cancel("0" * 24)
    assert caught.value.body.code == "api_key_invalid"


def test_er04_unknown_task_is_not_found(sdk: TwelveLabs) -> None:
    with pytest.raises(NotFoundError):
        sdk.analyze_async.tasks.retrieve("0" * 24)


def test_task_of_somebody_else_is_not_found(sdk: TwelveLabs, owner: User) -> None:
    theirs = factories.job(factories.video(factories.user("stranger")))
    with pytest.raises(NotFoundError):
        sdk.analyze_async.tasks.retrieve(theirs.task_id)


def test_er05_working_task_cannot_be_deleted(sdk: TwelveLabs, asset: Video) -> None:
    job = factories.in_state(asset, JobStatus.PROCESSING)
    with pytest.raises(ConflictError):
        sdk.analyze_async.tasks.delete(job.task_id)


def test_er06_ready_task_cannot_be_canceled(sdk: TwelveLabs, asset: Video) -> None:
    job = factories.in_state(asset, JobStatus.COMPLETED)
    with pytest.raises(ConflictError):
        sdk.analyze_async.tasks.cancel(job.task_id)


def test_er07_page_limit_and_status_are_checked(sdk: TwelveLabs) -> None:
    for wrong in ({"page_limit": 51}, {"status": "nope"}):
        with pytest.raises(BadRequestError):
            sdk.analyze_async.tasks.list(**wrong)


def test_er17_unknown_key_is_named(sdk: TwelveLabs, asset: Video) -> None:
    options = {"additional_body_parameters": {"foo": 1}}
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze_async.tasks.create(**request(asset), request_options=options)
    assert caught.value.body["code"] == "parameter_unknown"


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"video": NaN}', b"\xff"])
def test_er17_malformed_body_is_refused(base: str, key: str, body: bytes) -> None:
    answer = httpx.post(f"{base}/analyze/tasks", content=body, headers={"x-api-key": key})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parameter_invalid")


def test_trailing_slash_is_answered_without_redirect(base: str, key: str) -> None:
    answer = httpx.get(f"{base}/analyze/tasks/", headers={"x-api-key": key})
    assert (answer.status_code, answer.json()["code"]) == (404, "resource_not_exist")


def test_py17_base_address_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, base: str, key: str, asset: Video
) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", base)
    job = factories.job(asset)
    with httpx.Client() as connections:
        plain = TwelveLabs(api_key=key, httpx_client=connections)
        assert plain.analyze_async.tasks.retrieve(job.task_id).status == "pending"


def test_raw_chunked_body_without_a_length(base: str, key: str, asset: Video) -> None:
    text = json.dumps(request(asset)).encode()
    parts = (text[at : at + 50] for at in range(0, len(text), 50))
    answer = httpx.post(f"{base}/analyze/tasks", content=parts, headers={"x-api-key": key})
    assert ("content-length" in answer.request.headers, answer.status_code) == (False, 202)
