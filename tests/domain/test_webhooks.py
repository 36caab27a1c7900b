"""Reliability row 16: written once, signed, tried again on schedule, told to nobody else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from twelvelabs.types import (
    AnalyzeTaskCanceledWebhookEvent,
    AnalyzeTaskFailedWebhookEvent,
    AnalyzeTaskReadyWebhookEvent,
)

from segments.core.errors import InvalidRequest, InvalidState
from segments.domain import deliveries, jobs, reconcile, webhooks
from segments.models import Delivery, Job, WebhookEndpoint
from segments.models.webhook import DeliveryState
from tests import factories, sites
from tests.conftest import Clock


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    with sites.serving() as site:
        settings.OUTBOUND_ALLOW = site.allowed
        site.replies["/hook"] = sites.Reply()
        yield site


@pytest.fixture
def endpoint(anna: User, site: sites.Site, clock: Clock) -> WebhookEndpoint:
    return webhooks.add(anna, url=f"{site.address}/hook")


def finished(owner: User, **settings: Any) -> Job:
    return factories.completed(factories.job(factories.video(owner), **settings))


def test_event_is_sent_once_and_signed(anna: User, endpoint: WebhookEndpoint, site: sites.Site) -> None:
    job = finished(anna, custom_id="mine-1")
    assert deliveries.send_due() == 1
    assert deliveries.send_due() == 0
    (seen,) = site.seen
    stamp, signature = (part.split("=")[1] for part in seen.headers["tl-signature"].split(","))
    expected = hmac.new(endpoint.secret.encode(), f"{stamp}.".encode() + seen.body, hashlib.sha256).hexdigest()
    assert (signature, seen.headers["content-type"]) == (expected, "application/json")
    event = AnalyzeTaskReadyWebhookEvent.model_validate_json(seen.body)
    assert (event.type, event.data.id, event.data.custom_id) == ("analyze.task.ready", job.task_id, "mine-1")
    assert event.data.video_source.system_metadata.duration == 60.0
    assert set(json.loads(seen.body)["data"]) == {"id", "custom_id", "status", "created_at", "video_source"}
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_failed_and_canceled_runs_are_told_too(anna: User, endpoint: WebhookEndpoint, site: sites.Site) -> None:
    factories.failed(factories.job(factories.video(anna)), "media_decode_failed")
    jobs.cancel(factories.job(factories.video(anna)))
    deliveries.send_due()
    failed, canceled = (seen.body for seen in site.seen)
    assert AnalyzeTaskFailedWebhookEvent.model_validate_json(failed).data.error.message
    assert AnalyzeTaskCanceledWebhookEvent.model_validate_json(canceled).data.status == "canceled"
    assert "error" not in json.loads(canceled)["data"]
    assert json.loads(canceled)["data"]["custom_id"] is None


def test_outbox_row_appears_with_the_end_of_the_run_and_never_twice(anna: User, endpoint: WebhookEndpoint) -> None:
    run = factories.claimed(factories.job(factories.video(anna)))
    with jobs.held(run) as job:
        jobs.finish(job)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    with jobs.held(run) as job:
        jobs.finish(job)
    assert Delivery.objects.count() == 1


def test_uploads_and_strangers_are_not_told(anna: User, endpoint: WebhookEndpoint, stranger: User) -> None:
    finished(stranger)
    preparation = factories.preparation(factories.uploaded(anna))
    factories.failed(preparation, "media_unreadable")
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "reply", [sites.Reply(500), sites.Reply(301, headers={"Location": "/other"}), sites.Reply(404)]
)
def test_other_answers_are_tried_five_times(
    anna: User, endpoint: WebhookEndpoint, site: sites.Site, clock: Clock, reply: sites.Reply
) -> None:
    site.replies["/hook"], site.replies["/other"] = reply, sites.Reply()
    finished(anna)
    waits = []
    while (delivery := Delivery.objects.get()).state == DeliveryState.WAITING:
        waits.append((delivery.due_at - clock()).total_seconds())
        clock.now = max(clock.now, delivery.due_at)
        assert deliveries.send_due() == 1
    pauses = [0, 30, 120, 600, 3600]  # and up to a tenth more, by chance
    assert [pause <= wait <= pause * 1.1 for wait, pause in zip(waits, pauses, strict=True)] == [True] * 5
    assert {seen.path for seen in site.seen} == {"/hook"}
    assert len({seen.headers["webhook-id"] for seen in site.seen}) == 1
    assert len({seen.headers["tl-signature"] for seen in site.seen}) == 5
    assert len({seen.body for seen in site.seen}) == 1
    assert (delivery.state, delivery.last_status, delivery.attempts) == ("failed", reply.status, 5)

    deliveries.replay(delivery)
    site.replies["/hook"] = sites.Reply(204)
    deliveries.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 1)
    assert site.seen[-1].headers["webhook-id"] == site.seen[0].headers["webhook-id"]


def test_gone_switches_the_endpoint_off(anna: User, endpoint: WebhookEndpoint, site: sites.Site) -> None:
    site.replies["/hook"] = sites.Reply(410)
    finished(anna)
    deliveries.send_due()
    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, endpoint.disabled_reason) == (False, "The endpoint answered 410 Gone.")
    finished(anna)
    assert Delivery.objects.count() == 1
    with pytest.raises(InvalidState, match="switched off"):
        deliveries.replay(Delivery.objects.get())


def test_busy_endpoint_may_ask_for_more_time(
    anna: User, endpoint: WebhookEndpoint, site: sites.Site, clock: Clock
) -> None:
    site.replies["/hook"] = sites.Reply(503, headers={"Retry-After": "900"})
    finished(anna)
    deliveries.send_due()
    assert Delivery.objects.get().due_at == clock() + timedelta(seconds=900)


def test_long_answer_is_cut(anna: User, endpoint: WebhookEndpoint, site: sites.Site) -> None:
    site.replies["/hook"] = sites.Reply(200, b"x" * 100_000)
    finished(anna)
    deliveries.send_due()
    delivery = Delivery.objects.get()
    assert (delivery.state, len(delivery.last_answer)) == (DeliveryState.DELIVERED, 4096)


def test_private_endpoint_is_never_called(
    anna: User, endpoint: WebhookEndpoint, site: sites.Site, settings: Any
) -> None:
    settings.OUTBOUND_ALLOW = frozenset()
    finished(anna)
    deliveries.send_due()
    assert (site.seen, Delivery.objects.get().last_status) == ([], None)
    assert "not allowed" in Delivery.objects.get().last_error


def test_rotated_secret_signs_along_for_a_day(anna: User, endpoint: WebhookEndpoint, clock: Clock) -> None:
    old = endpoint.secret
    webhooks.rotate(endpoint)
    assert endpoint.secret != old

    def valid(secret: str) -> bool:
        headers = webhooks.signatures(endpoint, event_id="whe_1", seconds=7, body=b"{}")
        digest = hmac.new(secret.encode(), b"whe_1.7.{}", hashlib.sha256).digest()
        return f"v1,{base64.b64encode(digest).decode()}" in headers["webhook-signature"].split()

    assert (valid(endpoint.secret), valid(old)) == (True, True)
    clock.advance(hours=25)
    assert (valid(endpoint.secret), valid(old)) == (True, False)


def test_a_delivery_whose_sender_died_is_sent_again(anna: User, endpoint: WebhookEndpoint, clock: Clock) -> None:
    finished(anna)
    Delivery.objects.update(claimed_until=clock() + deliveries.CLAIM, attempts=1)
    assert deliveries.send_due() == 0
    clock.advance(minutes=1)
    assert deliveries.send_due() == 1


def test_reconcile_rings_for_the_outbox_and_clears_its_log(
    anna: User, endpoint: WebhookEndpoint, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(deliveries.announce, "deliveries", lambda: rung.append(True))
    finished(anna)
    rung.clear()
    reconcile.reconcile()
    assert rung == [True]
    deliveries.send_due()
    clock.advance(days=31)
    reconcile.reconcile()
    assert (rung, Delivery.objects.count()) == ([True], 0)


def test_addresses_are_checked_when_added(anna: User) -> None:
    for text in ("", "example.org/hook", "ftp://example.org/", "https://me:secret@example.org/"):
        with pytest.raises(InvalidRequest):
            webhooks.add(anna, url=text)
