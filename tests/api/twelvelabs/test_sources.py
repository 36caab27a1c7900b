"""Films that come with a task: by address, and as Base64."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from twelvelabs import TwelveLabs

from segments.domain import storage
from segments.models import Job, Video
from tests import factories, sites
from tests.api.twelvelabs.conftest import SCENE, request


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    with sites.serving() as site:
        settings.OUTBOUND_ALLOW = site.allowed
        yield site


def test_film_by_address_is_looked_at_and_loaded_afterwards(sdk: TwelveLabs, asset: Video, site: sites.Site) -> None:
    site.replies["/v.mp4"] = sites.Reply(body=b"film" * 5)
    url = f"{site.address}/v.mp4"
    options = {"additional_headers": {"Idempotency-Key": "once"}}
    sent = request(asset) | {"video": {"type": "url", "url": url}, "request_options": options}
    first, second = (sdk.analyze_async.tasks.create(**sent) for _ in range(2))
    assert (first.task_id, Video.objects.filter(source_url=url).count()) == (second.task_id, 1)
    task = sdk.analyze_async.tasks.retrieve(first.task_id)
    assert (task.video_source.type, task.video_source.url, task.status) == ("url", url, "pending")
    found = sdk.analyze_async.tasks.list(video_url=url).data
    assert [each.task_id for each in found] == [first.task_id]
    assert sdk.analyze_async.tasks.list(video_url=f"{url}x").data == []


@pytest.mark.parametrize("shape", ["data:video/mp4;base64,{}", "{}"])
def test_film_as_base64_is_stored_and_never_echoed(sdk: TwelveLabs, asset: Video, shape: str) -> None:
    text = shape.format(base64.b64encode(b"film" * 25).decode().rstrip("="))
    created = sdk.analyze_async.tasks.create(**(request(asset) | {"video": {"base64_string": text}}))
    task = sdk.analyze_async.tasks.retrieve(created.task_id)
    video = Job.objects.get(task_id=created.task_id).video
    assert (storage.folder(video) / storage.PARTIAL).read_bytes() == b"film" * 25
    assert (task.video_source.type, text in task.model_dump_json()) == ("base64_string", False)


def test_film_of_many_megabytes_as_base64_is_taken(sdk: TwelveLabs, asset: Video) -> None:
    text = base64.b64encode(bytes(24 << 20)).decode()
    created = sdk.analyze_async.tasks.create(**(request(asset) | {"video": {"base64_string": text}}))
    assert Job.objects.get(task_id=created.task_id).video.size_bytes == 24 << 20


def test_what_a_run_says_of_reference_images_is_told_and_they_are_not_echoed(sdk: TwelveLabs, asset: Video) -> None:
    image = {"name": "logo", "media_type": "image", "base64_string": base64.b64encode(b"picture").decode()}
    one = {**SCENE, "description": "Where <@logo> is shown", "media_sources": [image]}
    format_ = {"type": "segment_definitions", "segment_definitions": [one]}
    created = sdk.analyze_async.tasks.create(**(request(asset) | {"response_format": format_}))
    factories.completed(job := Job.objects.get(task_id=created.task_id))
    note = '"scene": reference image <@logo> was not looked for: it is too plain.'
    Job.objects.filter(pk=job.pk).update(warnings=["Words need a model.", note])
    task = sdk.analyze_async.tasks.retrieve(created.task_id)
    assert (task.status, task.error.message) == ("ready", note)
    echoed = task.request_params.response_format.segment_definitions[0].media_sources[0]
    assert echoed.model_dump(exclude_none=True) == {"name": "logo", "media_type": "image"}
