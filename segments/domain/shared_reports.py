"""Public addresses of what modules found in a video."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone

from segments.core.errors import InvalidRequest, NotFound, Problem
from segments.models import SharedReport, Video


def create(video: Video, *, expires_at: datetime | None, with_video: bool) -> SharedReport:
    if expires_at is not None and expires_at <= timezone.now():
        raise InvalidRequest([Problem("expires_at", "expires_at is over already. Give a time to come, or none.")])
    return SharedReport.objects.create(video=video, expires_at=expires_at, with_video=with_video)


def own(user: AbstractBaseUser, pk: int) -> SharedReport:
    row = SharedReport.objects.filter(video__owner_id=user.pk, video__deleted_at=None, pk=pk).first()
    if row is None:
        raise NotFound("There is no report with this id. It may have been deleted.")
    return row


def remove(report: SharedReport) -> None:
    report.delete()


def published(share_hash: str) -> SharedReport:
    """The report that an address shows now. Raises NotFound, the same for unknown, expired and switched off."""
    lasting = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    rows = SharedReport.objects.select_related("video__owner").filter(lasting, is_active=True, video__deleted_at=None)
    row = rows.filter(share_hash=share_hash).first()
    if row is None:
        raise NotFound("There is no report at this address. It may have been switched off, or its time may be over.")
    return row
