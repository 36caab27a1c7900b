"""Analyses by modules: the latest per video, what they found, and how long the line is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from segments.models import Job, Segment, Video
from segments.models.job import JobKind, JobStatus


@dataclass(slots=True)
class AnalysisView:
    """What is known about the analyses of one video; `counts` are segments per module."""

    latest: Job | None = None
    was_completed: bool = False
    counts: dict[str, int] = field(default_factory=dict)


def analysis_views(videos: Sequence[Video]) -> dict[int, AnalysisView]:
    """Primary key of each video → its view; two queries for any number of videos."""
    views = {video.pk: AnalysisView() for video in videos}
    rows = Job.objects.filter(video__in=views, kind=JobKind.MODULES, deleted_at=None)
    for job in rows.order_by("queued_at", "pk"):
        view = views[job.video_id]
        view.latest = job
        view.was_completed = view.was_completed or job.status == JobStatus.COMPLETED
    found = Segment.objects.filter(job__video__in=views, job__kind=JobKind.MODULES)
    for video_pk, module, count in found.values_list("job__video", "module").annotate(Count("pk")):
        views[video_pk].counts[module] = count
    return views


def module_segments(video: Video, module: str) -> QuerySet[Segment]:
    """What this module found in its last completed run, in order of time."""
    rows = Segment.objects.filter(job__video=video, job__kind=JobKind.MODULES, module=module)
    return rows.select_related("job").order_by("ordinal")


def queue_position(job: Job) -> int:
    """How many runs will be taken before this one; 0 for the next and for those that began."""
    if job.status != JobStatus.PENDING:
        return 0
    before = Q(priority__lt=job.priority) | Q(priority=job.priority, queued_at__lt=job.queued_at)
    waiting = Job.objects.filter(before, status=JobStatus.PENDING, deleted_at=None)
    return waiting.filter(kind__in=(JobKind.SEGMENT, JobKind.MODULES)).count()
