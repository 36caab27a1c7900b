"""The API page: keys and webhooks of one person, by plain forms."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.domain import api_keys, webhooks
from segments.models import ApiKey, Delivery, WebhookEndpoint
from segments.models.webhook import DeliveryState
from tests import factories

PAGE = "/developers/"


@pytest.fixture
def endpoint(owner: User) -> WebhookEndpoint:
    return webhooks.add(owner, url="https://example.org/hook", description="My receiver")


def test_page_is_linked_and_keeps_to_the_policy(local: Client, owner: User) -> None:
    assert f'href="{PAGE}"' in local.get("/").content.decode()
    answer = local.get(PAGE)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_new_key_is_shown_once_and_works(local: Client, owner: User) -> None:
    shown = local.post(f"{PAGE}keys/", {"name": "My <script>"})
    secret = shown.context["new_secret"]
    assert (shown.status_code, secret in shown.content.decode()) == (201, True)
    assert api_keys.caller(secret) == owner
    again = local.get(PAGE).content.decode()
    assert (secret in again, ApiKey.objects.get().prefix in again, "My &lt;script&gt;" in again) == (False, True, True)


def test_key_needs_a_name(local: Client, owner: User) -> None:
    answer = local.post(f"{PAGE}keys/", {"name": " "})
    assert (answer.status_code, "Give the key a name" in answer.content.decode()) == (422, True)


def test_revoked_key_is_gone_and_refused(local: Client, owner: User) -> None:
    row, secret = api_keys.create(owner, name="mine")
    assert local.post(f"{PAGE}keys/{row.pk}/revoke/").status_code == 302
    assert (api_keys.caller(secret), row.prefix in local.get(PAGE).content.decode()) == (None, False)
    assert local.post(f"{PAGE}keys/{row.pk}/revoke/").status_code == 404


def test_key_of_somebody_else_is_not_found(local: Client, owner: User, stranger: User) -> None:
    row, secret = api_keys.create(stranger, name="theirs")
    theirs, nobodys = (local.post(f"{PAGE}keys/{number}/revoke/") for number in (row.pk, row.pk + 999))
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)
    assert api_keys.caller(secret) == stranger


def test_endpoint_is_added_switched_and_removed(local: Client, owner: User) -> None:
    local.post(f"{PAGE}webhooks/", {"url": "https://example.org/hook", "description": "Mine"})
    row = WebhookEndpoint.objects.get()
    page = local.get(PAGE).content.decode()
    assert ("https://example.org/hook" in page, row.secret in page) == (True, False)
    local.post(f"{PAGE}webhooks/{row.uid}/switch/", {"on": "false"})
    assert not WebhookEndpoint.objects.get().is_enabled
    local.post(f"{PAGE}webhooks/{row.uid}/switch/", {"on": "true"})
    assert WebhookEndpoint.objects.get().is_enabled
    local.post(f"{PAGE}webhooks/{row.uid}/remove/")
    assert not WebhookEndpoint.objects.exists()


def test_wrong_address_stays_in_the_form(local: Client, owner: User) -> None:
    answer = local.post(f"{PAGE}webhooks/", {"url": "ftp://example.org/", "description": "Mine"})
    assert (answer.status_code, 'value="ftp://example.org/"' in answer.content.decode()) == (422, True)


def test_secret_is_revealed_and_rotated_on_demand(local: Client, endpoint: WebhookEndpoint) -> None:
    assert endpoint.secret in local.post(f"{PAGE}webhooks/{endpoint.uid}/reveal/").content.decode()
    rotated = local.post(f"{PAGE}webhooks/{endpoint.uid}/rotate/").content.decode()
    new = WebhookEndpoint.objects.get().secret
    assert (endpoint.secret != new, new in rotated, endpoint.secret in rotated) == (True, True, False)


def test_log_shows_what_failed_and_sends_it_again(local: Client, owner: User, endpoint: WebhookEndpoint) -> None:
    factories.completed(factories.job(factories.video(owner)))
    Delivery.objects.update(
        state=DeliveryState.FAILED, attempts=5, last_status=500, last_error="The endpoint answered."
    )
    page = local.get(PAGE).content.decode()
    assert all(words in page for words in ("analyze.task.ready", "5 attempts", "HTTP 500", "Send again"))
    assert local.post(f"{PAGE}deliveries/{Delivery.objects.get().uid}/replay/").status_code == 302
    assert (Delivery.objects.get().state, Delivery.objects.get().attempts) == (DeliveryState.WAITING, 0)


@pytest.mark.parametrize("endpoints", [1, 3])
def test_queries_grow_by_one_per_endpoint(
    local: Client, owner: User, endpoints: int, django_assert_num_queries: Any
) -> None:
    for number in range(endpoints):
        webhooks.add(owner, url=f"https://example.org/{number}")
    with django_assert_num_queries(3 + endpoints):
        local.get(PAGE)
