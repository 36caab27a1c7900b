"""Random lives of runs against a model: many claims, beats, crashes, stops and zombies, on a virtual clock."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from segments.core.errors import InvalidState
from segments.core.progress import Cancelled, Progress
from segments.domain import jobs, reconcile, results
from segments.domain.progress import RunProgress
from segments.domain.run_report import RunReport
from segments.models import Event, Job, Segment, Video
from segments.models.job import RUNNING, TERMINAL, JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.conftest import Clock

PARTS = ((0.0, 20.0), (20.0, 40.0), (40.0, 60.0))


@dataclass
class Model:
    """What must be true of one run."""

    status: str = JobStatus.PENDING
    fence: int = 0
    lease: Any = None
    due: Any = None
    stop: bool = False
    crashes: int = 0
    attempts: int = 0
    retries: int = 0
    lines: int = 1
    ends: list[str] = field(default_factory=list)

    def owns(self, run: jobs.Run) -> bool:
        return self.status == JobStatus.PROCESSING and self.fence == run.fence

    def move(self, status: str) -> None:
        self.status = status
        self.lines += 1
        if status != JobStatus.PROCESSING:
            self.lease, self.stop = None, False
        if status in TERMINAL:
            self.ends.append(status)


class Lives(RuleBasedStateMachine):
    tasks = Bundle("tasks")
    runs = Bundle("runs")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.patch = mock.patch.object(timezone, "now", self.clock)
        self.patch.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        owner = User.objects.create(username="anna")
        values = {"facts": asdict(factories.facts()), "upload_status": VideoUploadStatus.COMPLETED, "size_bytes": 1}
        self.video = Video.objects.create(owner=owner, name="film.mp4", **values)
        self.model: dict[int, Model] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.patch.stop()

    def of(self, row: Job | jobs.Run) -> Model:
        return self.model[row.pk]

    @rule(target=tasks)
    def submit(self) -> Any:
        if len(self.model) >= 2:
            return multiple()
        job = factories.job(self.video)
        self.model[job.pk] = Model(due=self.clock.now)
        return job

    @rule(seconds=st.sampled_from([1, 6, 29, 31, 130]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule(target=runs, job=tasks)
    def claim(self, job: Job) -> Any:
        known = self.of(job)
        run = jobs.claim(job.uid)
        assert (run is not None) == (known.status == JobStatus.PENDING and known.due <= self.clock.now)
        if run is None:
            return multiple()
        known.move(JobStatus.PROCESSING)
        known.fence += 1
        known.lease = self.clock.now + jobs.LEASE
        assert run.fence == known.fence
        return run

    @rule(run=runs)
    def beat(self, run: jobs.Run) -> None:
        known = self.of(run)
        try:
            jobs.renew(run)
        except jobs.LeaseLost:
            assert not known.owns(run)
        else:
            assert known.owns(run)
            known.lease = self.clock.now + jobs.LEASE

    @rule(run=runs)
    def report(self, run: jobs.Run) -> None:
        known = self.of(run)
        try:
            RunReport(run, RunProgress(["pictures"], 60.0))(Progress("pictures", 1.0, 60.0))
        except jobs.LeaseLost:
            assert not known.owns(run)
        except Cancelled:
            assert known.owns(run)
            assert known.stop
        else:
            assert known.owns(run)
            assert not known.stop
            known.lease = self.clock.now + jobs.LEASE
            known.lines += 1

    @rule(run=runs)
    def finish(self, run: jobs.Run) -> None:
        """Also by runs that were given up long ago: their writes must be refused."""
        known = self.of(run)
        try:
            results.commit(run, factories.found(*PARTS), unreadable=())
        except jobs.LeaseLost:
            assert not known.owns(run)
        except Cancelled:
            assert known.owns(run)
            assert known.stop
        else:
            assert known.owns(run)
            assert not known.stop
            known.move(JobStatus.COMPLETED)

    @rule(run=runs)
    def break_down(self, run: jobs.Run) -> None:
        known = self.of(run)
        try:
            with jobs.held(run) as row:
                jobs.release_for_retry(row, "storage_full", "")
        except jobs.LeaseLost:
            assert not known.owns(run)
            return
        assert known.owns(run)
        if known.attempts == len(jobs.RETRY_DELAYS):
            known.move(JobStatus.FAILED)
        else:
            known.due = self.clock.now + jobs.RETRY_DELAYS[known.attempts]
            known.attempts += 1
            known.move(JobStatus.PENDING)

    @rule(run=consumes(runs))
    def stop(self, run: jobs.Run) -> None:
        """The worker ends its run because it was asked to."""
        known = self.of(run)
        try:
            with jobs.held(run) as row:
                jobs.confirm_cancel(row) if row.cancel_requested_at else jobs.release(row)
        except jobs.LeaseLost:
            assert not known.owns(run)
            return
        assert known.owns(run)
        known.due = self.clock.now
        known.move(JobStatus.CANCELLED if known.stop else JobStatus.PENDING)

    @rule(target=runs, run=runs)
    def die_and_be_replaced(self, run: jobs.Run) -> Any:
        """The worker is silent for a lease; another takes over, and the first may come back."""
        self.clock.advance(seconds=jobs.LEASE.total_seconds())
        self.reconciliation()
        return self.claim(Job.objects.get(pk=run.pk))

    @rule(job=tasks)
    def cancel(self, job: Job) -> None:
        known = self.of(job)
        try:
            jobs.cancel(job)
        except InvalidState:
            assert known.status in (JobStatus.COMPLETED, JobStatus.FAILED)
            return
        if known.status == JobStatus.PENDING:
            known.move(JobStatus.CANCELLED)
        elif known.status == JobStatus.PROCESSING:
            known.stop = True
            known.lines += 1
        else:
            assert known.status == JobStatus.CANCELLED

    @rule(job=tasks)
    def retry(self, job: Job) -> None:
        known = self.of(job)
        try:
            jobs.retry(job)
        except InvalidState:
            assert known.status not in (JobStatus.FAILED, JobStatus.CANCELLED) or known.retries == jobs.MAX_RETRIES
            return
        assert known.status in (JobStatus.FAILED, JobStatus.CANCELLED)
        known.retries += 1
        known.crashes = known.attempts = 0
        known.due = self.clock.now
        known.move(JobStatus.PENDING)

    @rule()
    def reconciliation(self) -> None:
        reconcile.reconcile()
        for known in self.model.values():
            if known.status != JobStatus.PROCESSING or known.lease > self.clock.now:
                continue
            if known.stop:
                known.move(JobStatus.CANCELLED)
                continue
            known.crashes += 1
            known.due = self.clock.now
            known.move(JobStatus.FAILED if known.crashes == jobs.MAX_CRASHES else JobStatus.PENDING)

    @invariant()
    def promises_hold(self) -> None:
        lines: dict[int, list[Event]] = {pk: [] for pk in self.model}
        for line in Event.objects.filter(job__in=self.model):
            lines[line.job_id].append(line)
        found: dict[int, list[tuple[float, float]]] = {pk: [] for pk in self.model}
        for row in Segment.objects.filter(job__in=self.model).order_by("ordinal"):
            found[row.job_id].append((row.start_time, row.end_time))
        for job in Job.objects.filter(pk__in=self.model):
            self.row_is_as_the_model_says(job, self.of(job))
            self.history_has_no_gap(job, self.of(job), lines[job.pk])
            assert found[job.pk] == (list(PARTS) if job.status == JobStatus.COMPLETED else [])

    @staticmethod
    def row_is_as_the_model_says(job: Job, known: Model) -> None:
        assert (job.status, job.fence, job.crashes) == (known.status, known.fence, known.crashes)
        assert (job.lease_until, job.retry_count) == (known.lease, known.retries)
        assert (job.lease_until is not None) == (job.status in RUNNING)
        assert (job.completed_at is not None) == (job.status in TERMINAL)
        assert (job.cancel_requested_at is not None) == known.stop

    @staticmethod
    def history_has_no_gap(job: Job, known: Model, lines: list[Event]) -> None:
        assert [line.seq for line in lines] == list(range(1, known.lines + 1))
        assert job.last_seq == known.lines
        ends = [line.payload["status"] for line in lines if line.payload.get("status") in TERMINAL]
        assert ends == known.ends


@pytest.mark.django_db
def test_any_order_of_claims_crashes_and_stops_keeps_the_promises() -> None:
    bounds = settings(max_examples=settings.default.max_examples // 3, stateful_step_count=40)
    run_state_machine_as_test(Lives, settings=bounds)  # type: ignore[no-untyped-call]
