"""ER-01: every cross-field rule of the contract (X1 … X30) through the official client, each under its number."""

from __future__ import annotations

from typing import Any

import pytest
from twelvelabs import TwelveLabs
from twelvelabs.errors import BadRequestError

from segments.models import Job, Video
from tests.api.twelvelabs.conftest import SCENE, request

AT = "response_format.segment_definitions"
IMAGE = {"name": "logo", "media_type": "image", "url": "https://example.com/logo.png"}
GENERAL = {"analysis_mode": "general", "response_format": None, "prompt": "What is shown?"}
SCHEMA = {"type": "json_schema", "json_schema": {"type": "object", "properties": {}}}


def wire(*definitions: dict[str, Any], **more: Any) -> dict[str, Any]:
    inner = {"type": "segment_definitions", "segment_definitions": list(definitions), **more}
    return {"response_format": inner}


def scene(**more: Any) -> dict[str, Any]:
    return wire({**SCENE, **more})


def field(kind: str = "string", **more: Any) -> dict[str, Any]:
    return scene(fields=[{"name": "mood", "type": kind, "description": "Overall mood", **more}])


def ranges(*spans: tuple[float, float]) -> dict[str, Any]:
    return scene(time_ranges=[{"start_time": start, "end_time": end} for start, end in spans])


def events(**items: Any) -> dict[str, Any]:
    whole = {"items": {"type": "object", **items}} if items else {"items": {"type": "object"}}
    return {**field("time_array", **whole), "model_name": "pegasus1.6"}


def event(kind: str = "string", **more: Any) -> dict[str, Any]:
    return events(fields=[{"name": "what", "type": kind, "description": "What happens", **more}])


ABSENT = "parameter_not_provided"
BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("X1", {"response_format": None}, "response_format", ABSENT),
    ("X2", {"response_format": SCHEMA}, "response_format.type", ""),
    ("X3", {"analysis_mode": "general", "prompt": "p"}, "analysis_mode", ""),
    ("X3-default", {"analysis_mode": None, "prompt": "p"}, "analysis_mode", ""),
    ("X4-prompt", {"prompt": "p"}, "prompt", ""),
    ("X4-prompt_v2", {"prompt_v_2": {"input_text": "p"}}, "prompt_v2", ""),
    ("X5", GENERAL | {"prompt": None}, "prompt", ABSENT),
    ("X6", GENERAL | {"prompt_v_2": {"input_text": "p"}}, "prompt_v2", ""),
    ("X7-min", GENERAL | {"min_segment_duration": 5}, "min_segment_duration", ""),
    ("X7-max", GENERAL | {"max_segment_duration": 5}, "max_segment_duration", ""),
    ("X8-short", {"min_segment_duration": 1.9}, "min_segment_duration", ""),
    ("X8-max-short", {"max_segment_duration": 1}, "max_segment_duration", ""),
    ("X8-reversed", {"min_segment_duration": 9, "max_segment_duration": 5}, "max_segment_duration", ""),
    ("X9", ranges((0, 5)) | {"min_segment_duration": 2}, "min_segment_duration", ""),
    ("X10", ranges((0, 5)) | {"start_time": 1}, "start_time", ""),
    ("X11-short", ranges((0, 1.5)), f"{AT}.time_ranges", ""),
    ("X11-reversed", ranges((5, 0)), f"{AT}.time_ranges", ""),
    ("X11-outside", ranges((50, 70)), f"{AT}.time_ranges.end_time", ""),
    ("X11-overlapping", ranges((0, 5), (4, 9)), f"{AT}.time_ranges", ""),
    ("X13-reversed", {"start_time": 20, "end_time": 10}, "end_time", ""),
    ("X13-short", {"start_time": 10, "end_time": 10.5}, "end_time", ""),
    ("X13-long", {"start_time": 0, "end_time": 7300}, "end_time", ""),
    ("X14-segments", {"model_name": "pegasus1.2"}, "model_name", ""),
    ("X14-prompt_v2", GENERAL | {"model_name": "pegasus1.2", "prompt": None, "prompt_v_2": {"input_text": "p"}},
     "prompt_v2", ""),
    ("X14-start", GENERAL | {"model_name": "pegasus1.2", "start_time": 3}, "start_time", ""),
    ("X15-none", wire(), AT, ""),
    ("X15-many", wire(*({**SCENE, "id": f"s{n}"} for n in range(21))), AT, ""),
    ("X15-twice", wire(SCENE, SCENE), f"{AT}.id", ""),
    ("X16-missing", field("timestamp"), f"{AT}.fields.format", ABSENT),
    ("X16-on-string", field(format="seconds"), f"{AT}.fields.format", ""),
    ("X17-missing", field("array"), f"{AT}.fields.items", ABSENT),
    ("X17-on-string", field(items={"type": "string"}), f"{AT}.fields.items", ""),
    ("X18-many", field(enum=[f"v{n}" for n in range(101)]), f"{AT}.fields.enum", ""),
    ("X18-timestamp", field("timestamp", format="seconds", enum=["a"]), f"{AT}.fields.enum", ""),
    ("X19", scene(fields=[{"name": "start_time", "type": "number", "description": "d"}]), f"{AT}.fields.name", ""),
    ("X20", field("time_array", items={"type": "object", "fields": []}), f"{AT}.fields.type", ""),
    ("X21-five", scene(media_sources=[{**IMAGE, "name": f"i{n}"} for n in range(5)]), f"{AT}.media_sources", ""),
    ("X21-two", scene(media_sources=[{**IMAGE, "asset_id": "0" * 24}]), f"{AT}.media_sources", ""),
    ("X21-video", scene(media_sources=[{**IMAGE, "media_type": "video"}]), f"{AT}.media_sources.media_type", ""),
    ("X22-empty", {"custom_id": ""}, "custom_id", ""),
    ("X22-long", {"custom_id": "a" * 65}, "custom_id", ""),
    ("X22-space", {"custom_id": "a b"}, "custom_id", ""),
    ("X23-warm", {"temperature": 1.1}, "temperature", ""),
    ("X23-few", {"max_tokens": 2047}, "max_tokens", ""),
    ("X23-general", GENERAL | {"max_tokens": 511}, "max_tokens", ""),
    ("X23-old", GENERAL | {"model_name": "pegasus1.2", "max_tokens": 4097}, "max_tokens", ""),
    ("X24-model", {"max_tokens": "unlimited"}, "max_tokens", ""),
    ("X24-ranges", ranges((0, 5)) | {"max_tokens": "unlimited", "model_name": "pegasus1.6"}, "max_tokens", ""),
    ("X25-both", {"image": [{"name": "a", "url": "https://example.com/a.png"}]}, "image", ""),
    ("X25-neither", {"video": None}, "video", ABSENT),
    ("X26", {"response_format": SCHEMA | {"segment_time_format": "seconds"}} | {"analysis_mode": "general",
     "prompt": "p"}, "response_format.segment_time_format", ""),
    ("X27-fields", scene(fields=[{"name": f"f{n}", "type": "string", "description": "d"} for n in range(21)]),
     f"{AT}.fields", ""),
    ("X27-blank", scene(description="  "), f"{AT}.description", ""),
    ("X27-undescribed", scene(fields=[{"name": "a", "type": "string"}]), f"{AT}.fields.description", ABSENT),
    ("X28", scene(description="Where <@x> is shown"), f"{AT}.description", ""),
    ("X29-no-fields", events(), f"{AT}.fields.items.fields", ABSENT),
    ("X29-nested", event("time_array", items={"type": "object"}), f"{AT}.fields.items.fields.type", ""),
    ("X29-format", event(format="seconds"), f"{AT}.fields.items.fields.format", ""),
    ("X29-enum", event("number", enum=["a"]), f"{AT}.fields.items.fields.enum", ""),
    ("two places", {"video": {"url": "https://example.com/a.mp4", "asset_id": "0" * 24}}, "video", ""),
    ("another type", {"video": {"type": "url", "asset_id": "0" * 24}}, "video.type", ""),
    ("bad Base64", {"video": {"type": "base64_string", "base64_string": "%%"}}, "video.base64_string", ""),
    ("private address", {"video": {"type": "url", "url": "http://127.0.0.1/a.mp4"}}, "video.url", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "param", "code"), BAD, ids=[row[0] for row in BAD])
