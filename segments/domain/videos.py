"""What happens to a video as a whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone

from segments.core.errors import InvalidRequest, InvalidState, Problem
from segments.core.media.facts import MediaFacts
from segments.domain import jobs, storage
from segments.models import Job, Video
from segments.models.job import ANALYSES, RUNNING, TASKS, TERMINAL, JobStatus
from segments.models.video import VideoUploadStatus

NAME_BYTES = 255


def display_name(raw: str) -> str:
    """A file name as a harmless string: last path part, NFC, no control or direction characters, ≤ 255 bytes."""
    last = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")).strip()
    return plain.encode()[:NAME_BYTES].decode(errors="ignore") or "video"


def facts_of(video: Video) -> MediaFacts:
    """The probed facts. Only for videos that were probed."""
    facts: dict[str, Any] = video.facts or {}
    return MediaFacts(**{**facts, "notes": tuple(facts.get("notes", ()))})


def rename(video: Video, *, name: str) -> None:
    if not name.strip():
        raise InvalidRequest([Problem("name", "The name is empty. Type at least one character.")])
    Video.objects.filter(pk=video.pk).update(name=display_name(name))


def describe(video: Video, *, title: str | None = None, tags: Sequence[str] | None = None) -> Video:
    """Give a video a title and tags of its own; None leaves what is there."""
    if title is not None:
        video.title = title
    if tags is not None:
        video.tags = list(tags)
    video.save(update_fields=["title", "tags", "updated_at"])
    return video


def playable_name(video: Video) -> str | None:
    """Which file of a video browsers can play; None before it was checked, or while there is no copy."""
    if not video.facts:
        return None
    if video.facts["playback"] == "as_is":
        return storage.SOURCE
    return storage.RENDITION if video.has_rendition else None


def remove(video: Video) -> None:
    """Hide a video and stop its runs. Bytes go when nobody works on them and Undo is over."""
    for job in video.jobs.exclude(status__in=TERMINAL):
        with suppress(InvalidState):  # it ended in the meantime
            jobs.cancel(job)
    Video.objects.filter(pk=video.pk).update(deleted_at=timezone.now())
    video.jobs.filter(kind__in=TASKS, deleted_at=None).update(deleted_at=timezone.now())


def retire(video: Video) -> None:
    """Hide a video as `remove` does, but keep its runs: their results outlive its bytes."""
    for job in video.jobs.exclude(status__in=TERMINAL):
        with suppress(InvalidState):  # it ended in the meantime
            jobs.cancel(job)
    Video.objects.filter(pk=video.pk).update(deleted_at=timezone.now())


def restore(video: Video) -> None:
    with transaction.atomic():
        row = Video.objects.select_for_update().get(pk=video.pk)
        if row.deleted_at is None:
            return
        row.jobs.filter(kind__in=TASKS, deleted_at__gte=row.deleted_at).update(deleted_at=None)
        Video.objects.filter(pk=row.pk).update(deleted_at=None)
    unseen = video.jobs.exclude(kind__in=ANALYSES)
    unseen.filter(status__in=RUNNING).update(cancel_requested_at=None)  # not stopped yet: let it go on
    for job in unseen.filter(status=JobStatus.CANCELLED):
        jobs.retry(job)


def purge(video: Video) -> None:
    """Remove a hidden video for good: rows first, then bytes. Runs that people still see keep its row."""
    if video.jobs.filter(kind__in=TASKS, deleted_at=None).exists():
        video.evidence.all().delete()
        Video.objects.filter(pk=video.pk).update(bytes_gone_at=timezone.now())
    else:
        video.delete()
    storage.discard(video)


def mark_failed(video: Video, code: str, message: str, *, status: VideoUploadStatus = VideoUploadStatus.FAILED) -> None:
    """This upload will never be a video; the runs that waited for it end with the same words."""
    Video.objects.filter(pk=video.pk).update(upload_status=status, error_code=code, error_message=message)
    for job in Job.objects.select_for_update().filter(video=video, kind__in=ANALYSES, status=JobStatus.PENDING):
        jobs.fail(job, code, message)
