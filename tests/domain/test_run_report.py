"""The line between a run and its row: progress, lease, and the wish to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event as Signal
from time import monotonic

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from segments.core.progress import Cancelled, Progress
from segments.domain import jobs, run_report
from segments.domain.progress import RunProgress
from segments.domain.run_report import RunReport
from segments.models import Job
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def report_of(run: jobs.Run) -> RunReport:
    return RunReport(run, RunProgress(["pictures", "text"], 60.0))


def looking(done: float = 1.0) -> Progress:
    return Progress("pictures", done, 60.0)


def until(true: Callable[[], bool]) -> None:
    pause, end = Signal(), monotonic() + 10
    while not true():
        assert monotonic() < end, "nothing happened for ten seconds"
        pause.wait(0.005)


@pytest.fixture
def job(anna: User) -> Job:
    return factories.job(factories.video(anna))


@pytest.fixture
def quick_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_report, "HEARTBEAT_SECONDS", 0.01)


def lease(job: Job) -> object:
    return Job.objects.get(pk=job.pk).lease_until


def test_first_report_of_a_stage_is_a_line(job: Job) -> None:
    report = report_of(factories.claimed(job))
    report(looking())
    report(Progress("text", 1, 60))
    lines = job.events.filter(kind="progress")
    assert [line.payload["stage"] for line in lines] == ["pictures", "text"]
    job.refresh_from_db()
    assert job.progress == lines[1].payload


def test_reports_are_written_twice_a_second_at_most(job: Job) -> None:
    report = report_of(factories.claimed(job))
    for done in range(100):
        report(looking(done / 2))
    assert job.events.filter(kind="progress").count() <= 2


def test_lines_get_rarer_in_a_long_run(job: Job) -> None:
    report = report_of(factories.claimed(job))
    report._started -= 2 * 3600
    assert report._pause() == pytest.approx(18, abs=0.1)


def test_written_report_renews_the_lease(job: Job) -> None:
    report = report_of(factories.claimed(job))
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + timedelta(seconds=1))
    report(looking())
    assert Job.objects.get(pk=job.pk).lease_until > timezone.now() + timedelta(seconds=25)


def test_wish_to_stop_is_raised_at_the_next_line(job: Job) -> None:
    report = report_of(factories.claimed(job))
    report(looking())
    jobs.cancel(job)
    with pytest.raises(Cancelled):
        report.write()
    assert job.events.filter(kind="progress").count() == 1


def test_worker_that_stops_ends_the_run_at_the_next_line(job: Job) -> None:
    report = report_of(factories.claimed(job))
    Job.objects.filter(pk=job.pk).update(release_requested_at=timezone.now())
    with pytest.raises(Cancelled):
        report(looking())


def test_time_limit_ends_the_run_at_the_next_line(job: Job) -> None:
    run = factories.claimed(job)
    jobs.set_deadline(run, 60)
    report_of(run)(looking())
    jobs.set_deadline(run, -1)
    with pytest.raises(Cancelled):
        report_of(run)(looking())


def test_report_of_a_lost_run_writes_nothing(job: Job) -> None:
    run = factories.claimed(job)
    with jobs.held(run) as row:
        jobs.expire(row)
    with pytest.raises(jobs.LeaseLost):
        report_of(run)(looking())
    assert job.events.filter(kind="progress").count() == 0


def test_heart_keeps_the_lease_without_any_report(job: Job, quick_heart: None) -> None:
    run = factories.claimed(job)
    with report_of(run):
        before = lease(job)
        until(lambda: lease(job) != before)


def test_heart_stops_when_nothing_moves(job: Job, quick_heart: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_report, "STUCK_SECONDS", 0.05)
    with report_of(factories.claimed(job)) as report:
        until(lambda: not report._thread.is_alive())
        before = lease(job)
    assert lease(job) == before


def test_heart_that_lost_the_lease_ends_the_run(job: Job, quick_heart: None) -> None:
    run = factories.claimed(job)
    with report_of(run) as report:
        report(looking())
        with jobs.held(run) as row:
            jobs.expire(row)
        until(lambda: not report._thread.is_alive())
        with pytest.raises(jobs.LeaseLost):
            report(looking(2))


def test_heart_brings_the_wish_to_stop_late_in_a_long_run(job: Job, quick_heart: None) -> None:
    with report_of(factories.claimed(job)) as report:
        report._started -= 10 * 3600
        report(looking())
        report(looking(2))
        jobs.cancel(job)
        until(report._asked.is_set)
        with pytest.raises(Cancelled):
            report(looking(3))


def test_heart_stops_with_the_run(job: Job, quick_heart: None) -> None:
    with report_of(factories.claimed(job)) as report:
        pass
    assert not report._thread.is_alive()
