"""Tell workers that an id is waiting: one Celery message by task NAME, after commit. Losing it costs time only."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from segments.models import Job
from segments.models.job import JobKind

log = logging.getLogger(__name__)
RUN_JOB = "segments.tasks.run_job"
DELIVER = "segments.tasks.deliver"
TASK_NAMES = (RUN_JOB, DELIVER)
#: After this many seconds a bell for the outbox is stale: reconcile has rung again.
OUTBOX_BELL_SECONDS = 30
#: Downloads wait for strangers, so they take slots of `media`: what keeps the others going must not wait with them.
QUEUES = {
    JobKind.FETCH: "media",
    JobKind.PREPARE: "light",
    JobKind.RENDITION: "media",
    JobKind.SEGMENT: "media",
    JobKind.MODULES: "media",
    JobKind.TEXT: "media",
}


def job(waiting: Job) -> None:
    """Ring once the current transaction is committed (at once when there is none)."""
    uid, queue, priority = waiting.uid, QUEUES[JobKind(waiting.kind)], waiting.priority
    transaction.on_commit(lambda: _ring(uid, queue, priority))


def deliveries() -> None:
    """Ring for the outbox once the current transaction is committed. A bell that is lost is rung by reconcile."""
    transaction.on_commit(_ring_outbox)


def _ring_outbox() -> None:
    try:
        current_app.send_task(DELIVER, queue="light", retry=False, expires=OUTBOX_BELL_SECONDS)
    except (OperationalError, OSError) as error:
        log.warning("could not announce deliveries, reconcile will: %s", error)


def _ring(uid: UUID, queue: str, priority: int) -> None:
    try:
        current_app.send_task(RUN_JOB, args=[str(uid)], queue=queue, priority=priority, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("could not announce %s, reconcile will: %s", uid, error)
        return
    Job.objects.filter(uid=uid).update(announced_at=timezone.now())
