"""Webhooks as a program of the task API meets them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from twelvelabs import TwelveLabs

from segments.domain import deliveries, webhooks
from segments.models import Job, Video
from tests import factories, sites
from tests.api.twelvelabs.conftest import request


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    with sites.serving() as site:
        settings.OUTBOUND_ALLOW = site.allowed
        yield site


def test_raw_signature_recomputed_with_the_secret_matches(
    sdk: TwelveLabs, owner: User, asset: Video, site: sites.Site
) -> None:
    site.replies["/hook"] = sites.Reply()
    endpoint = webhooks.add(owner, url=f"{site.address}/hook")
    created = sdk.analyze_async.tasks.create(**request(asset))
    factories.completed(Job.objects.get(task_id=created.task_id))
    deliveries.send_due()
    (seen,) = site.seen
    fields = dict(part.split("=") for part in seen.headers["tl-signature"].split(","))
    expected = hmac.new(endpoint.secret.encode(), fields["t"].encode() + b"." + seen.body, hashlib.sha256)
    assert hmac.compare_digest(fields["v1"], expected.hexdigest())


def test_task_tells_whom_it_told(sdk: TwelveLabs, owner: User, asset: Video, site: sites.Site) -> None:
    site.replies["/good"], site.replies["/bad"] = sites.Reply(), sites.Reply(500)
    for name in ("good", "bad"):
        webhooks.add(owner, url=f"{site.address}/{name}")
    created = sdk.analyze_async.tasks.create(**request(asset))
    assert sdk.analyze_async.tasks.retrieve(created.task_id).webhooks is None
    factories.completed(Job.objects.get(task_id=created.task_id))
    deliveries.send_due()
    for task in (sdk.analyze_async.tasks.retrieve(created.task_id), sdk.analyze_async.tasks.list().data[0]):
        told = {hook.url.rpartition("/")[2]: (hook.delivered, hook.attempts, hook.last_error) for hook in task.webhooks}
        assert told == {"good": (True, 1, None), "bad": (False, 1, "The endpoint answered 500.")}
