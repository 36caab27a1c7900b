"""The line between a running engine and its row: writes progress, keeps the lease, brings back the wish to stop."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType

from django.db import OperationalError, connection
from django.utils import timezone

from segments.core.progress import Cancelled, Progress
from segments.domain import events, jobs
from segments.domain.progress import RunProgress
from segments.models import Job

log = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 10.0
STUCK_SECONDS = 120.0
EVENT_SECONDS = 0.5
MAX_EVENTS = 400  # a two-hour run must not leave more rows than anybody reads


class RunReport:
    """Callable as a core `Report`; as a context manager it keeps the lease alive from a thread of its own.

    The thread renews only while reports come in: a hung decoder with a cheerful heartbeat would be stuck for ever.
    """

    def __init__(self, run: jobs.Run, progress: RunProgress) -> None:
        self.run = run
        self.progress = progress
        self._moved = self._started = time.monotonic()
        self._written = 0.0
        self._stages: set[str] = set()  # begun so far; side by side they take turns, which is no news
        self._stop = threading.Event()
        self._lost = threading.Event()
        self._asked = threading.Event()  # to end: late progress lines may be further apart than a person waits
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{run.uid}", daemon=True)

    def __enter__(self) -> RunReport:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def __call__(self, report: Progress) -> None:
        self._moved = time.monotonic()
        new_stage = report.stage not in self._stages
        self._stages.add(report.stage)
        self.progress.advance(report)
        if self._lost.is_set():
            raise jobs.LeaseLost
        if new_stage or self._asked.is_set() or self._moved - self._written >= self._pause():
            self.write()

    def write(self) -> None:
        """Store the progress as an event; raises Cancelled when the run should end, LeaseLost when it is not ours."""
        self._written = time.monotonic()
        payload = self.progress.snapshot()
        with jobs.held(self.run) as job:
            wants_stop = job.cancel_requested_at or job.release_requested_at
            late = job.deadline_at is not None and job.deadline_at < timezone.now()
            if not wants_stop and not late:
                Job.objects.filter(pk=job.pk).update(progress=payload, lease_until=timezone.now() + jobs.LEASE)
                events.append(job, "progress", payload)
        if wants_stop or late:
            raise Cancelled

    def _pause(self) -> float:
        return max(EVENT_SECONDS, (time.monotonic() - self._started) / MAX_EVENTS)

    def _beat(self) -> None:
        try:
            while not self._stop.wait(HEARTBEAT_SECONDS):
                if time.monotonic() - self._moved > STUCK_SECONDS:
                    return
                self._renew()
        except jobs.LeaseLost:
            self._lost.set()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            job = jobs.renew(self.run)
            if job.cancel_requested_at or job.release_requested_at:
                self._asked.set()
        except OperationalError as error:
            log.warning("heartbeat of %s could not write, will try again: %s", self.run.uid, error)
