"""Puts right what crashed processes left behind. At boot, every 5 s, by any process; two at once are harmless."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from segments.core.errors import InvalidState
from segments.domain import announce, deliveries, jobs, preparation, sources, uploads, videos, workers
from segments.models import IdempotencyKey, Job, SavedDefinitions, Upload, Video
from segments.models.job import ANALYSES, RUNNING, TASKS, JobStatus
from segments.models.video import VideoUploadStatus

log = logging.getLogger(__name__)
ANNOUNCE_AGAIN = timedelta(seconds=30)
UNDO = timedelta(hours=1)
KEYS_LIVE = timedelta(hours=24)


def reconcile() -> None:
    """Every step, each a conditional change."""
    end_lost_runs()
    end_overdue_runs()
    end_hopeless_runs()
    announce_waiting()
    expire_uploads()
    purge_deleted()
    deliveries.announce_due()
    deliveries.forget_old()
    sources.forget_old()
    IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEYS_LIVE).delete()


def end_lost_runs(*, crashed: bool = True) -> int:
    """Runs whose lease ran out or whose process is gone from this host go back to the queue, or end."""
    ended = 0
    now = timezone.now()
    for seen in Job.objects.filter(status__in=RUNNING):
        if not _is_lost(seen, now):
            continue
        with transaction.atomic():
            rows = Job.objects.select_for_update(of=("self",)).select_related("video")
            job = rows.filter(pk=seen.pk, fence=seen.fence, status__in=RUNNING).first()
            if job is None or not _is_lost(job, now):
                continue
            jobs.expire(job, crashed=crashed)
            preparation.settle_failure(job, job.error_code, job.error_message)
            ended += 1
    return ended


def _is_lost(job: Job, now: datetime) -> bool:
    return job.lease_until is None or job.lease_until <= now or workers.is_dead(job.worker)


def end_overdue_runs() -> None:
    for job in Job.objects.filter(status__in=RUNNING, deadline_at__lt=timezone.now() - jobs.LEASE):
        with transaction.atomic():
            row = Job.objects.select_for_update(of=("self",)).select_related("video").get(pk=job.pk)
            if row.fence == job.fence and row.status in RUNNING:
                jobs.fail(row, "deadline", "")
                preparation.settle_failure(row, "deadline", "")


def end_hopeless_runs() -> None:
    """Runs that were sent in the very moment in which their video failed."""
    lost = (VideoUploadStatus.FAILED, VideoUploadStatus.ABORTED)
    waiting = Job.objects.filter(status=JobStatus.PENDING, kind__in=ANALYSES, video__upload_status__in=lost)
    for job in waiting.select_related("video"):
        with suppress(InvalidState), transaction.atomic():
            jobs.fail(job, job.video.error_code or "internal", job.video.error_message)


def announce_waiting() -> None:
    """Due jobs whose doorbell was lost, or rung long ago without an answer."""
    now = timezone.now()
    unheard = Q(announced_at=None) | Q(announced_at__lt=now - ANNOUNCE_AGAIN)
    usable = ~Q(kind__in=ANALYSES) | Q(video__upload_status=VideoUploadStatus.COMPLETED)
    due = Job.objects.filter(unheard, usable, status=JobStatus.PENDING, run_after__lte=now, deleted_at=None)
    for job in due.order_by("queued_at"):
        announce.job(job)


def expire_uploads() -> None:
    for upload in Upload.objects.filter(
        expires_at__lt=timezone.now(), video__upload_status=VideoUploadStatus.UPLOADING
    ).select_related("video"):
        uploads.expire(upload)


def purge_deleted() -> None:
    """Hidden videos and runs go for good once Undo is over and nobody works on them."""
    before = timezone.now() - UNDO
    kept = Exists(Job.objects.filter(video=OuterRef("pk"), kind__in=TASKS, deleted_at=None))
    idle = Video.objects.filter(deleted_at__lt=before).exclude(jobs__status__in=RUNNING)
    for video in idle.exclude(kept, bytes_gone_at__isnull=False):
        videos.purge(video)
    SavedDefinitions.objects.filter(deleted_at__lt=before).delete()
    Job.objects.filter(deleted_at__lt=before, kind__in=TASKS).exclude(status__in=RUNNING).delete()
