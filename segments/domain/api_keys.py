"""Keys for programs: made once, shown once, looked up by hash."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Case, F, When
from django.utils import timezone

from segments.core.errors import InvalidRequest, NotFound, Problem
from segments.models import ApiKey

PREFIX = "cue_live_"
USE_NOTED_EVERY = timedelta(minutes=1)


def create(user: AbstractBaseUser, *, name: str) -> tuple[ApiKey, str]:
    """A new key: its row, and the secret that nobody can read again."""
    if not name.strip() or len(name) > 100:
        raise InvalidRequest([Problem("name", "Give the key a name of 1 to 100 characters.")])
    secret = PREFIX + secrets.token_hex(32)
    row = ApiKey.objects.create(owner_id=user.pk, name=name.strip(), prefix=secret[:15], sha256=_hash(secret))
    return row, secret


def revoke(user: AbstractBaseUser, pk: int) -> None:
    if not ApiKey.objects.filter(owner_id=user.pk, pk=pk, revoked_at=None).update(revoked_at=timezone.now()):
        raise NotFound("There is no key with this number. It may have been revoked already.")


def switch(user: AbstractBaseUser, pk: int, *, active: bool) -> ApiKey:
    """Let a key work again, or no more. Raises NotFound."""
    ApiKey.objects.filter(owner_id=user.pk, pk=pk).update(revoked_at=None if active else timezone.now())
    return own(user, pk)


def delete(user: AbstractBaseUser, pk: int) -> None:
    """Remove a key for good. Raises NotFound."""
    own(user, pk).delete()


def own(user: AbstractBaseUser, pk: int) -> ApiKey:
    row = ApiKey.objects.filter(owner_id=user.pk, pk=pk).first()
    if row is None:
        raise NotFound("There is no key with this id. It may have been deleted.")
    return row


def caller(secret: str) -> User | None:
    """Whom a key belongs to; None for a wrong or revoked one.

    Also in local mode: without it any web page could post to this server from the visitor's own browser.
    """
    row = ApiKey.objects.select_related("owner").filter(sha256=_hash(secret), revoked_at=None).first()
    if row is None:
        return None
    now = timezone.now()
    if row.last_used_at is None or now - row.last_used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=now)
    return row.owner


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a key made in this minute, of how many it may make."""

    limit: int
    used: int
    resets_at: datetime

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    @property
    def seconds_left(self) -> int:
        return max(1, math.ceil((self.resets_at - timezone.now()).total_seconds()))


def count_request(secret: str) -> Rate | None:
    """Count one request of a key that `caller` knows; None while no limit is set."""
    limit: int = settings.RATE_LIMIT_PER_MINUTE
    if not limit:
        return None
    minute = timezone.now().replace(second=0, microsecond=0)
    counted = Case(When(minute=minute, then=F("minute_count") + 1), default=1)
    rows = ApiKey.objects.filter(sha256=_hash(secret))
    rows.update(minute_count=counted, minute=minute)
    return Rate(limit, rows.values_list("minute_count", flat=True)[0], minute + timedelta(minutes=1))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
