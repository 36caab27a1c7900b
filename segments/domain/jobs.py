"""THE writer of `Job.status`. Each move is one conditional UPDATE that names the states it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from segments.core.errors import InvalidState, RetryLimit
from segments.core.progress import Cancelled
from segments.domain import announce, events, outbox, workers
from segments.models import Job, Video
from segments.models.job import ANALYSES, RUNNING, TASKS, JobKind, JobPriority, JobStatus, ModuleState
from segments.models.video import VideoUploadStatus

LEASE = timedelta(seconds=30)
MAX_RETRIES = 3
MAX_CRASHES = 3
RETRY_DELAYS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
_CLEARED: dict[str, object] = {
    "lease_until": None,
    "worker": "",
    "cancel_requested_at": None,
    "release_requested_at": None,
}


#: What becomes of the modules of a run that ends before it is complete, or starts over.
_MODULES_AT: dict[JobStatus, ModuleState] = {
    JobStatus.PENDING: ModuleState.PENDING,
    JobStatus.FAILED: ModuleState.FAILED,
    JobStatus.CANCELLED: ModuleState.SKIPPED,
}


class LeaseLost(Exception):
    """This run no longer owns its job: stop, write nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """One claim of one job. Every write made for it proves the fence first."""

    pk: int
    uid: UUID
    fence: int


def claim(uid: str | UUID) -> Run | None:
    """Take the lease of a due job, or None when somebody else has it, it is not due, or it is over."""
    now = timezone.now()
    # Exists, not a join: Django turns a join into `id IN (…)`, which Postgres does not look at again after it waited
    # for a row, so that two workers would both win
    checked = Exists(Video.objects.filter(pk=OuterRef("video_id"), upload_status=VideoUploadStatus.COMPLETED))
    due = Job.objects.filter(uid=uid, status=JobStatus.PENDING, run_after__lte=now, deleted_at=None).filter(
        ~Q(kind__in=ANALYSES) | checked
    )
    with transaction.atomic():
        taken = due.update(
            status=JobStatus.PROCESSING,
            fence=F("fence") + 1,
            lease_until=now + LEASE,
            worker=workers.identity(),
            started_at=now,
        )
        if not taken:
            return None
        job = Job.objects.get(uid=uid)
        events.append(job, "state", _state(job))
    return Run(job.pk, job.uid, job.fence)


@contextmanager
def held(run: Run) -> Iterator[Job]:
    """A transaction that holds the job's row, open only while the run still owns it."""
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",)).select_related("video")
        job = rows.filter(pk=run.pk, fence=run.fence, status__in=RUNNING).first()
        if job is None:
            raise LeaseLost
        yield job


def renew(run: Run) -> Job:
    """Keep the lease for another 30 s; the answer tells whether a stop was asked for."""
    with held(run) as job:
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + LEASE)
        return job


def set_deadline(run: Run, seconds: float) -> None:
    with held(run) as job:
        Job.objects.filter(pk=job.pk).update(deadline_at=timezone.now() + timedelta(seconds=seconds))


def finish(job: Job, **result: object) -> None:
    """Complete a job whose row the caller holds through `held`. A stop that was asked for wins."""
    if job.cancel_requested_at is not None:
        raise Cancelled
    _move(job, RUNNING, JobStatus.COMPLETED, completed_at=timezone.now(), **_CLEARED, **result)


def fail(job: Job, code: str, message: str) -> None:
    """End a job that can not succeed; the code is one of `failures.SENTENCES`."""
    now = timezone.now()
    states = (JobStatus.PENDING, *RUNNING)
    _move(job, states, JobStatus.FAILED, completed_at=now, error_code=code, error_message=message, **_CLEARED)


