"""Numbered lines per job, and the nudge to sockets after commit. A nudge only says "look"; readers re-read the rows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from segments.models import Event, Job

log = logging.getLogger(__name__)


def append(job: Job, kind: str, payload: Mapping[str, object]) -> Event:
    """Add the next line. The caller holds the job's row in a transaction; `job.last_seq` is moved on."""
    job.last_seq += 1
    Job.objects.filter(pk=job.pk).update(last_seq=job.last_seq)
    event = Event.objects.create(job=job, seq=job.last_seq, kind=kind, payload=payload)
    uid = job.uid
    transaction.on_commit(lambda: nudge(uid))
    return event


def group_name(uid: UUID) -> str:
    return f"job.{uid.hex}"


def nudge(uid: UUID) -> None:
    """Wake the sockets of a job. Failing costs nothing but two seconds: they also look by themselves."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group_name(uid), {"type": "look"})
    except (OSError, ConnectionError) as error:
        log.info("could not nudge sockets of %s: %s", uid, error)
    except Exception as error:
        log.info("could not nudge sockets of %s: %r", uid, error)
