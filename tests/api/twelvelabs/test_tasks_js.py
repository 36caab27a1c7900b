"""Tasks through the official JavaScript client; numbers are those of the contract's checklist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from segments.models import Job, Video
from segments.models.job import JobStatus
from tests import factories
from tests.api.js.node import JavaScriptError
from tests.api.twelvelabs.conftest import SCENE

Call = Callable[..., Any]
WHOLE = {
    "modelName": "pegasus1.5",
    "customId": "demo-1",
    "temperature": 0.3,
    "maxTokens": 4096,
    "minSegmentDuration": 5,
    "maxSegmentDuration": 60,
    "startTime": 0,
    "endTime": 50,
}


def test_js05_create_with_all_fields_and_read_the_result(javascript: Call, asset: Video) -> None:
    mood = {"name": "mood", "type": "string", "description": "Overall mood", "enum": ["calm", "tense"]}
    one = {**SCENE, "id": "shot", "fields": [mood]}
    sent = {"assetId": asset.asset_id, **WHOLE}
    created = javascript("tasks", "create", request=sent, definitions=[one])
    factories.completed(Job.objects.get(task_id=created["taskId"]), (0, 20), (20, 50))
    read = javascript("tasks", "retrieve", id=created["taskId"])
    assert (read["isDate"], read["same"], read["task"]["status"]) == (True, created["taskId"], "ready")
    assert (read["task"]["customId"], len(read["data"]["shot"])) == ("demo-1", 2)


def test_js06_list_by_status_and_delete(javascript: Call, asset: Video) -> None:
    job = factories.in_state(asset, JobStatus.COMPLETED)
    factories.job(asset)
    assert [task["taskId"] for task in javascript("tasks", "list", status="ready")["data"]] == [job.task_id]
    javascript("tasks", "remove", id=job.task_id)
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "read", id=job.task_id)
    assert caught.value.name == "NotFoundError"


def test_js08_unlimited_tokens_are_left_out_for_this_client(javascript: Call, asset: Video) -> None:
    job = factories.job(asset, model_name="pegasus1.6", max_tokens="unlimited")
    assert "maxTokens" not in javascript("tasks", "read", id=job.task_id)["requestParams"]


def test_er01_broken_rule_in_javascript(javascript: Call, asset: Video) -> None:
    sent = {"assetId": asset.asset_id, "minSegmentDuration": 9, "maxSegmentDuration": 5}
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "create", request=sent, definitions=[SCENE])
    assert (caught.value.name, caught.value.body["code"]) == ("BadRequestError", "parameter_invalid")


def test_er02_wrong_key_in_javascript(javascript: Call, asset: Video) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "list", api_key="wrong")
    assert caught.value.status == 401


def test_er05_working_task_cannot_be_deleted_in_javascript(javascript: Call, asset: Video) -> None:
    job = factories.in_state(asset, JobStatus.PROCESSING)
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "remove", id=job.task_id)
    assert caught.value.name == "ConflictError"


def test_er14_description_is_missed_before_sending(javascript: Call, asset: Video) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "create", request={"assetId": asset.asset_id}, definitions=[{"id": "scene"}])
    assert (caught.value.name, Job.objects.count()) == ("JsonError", 0)


def test_er04_unknown_task_in_javascript(javascript: Call) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "read", id="0" * 24)
    assert (caught.value.name, caught.value.status) == ("NotFoundError", 404)


def test_er07_page_limit_and_status_in_javascript(javascript: Call) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "list", pageLimit=51)
    assert caught.value.name == "BadRequestError"
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "list", status="nope")
    assert (caught.value.name, caught.value.status) == ("JsonError", None)  # never sent


def test_er13_unsupported_schema_keyword_in_javascript(javascript: Call, asset: Video) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 3}}}
    with pytest.raises(JavaScriptError) as caught:
        javascript("tasks", "answer", assetId=asset.asset_id, schema=schema)
    assert (caught.value.name, caught.value.status) == ("TwelvelabsApiError", 422)
    assert caught.value.body["code"] == "unsupported_schema_keyword"


def test_er17_javascript_drops_unknown_keys_by_itself(javascript: Call, asset: Video) -> None:
    created = javascript("tasks", "createExtra", request={"assetId": asset.asset_id}, definitions=[SCENE])
    assert created["status"] == "pending"
