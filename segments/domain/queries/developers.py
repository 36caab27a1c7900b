"""What the API page shows: keys without their secrets, endpoints with the last things told to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from segments.models import ApiKey, Delivery, WebhookEndpoint
from segments.models.webhook import DeliveryState

LOG_LINES = 20
WORDS = {DeliveryState.WAITING: "Waiting", DeliveryState.DELIVERED: "Delivered", DeliveryState.FAILED: "Failed"}


@dataclass(frozen=True, slots=True)
class DeliveryView:
    row: Delivery
    words: str
    can_replay: bool


@dataclass(frozen=True, slots=True)
class EndpointView:
    row: WebhookEndpoint
    state: str  # idle, success, failed
    words: str
    deliveries: Sequence[DeliveryView]


@dataclass(frozen=True, slots=True)
class DevelopersView:
    keys: Sequence[ApiKey]
    endpoints: Sequence[EndpointView]


def developers_view(user: AbstractBaseUser) -> DevelopersView:
    keys = ApiKey.objects.filter(owner_id=user.pk, revoked_at=None).order_by("-created_at", "-pk")
    endpoints = WebhookEndpoint.objects.filter(owner_id=user.pk).order_by("created_at", "pk")
    return DevelopersView(list(keys), [_endpoint(row) for row in endpoints])


def _endpoint(row: WebhookEndpoint) -> EndpointView:
    latest = list(row.deliveries.order_by("-created_at", "-pk")[:LOG_LINES])
    over = [each for each in latest if each.state != DeliveryState.WAITING]
    if not over:
        state, words = "idle", "Not executed"
    elif over[0].state == DeliveryState.DELIVERED:
        state, words = "success", "Success"
    else:
        state, words = "failed", "Failed"
    return EndpointView(row, state, words, [_delivery(each, row.is_enabled) for each in latest])


def _delivery(row: Delivery, is_enabled: bool) -> DeliveryView:
    state = DeliveryState(row.state)
    return DeliveryView(row, WORDS[state], is_enabled and state != DeliveryState.WAITING)
