"""Celery's door: an id in, one domain call, no result."""

import os
import threading

from celery import shared_task
from celery.signals import worker_shutting_down
from django.db import close_old_connections

from segments.domain import deliveries, jobs, pipeline, workers
from segments.domain import reconcile as reconciliation


@shared_task(name="segments.tasks.run_job")
def run_job(job_uid: str) -> None:
    pipeline.run_job(job_uid)


@shared_task(name="segments.tasks.reconcile")
def reconcile() -> None:
    reconciliation.reconcile()


@shared_task(name="segments.tasks.deliver")
def deliver() -> None:
    deliveries.send_due()


@worker_shutting_down.connect
def give_back(**_signal: object) -> None:
    """A worker that is told to stop hands its runs back before it waits for its pool."""

    def ask() -> None:
        jobs.ask_release(workers.family(os.getpid()))
        close_old_connections()

    threading.Thread(target=ask, name="release-runs").start()
