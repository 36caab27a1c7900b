"""Sends what lies in the outbox, one after the other, and tries again what did not arrive."""

from __future__ import annotations

import logging
import random
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from segments.core.errors import InvalidState, UrlBlocked, UrlFetchFailed
from segments.core.outbound import Answer, Limits
from segments.domain import announce, fetching, webhooks
from segments.models import Delivery, WebhookEndpoint
from segments.models.webhook import DeliveryState

log = logging.getLogger(__name__)
#: Before the second attempt, the third, … After the last one a delivery has failed; a person may send it again.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 3600))
JITTER = 0.1
ATTEMPT = Limits(bytes=4096, seconds=10.0, connect_seconds=5.0, idle_seconds=10.0)
CLAIM = timedelta(seconds=30)
MAX_RETRY_AFTER = 3600
LOG_LIVES = timedelta(days=30)
GONE = 410
BUSY = (429, 503)


def send_due() -> int:
    """Send everything that is due; returns how many attempts were made.

    One at a time over all workers: a slow receiver must not take the processes that keep the rest going.
    """
    attempts = 0
    while (delivery := _claim()) is not None:
        _attempt(delivery)
        attempts += 1
    return attempts


def announce_due() -> None:
    if _due().exists():
        announce.deliveries()


def replay(delivery: Delivery) -> None:
    """Send it again from the first attempt on, with the same event id. Raises InvalidState while one is waiting."""
    again = Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.WAITING)
    if not delivery.endpoint.is_enabled:
        raise InvalidState("This endpoint is switched off. Switch it on first.")
    with transaction.atomic():
        if not again.update(state=DeliveryState.WAITING, attempts=0, due_at=timezone.now(), claimed_until=None):
            raise InvalidState("This delivery is waiting for its next attempt already.")
        announce.deliveries()


def forget_old() -> None:
    Delivery.objects.filter(created_at__lt=timezone.now() - LOG_LIVES).exclude(state=DeliveryState.WAITING).delete()


def _due() -> QuerySet[Delivery]:
    now = timezone.now()
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return Delivery.objects.filter(unclaimed, state=DeliveryState.WAITING, due_at__lte=now, endpoint__is_enabled=True)


def _claim() -> Delivery | None:
    now = timezone.now()
    if Delivery.objects.filter(state=DeliveryState.WAITING, claimed_until__gt=now).exists():
        return None
    for pk in _due().order_by("due_at", "pk").values_list("pk", flat=True)[:10]:
        free = Delivery.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=now), pk=pk)
        if free.filter(state=DeliveryState.WAITING).update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
            return Delivery.objects.select_related("endpoint").get(pk=pk)
    return None


def _attempt(delivery: Delivery) -> None:
    body, now = delivery.body.encode(), timezone.now()
    signed = webhooks.signatures(delivery.endpoint, event_id=delivery.event_id, seconds=int(now.timestamp()), body=body)
    headers = {"Content-Type": "application/json", **signed}
    try:
        answer = fetching.outbound().post(delivery.endpoint.url, body=body, headers=headers, limits=ATTEMPT)
    except (UrlBlocked, UrlFetchFailed) as error:
        log.info("delivery %s did not arrive: %s", delivery.uid, error.message)
        _settle(delivery, None, error.message)
        return
    _settle(delivery, answer, "" if 200 <= answer.status < 300 else f"The endpoint answered {answer.status}.")


def _settle(delivery: Delivery, answer: Answer | None, error: str) -> None:
    """Write down how the attempt went; what did not arrive gets its next date, or has failed."""
    values: dict[str, object] = {"attempted_at": timezone.now(), "claimed_until": None, "last_error": error[:300]}
    values |= {"last_status": answer.status if answer else None, "last_answer": _text(answer)}
    if not error:
        values["state"] = DeliveryState.DELIVERED
    elif delivery.attempts > len(PAUSES) or (answer and answer.status == GONE):
        values["state"] = DeliveryState.FAILED
    else:
        values["due_at"] = timezone.now() + _pause(delivery, answer)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(**values)
        if answer and answer.status == GONE:
            reason = "The endpoint answered 410 Gone."
            WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(is_enabled=False, disabled_reason=reason)


def _pause(delivery: Delivery, answer: Answer | None) -> timedelta:
    """The next one of `PAUSES`, a little later by chance so that many do not come at once; longer when asked to."""
    pause = PAUSES[delivery.attempts - 1] * (1 + random.uniform(0, JITTER))  # noqa: S311 - spreads load, hides nothing
    wish = answer.headers.get("retry-after", "") if answer and answer.status in BUSY else ""
    if wish.isdecimal():
        return max(pause, timedelta(seconds=min(int(wish[:9]), MAX_RETRY_AFTER)))
    return pause


def _text(answer: Answer | None) -> str:
    return answer.body.decode(errors="replace").replace("\0", "�") if answer else ""
