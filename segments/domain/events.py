"""Numbered lines per job, and the nudge to sockets after commit. A nudge only says "look"; readers re-read the rows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from segments.models import Event, Job
from segments.models.job import JobKind

log = logging.getLogger(__name__)


def append(job: Job, kind: str, payload: Mapping[str, object]) -> Event:
    """Add the next line. The caller holds the job's row in a transaction; `job.last_seq` is moved on."""
    job.last_seq += 1
    Job.objects.filter(pk=job.pk).update(last_seq=job.last_seq)
    event = Event.objects.create(job=job, seq=job.last_seq, kind=kind, payload=payload)
    groups = [group_name(job.uid)] if job.last_seq > 1 else []  # nobody knows of a run before its first line
    if job.kind == JobKind.MODULES:
        groups.append(video_group_name(job.video.uid))
    if groups:
        transaction.on_commit(lambda: nudge(*groups))
    return event


def group_name(uid: UUID) -> str:
    return f"job.{uid.hex}"


def video_group_name(uid: UUID) -> str:
    """Sockets that follow the modules of a video, whichever run they belong to."""
    return f"video.{uid.hex}"


def nudge(*groups: str) -> None:
    """Wake the sockets of these groups. Failing costs nothing but two seconds: they also look by themselves."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        for group in groups:
            async_to_sync(layer.group_send)(group, {"type": "look"})
    except Exception as error:
        log.info("could not nudge sockets of %s: %r", groups, error)
