"""Endpoints of webhooks: add, switch, rotate the secret, remove; and the signatures made with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from segments.core import addresses
from segments.core.errors import InvalidRequest, Problem, UrlBlocked
from segments.models import Delivery, WebhookEndpoint
from segments.models.webhook import DeliveryState

MAX_ENDPOINTS = 20
OLD_SECRET_LIVES = timedelta(hours=24)


def add(user: AbstractBaseUser, *, url: str, description: str = "") -> WebhookEndpoint:
    """A new endpoint with a secret of its own. Where its host leads is checked at every attempt."""
    if WebhookEndpoint.objects.filter(owner_id=user.pk).count() >= MAX_ENDPOINTS:
        raise InvalidRequest([Problem("url", f"There are {MAX_ENDPOINTS} endpoints already. Remove one first.")])
    try:
        addresses.check_form(url)
    except UrlBlocked as error:
        raise InvalidRequest([Problem("url", error.message)]) from None
    return WebhookEndpoint.objects.create(
        owner_id=user.pk, url=url, description=description.strip()[:200], secret=_secret()
    )


def switch(endpoint: WebhookEndpoint, *, on: bool) -> None:
    """Events that happen while an endpoint is off are not told to it later."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(is_enabled=on, disabled_reason="")
    if not on:
        waiting = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)
        waiting.update(state=DeliveryState.FAILED, last_error="The endpoint was switched off.")


def rotate(endpoint: WebhookEndpoint) -> None:
    """A new secret; for a day `webhook-signature` carries one signature with each."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        secret=_secret(), old_secret=endpoint.secret, old_secret_until=timezone.now() + OLD_SECRET_LIVES
    )
    endpoint.refresh_from_db()


def remove(endpoint: WebhookEndpoint) -> None:
    endpoint.delete()


def signatures(endpoint: WebhookEndpoint, *, event_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """Headers of one attempt.

    `TL-Signature`: `t=<seconds>,v1=<hex HMAC-SHA256 over "t.body">` with the current secret. `webhook-signature`: for
    each valid secret `v1,<Base64 HMAC-SHA256 over "id.t.body">`, the newest first.
    """
    valid = [endpoint.secret]
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > timezone.now():
        valid.append(endpoint.old_secret)
    stamp = str(seconds).encode()
    message = b".".join([event_id.encode(), stamp, body])
    each = " ".join(f"v1,{base64.b64encode(_hmac(secret, message)).decode()}" for secret in valid)
    return {
        "TL-Signature": f"t={seconds},v1={_hmac(endpoint.secret, stamp + b'.' + body).hex()}",
        "webhook-id": event_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": each,
    }


def _hmac(secret: str, message: bytes) -> bytes:
    return hmac.digest(secret.encode(), message, hashlib.sha256)


def _secret() -> str:
    return f"whsec_{secrets.token_hex(32)}"