def test_er01_broken_rule_names_its_parameter(
    sdk: TwelveLabs, asset: Video, name: str, change: dict[str, Any], param: str, code: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze_async.tasks.create(**(request(asset) | change))
    body = caught.value.body
    first = body["error"]["details"]
    assert (first["param"], body["code"]) == (param, code or "parameter_invalid")
    assert (body["error"]["code"], body["error"]["message"]) == (body["code"], body["message"])
    assert (Job.objects.count(), Video.objects.count()) == (0, 1)


def test_x12_touching_ranges_are_accepted(sdk: TwelveLabs, asset: Video) -> None:
    assert sdk.analyze_async.tasks.create(**(request(asset) | ranges((0, 5), (5, 10)))).status == "pending"


def test_x20_names_the_types_that_are_accepted(sdk: TwelveLabs, asset: Video) -> None:
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze_async.tasks.create(**(request(asset) | field("time_array", items={"type": "object"})))
    assert '"timestamp"' in caught.value.body["message"]


def test_x30_null_for_every_optional_key_is_as_if_left_out(sdk: TwelveLabs, asset: Video) -> None:
    names = ["model_name", "custom_id", "image", "prompt", "prompt_v_2", "temperature", "max_tokens"]
    names += ["min_segment_duration", "max_segment_duration", "start_time", "end_time"]
    nulls = dict.fromkeys(("format", "enum", "items"))
    one = {**SCENE, "fields": [{"name": "a", "type": "string", "description": "d", **nulls}]}
    sent = wire({**one, "media_sources": None, "time_ranges": None}, json_schema=None, segment_time_format=None)
    created = sdk.analyze_async.tasks.create(**(request(asset) | sent | dict.fromkeys(names)))
    kept = Job.objects.get(task_id=created.task_id).request
    del one["fields"][0]["format"], one["fields"][0]["enum"], one["fields"][0]["items"]
    assert kept == {"analysis_mode": "time_based_metadata", **wire(one)}


def test_all_problems_are_told_at_once_unknown_keys_first(sdk: TwelveLabs, asset: Video) -> None:
    options = {"additional_body_parameters": {"foo": 1}}
    with pytest.raises(BadRequestError) as caught:
        sdk.analyze_async.tasks.create(
            **(request(asset) | {"temperature": 2, "custom_id": "", "video": None}), request_options=options
        )
    told = caught.value.body["error"]["details"]["errors"]
    assert caught.value.body["code"] == "parameter_unknown"
    assert {each["param"] for each in told} == {"foo", "temperature", "custom_id", "video"}
