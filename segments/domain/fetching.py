"""Films by address: the row at once, the bytes by a worker, through the one outbound client."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from segments.core import addresses
from segments.core.errors import UrlFetchFailed
from segments.core.outbound import Download, Limits, Outbound
from segments.core.progress import Progress
from segments.domain import jobs, storage, submission, videos
from segments.domain.progress import RunProgress
from segments.domain.run_report import RunReport
from segments.models import Job, Video
from segments.models.job import JobKind
from segments.models.video import VideoUploadStatus

FETCH_SECONDS = 30 * 60.0
MIN_BYTES_PER_SECOND = 16 << 10
REDIRECTS = 3
LOOK_SECONDS = 5.0


def outbound() -> Outbound:
    """The client for addresses that users give, as this installation allows it."""
    return Outbound(frozenset(settings.OUTBOUND_ALLOW))


def create(
    user: AbstractBaseUser,
    *,
    url: str,
    name: str = "",
    user_metadata: dict[str, object] | None = None,
    wants_thumbnail: bool = False,
    wants_hls: bool = False,
    method: str = "url",
) -> Video:
    """A video that a worker will load from `url`. Raises UrlBlocked for what can never be an address of a film."""
    addresses.check_form(url)
    storage.require_room(0)
    with transaction.atomic():
        video = Video.objects.create(
            owner_id=user.pk,
            name=videos.display_name(name or unquote(urlsplit(url).path)),
            size_bytes=0,
            method=method,
            source_url=url,
            upload_status=VideoUploadStatus.PROCESSING,
            user_metadata=user_metadata,
            wants_thumbnail=wants_thumbnail,
            wants_hls=wants_hls,
        )
        submission.fetch(video)
    return video


def look(url: str) -> None:
    """Ask for the head of a file and hang up. Raises UrlBlocked, UrlFetchFailed; takes five seconds at most."""
    with outbound().get(url, limits=_limits(LOOK_SECONDS)):
        return


def fetch(run: jobs.Run, job: Job) -> None:
    """Load the file, then queue its preparation. A run that was killed begins again."""
    video = job.video
    jobs.set_deadline(run, FETCH_SECONDS + 60)
    with RunReport(run, RunProgress(["fetching"], 1.0)) as report:
        with outbound().get(video.source_url, limits=_limits(FETCH_SECONDS)) as download:
            storage.require_room(download.length or 0)
            size = _store(download, storage.folder(video) / storage.PARTIAL, report)
        if size == 0:
            raise UrlFetchFailed("The address gave an empty file (0 bytes).")
        with jobs.held(run) as row:
            Video.objects.filter(pk=video.pk).update(size_bytes=size)
            jobs.finish(row)
            if not video.jobs.filter(kind=JobKind.PREPARE).exists():
                submission.prepare(video)


def _store(download: Download, path: Path, report: RunReport) -> int:
    """All bytes to the disk; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size, total = 0, download.length
    with path.open("wb") as file:
        for block in download.blocks():
            file.write(block)
            size += len(block)
            report(Progress("fetching", min(size / total, 1.0) if total else 0.0, 1.0))
            storage.require_room(0)
        file.flush()
        os.fsync(file.fileno())
    storage.sync_folder(path.parent)
    return size


def _limits(seconds: float) -> Limits:
    return Limits(
        bytes=min(settings.MAX_URL_BYTES, settings.LIMITS.max_bytes),
        seconds=seconds,
        redirects=REDIRECTS,
        bytes_per_second=MIN_BYTES_PER_SECOND,
    )