def cancel(job: Job) -> Job:
    """Stop a run: at once when it waits, at its next sign of life when it works. Repeating is harmless."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.status == JobStatus.PENDING:
            confirm_cancel(row)
        elif row.status in RUNNING:
            Job.objects.filter(pk=row.pk, cancel_requested_at=None).update(cancel_requested_at=timezone.now())
            events.append(row, "cancelling", {})
        elif row.status != JobStatus.CANCELLED:
            raise InvalidState("This run is already finished, so it cannot be cancelled. Delete it instead.")
    job.refresh_from_db()
    return job


def confirm_cancel(job: Job) -> None:
    """The stop took effect. The caller holds the row."""
    _move(job, (JobStatus.PENDING, *RUNNING), JobStatus.CANCELLED, completed_at=timezone.now(), **_CLEARED)


def retry(job: Job) -> Job:
    """Run a failed or cancelled job again: same id, next generation, nothing left of the last attempt."""
    with transaction.atomic():
        row = Job.objects.select_for_update(of=("self",)).select_related("video").get(pk=job.pk)
        if row.status not in (JobStatus.FAILED, JobStatus.CANCELLED):
            raise InvalidState("Only a failed or cancelled run can be tried again. Start a new run instead.")
        if row.retry_count >= MAX_RETRIES:
            raise RetryLimit(f"This run was tried again {MAX_RETRIES} times already. Start a new run instead.")
        if row.kind in ANALYSES and (row.video.is_lost or row.video.deleted_at):
            raise InvalidState("The video of this run cannot be analysed. Choose another video.")
        if row.kind == JobKind.MODULES and _is_analysed_elsewhere(row):
            raise InvalidState("Another analysis of this video is waiting or running. Wait for it, or cancel it.")
        now = timezone.now()
        row.segments.all().delete()
        fresh = {"attempts": 0, "crashes": 0, "warnings": [], "unreadable": [], "progress": None, "cleared_at": None}
        ended = {"error_code": "", "error_message": "", "started_at": None, "completed_at": None, "deadline_at": None}
        counted = {"generation": row.generation + 1, "retry_count": row.retry_count + 1, "priority": JobPriority.HIGH}
        leaving = (JobStatus.FAILED, JobStatus.CANCELLED)
        _move(row, leaving, JobStatus.PENDING, run_after=now, queued_at=now, **_CLEARED, **fresh, **ended, **counted)
        announce.job(row)
    job.refresh_from_db()
    return job


def _is_analysed_elsewhere(job: Job) -> bool:
    """Asked with the video's row held, as whoever starts an analysis holds it."""
    return open_modules_job(Video.objects.select_for_update().get(pk=job.video_id)) is not None


def open_modules_job(video: Video) -> Job | None:
    """The one analysis by modules that waits or works, if any."""
    return video.jobs.filter(kind=JobKind.MODULES, status__in=(JobStatus.PENDING, *RUNNING), deleted_at=None).first()


def release(job: Job, *, after: timedelta = timedelta(0), **counts: object) -> None:
    """Give a running job back to the queue. The caller holds the row."""
    due = timezone.now() + after
    _move(job, RUNNING, JobStatus.PENDING, run_after=due, announced_at=None, **_CLEARED, **counts)
    if not after:
        announce.job(job)


def release_for_retry(job: Job, code: str, message: str) -> None:
    """A passing fault: wait longer each time, give up after the third."""
    if job.attempts >= len(RETRY_DELAYS):
        fail(job, code, message)
    else:
        release(job, after=RETRY_DELAYS[job.attempts], attempts=job.attempts + 1)


def expire(job: Job, *, crashed: bool = True) -> None:
    """The worker of this job is gone. The caller holds the row and has checked the lease."""
    if job.cancel_requested_at:
        confirm_cancel(job)
    elif crashed and job.crashes + 1 >= MAX_CRASHES:
        Job.objects.filter(pk=job.pk).update(crashes=job.crashes + 1)
        fail(job, "worker_lost", f"The run was interrupted {MAX_CRASHES} times.")
    else:
        release(job, crashes=job.crashes + crashed)


def ask_release(worker_family: str) -> int:
    """A worker is stopping: its runs go back to the queue at their next sign of life, uncounted."""
    running = Job.objects.filter(status__in=RUNNING, worker__startswith=worker_family)
    return running.update(release_requested_at=timezone.now())


def _move(job: Job, leaving: Sequence[str], to: JobStatus, **changes: object) -> None:
    if job.kind == JobKind.MODULES and to in _MODULES_AT:
        changes["modules"] = dict.fromkeys(job.modules, _MODULES_AT[to].value)
    moved = Job.objects.filter(pk=job.pk, status__in=leaving).update(status=to, **changes)
    if not moved:
        raise InvalidState("The run changed state in the meantime. Look again.")
    if "modules" in changes:  # modules store as they finish; what earlier runs found is to be seen again
        job.segments.all().delete()
    job.refresh_from_db()
    events.append(job, "state", _state(job))
    if job.kind in TASKS and job.is_terminal and not job.is_sync:
        outbox.write(job)


def _state(job: Job) -> dict[str, object]:
    return {"status": job.status, "generation": job.generation}
