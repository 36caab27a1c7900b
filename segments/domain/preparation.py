"""Right after an upload: hash, probe, poster, thumbnails; and a copy for browsers that cannot play the original."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from segments.core.errors import CuepointError
from segments.core.media.facts import MediaFacts
from segments.core.media.probe import probe
from segments.core.media.rendition import make_rendition
from segments.core.media.thumbnails import make_poster, make_sprite
from segments.core.progress import Progress
from segments.domain import chunked_uploads, jobs, storage, submission, videos
from segments.domain.progress import RunProgress
from segments.domain.run_report import RunReport
from segments.models import Job, Video
from segments.models.job import JobKind, JobStatus
from segments.models.video import VideoUploadStatus

log = logging.getLogger(__name__)
HASH_BLOCK = 1 << 20


def prepare(run: jobs.Run, job: Job) -> None:
    """Make an upload a video: after this it can be analysed. Pictures that fail are left out, never fatal."""
    video = job.video
    jobs.set_deadline(run, 3600)
    with RunReport(run, RunProgress(["reading", "thumbnails"], 1.0)) as report:
        path = _claim_source(video, report)
        report(Progress("reading", 0.0, 1.0))
        facts = probe(path, filename=video.name, limits=settings.LIMITS)
        with jobs.held(run):
            Video.objects.filter(pk=video.pk).update(facts=asdict(facts))
        digest = _sha256(path, report)
        report(Progress("thumbnails", 0.0, 1.0))
        pictures = _pictures(video, path, facts)
        report(Progress("thumbnails", 1.0, 1.0))
        with jobs.held(run) as row:
            done = {"upload_status": VideoUploadStatus.COMPLETED, "sha256": digest, **pictures}
            Video.objects.filter(pk=video.pk).update(**done)
            jobs.finish(row)
            if facts.playback != "as_is":
                submission.convert(video)
            submission.wake(video)


def convert(run: jobs.Run, job: Job) -> None:
    """Make the copy for browsers. Analysis never waits for it."""
    video = job.video
    facts = videos.facts_of(video)
    jobs.set_deadline(run, 900 + 20 * facts.duration_seconds)
    storage.require_room(video.size_bytes)
    with RunReport(run, RunProgress(["converting"], facts.duration_seconds)) as report:
        out = storage.folder(video) / storage.RENDITION
        make_rendition(storage.source(video), out, facts, settings.LIMITS, report)
        with jobs.held(run) as row:
            Video.objects.filter(pk=video.pk).update(has_rendition=True)
            jobs.finish(row)


def settle_failure(job: Job, code: str, message: str) -> None:
    """A preparation that failed for good takes its video and the runs that wait for it along."""
    if job.kind in (JobKind.FETCH, JobKind.PREPARE) and job.status == JobStatus.FAILED:
        videos.mark_failed(job.video, code, message)


def _claim_source(video: Video, report: RunReport) -> Path:
    """Give the finished upload its final name. Running twice finds it already done."""
    path = storage.source(video)
    if storage.parts_folder(video).exists() and not path.exists():
        chunked_uploads.assemble(video, report)
    partial = path.with_name(storage.PARTIAL)
    if partial.exists():
        partial.rename(path)
        storage.sync_folder(path.parent)
    return path


def _sha256(path: Path, report: RunReport) -> str:
    digest = hashlib.sha256()
    size = max(1, path.stat().st_size)
    with path.open("rb") as file:
        read = 0
        while block := file.read(HASH_BLOCK):
            digest.update(block)
            read += len(block)
            report(Progress("reading", read, size))
    return digest.hexdigest()


def _pictures(video: Video, path: Path, facts: MediaFacts) -> dict[str, object]:
    made: dict[str, object] = {}
    try:
        make_poster(path, storage.folder(video) / storage.POSTER, facts, settings.LIMITS)
        made["has_poster"] = True
        made["sprite"] = asdict(make_sprite(path, storage.folder(video) / storage.SPRITE, facts, settings.LIMITS))
    except CuepointError as error:
        log.info("no pictures for %s: %s", video.uid, error)
    return made
