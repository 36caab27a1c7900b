"""Analyses by modules: the latest per video, what they found, and how long the line is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from segments.core.modules.custom_segments import CustomSegments
from segments.core.request import fields_json, parse_run
from segments.domain.failures import sentence
from segments.models import Job, Segment, Video
from segments.models.job import ANALYSES, JobKind, JobStatus


class VideoStatus(StrEnum):
    """What a video is in the modules API: it follows its latest analysis that is neither cancelled nor cleared."""

    UPLOADED = "uploaded"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


#: The status that a video has by the state of the run it follows.
JOB_STATUS = {
    JobStatus.PENDING: VideoStatus.QUEUED,
    JobStatus.UPLOADING_TO_VLM: VideoStatus.PROCESSING,
    JobStatus.PROCESSING: VideoStatus.PROCESSING,
    JobStatus.COMPLETED: VideoStatus.COMPLETED,
    JobStatus.FAILED: VideoStatus.FAILED,
}


@dataclass(slots=True)
class AnalysisView:
    """What is known about the analyses of one video.

    `counts` are segments per module as `module_rows` shows them, `settled` those of completed analyses. `counted` is
    the one that the video's status follows, `before` the one that it followed until `counted` was queued.
    """

    latest: Job | None = None
    was_completed: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)
    counted: Job | None = None
    before: Job | None = None

    @property
    def status(self) -> VideoStatus:
        return _status(self.counted)

    @property
    def status_if_cancelled(self) -> VideoStatus:
        """What the video falls back to when the analysis that waits or works is cancelled."""
        return self.status if self.counted is None or self.counted.is_terminal else _status(self.before)

    @property
    def error(self) -> str | None:
        """Why the analysis failed, or which of its modules did."""
        job = self.counted
        if job is None or not job.error_code:
            return None
        return job.error_message or sentence(job.error_code).text

    @property
    def seconds(self) -> float | None:
        """How long the last finished analysis took."""
        for job in (self.counted, self.before):
            if job is not None and job.is_terminal and job.completed_at and job.started_at:
                return round((job.completed_at - job.started_at).total_seconds(), 3)
        return None


def _status(job: Job | None) -> VideoStatus:
    return VideoStatus.UPLOADED if job is None else JOB_STATUS[JobStatus(job.status)]


def analysis_views(videos: Sequence[Video]) -> dict[int, AnalysisView]:
    """Primary key of each video → its view; two queries for any number of videos."""
    views = {video.pk: AnalysisView() for video in videos}
    rows = Job.objects.filter(video__in=views, kind=JobKind.MODULES, deleted_at=None)
    for job in rows.order_by("queued_at", "pk"):
        view = views[job.video_id]
        view.latest = job
        view.was_completed = view.was_completed or job.status == JobStatus.COMPLETED
        if job.status != JobStatus.CANCELLED and job.cleared_at is None:
            view.counted, view.before = job, view.counted
    found = Segment.objects.filter(job__video__in=views, job__kind=JobKind.MODULES)
    for video_pk, module, status, count in found.values_list("job__video", "module", "job__status").annotate(
        Count("pk")
    ):
        view = views[video_pk]
        if status == JobStatus.COMPLETED:
            view.settled[module] = count
            view.counts.setdefault(module, count)
        else:  # done in the analysis that runs
            view.counts[module] = count
    return views


def module_rows(video: Video, *modules: str) -> QuerySet[Segment]:
    """What modules found in a video, all of them when none is named: ordered by start, end and number.

    A module that is done in the running analysis shows what it found there, every other what its last completed run
    found.
    """
    return rows_of([video], *modules).order_by("start_time", "end_time", "pk")


def rows_of(videos: Iterable[Video], *modules: str) -> QuerySet[Segment]:
    """The same for several videos, in no order."""
    rows = Segment.objects.filter(job__video__in=[video.pk for video in videos], job__kind=JobKind.MODULES)
    return _newest(rows.filter(module__in=modules) if modules else rows)


def settled_rows(video: Video, module: str) -> QuerySet[Segment]:
    """What this module found in its last completed run, in order of time, whatever runs now."""
    rows = Segment.objects.filter(job__video=video, job__kind=JobKind.MODULES, job__status=JobStatus.COMPLETED)
    return rows.filter(module=module).select_related("job").order_by("ordinal")


def custom_rows(video: Video) -> list[Segment]:
    """What the finished segmentations of a video found, as the module `custom_segments` shows it, in the same order.

    The rows are not to be saved: `content` and `metadata` are those of the view.
    """
    runs = Job.objects.filter(video=video, kind=JobKind.SEGMENT, status=JobStatus.COMPLETED, deleted_at=None)
    rows = [row for job in runs for row in _custom(job)]
    return sorted(rows, key=lambda row: (row.start_time, row.end_time, row.pk))


def _custom(job: Job) -> list[Segment]:
    request = parse_run(job.request, duration=None)
    definitions = {definition.id: definition for definition in request.definitions}
    rows = list(job.segments.select_related("job"))
    for row in rows:
        definition = definitions[row.definition_id]
        row.module = CustomSegments.name
        row.content = definition.description
        row.metadata = {
            "task_id": job.task_id,
            "definition_id": definition.id,
            "fields": fields_json(definition, row.metadata, request.time_format),
        }
    return rows


def queue_position(job: Job) -> int:
    """How many runs will be taken before this one; 0 for the next and for those that began."""
    if job.status != JobStatus.PENDING:
        return 0
    before = Q(priority__lt=job.priority) | Q(priority=job.priority, queued_at__lt=job.queued_at)
    waiting = Job.objects.filter(before, status=JobStatus.PENDING, deleted_at=None)
    return waiting.filter(kind__in=ANALYSES).count()


def _newest(rows: QuerySet[Segment]) -> QuerySet[Segment]:
    """Rows of which no later queued analysis of the same video has any of the same module; one statement."""
    queued = OuterRef("job__queued_at")
    after = Q(queued_at__gt=queued) | Q(queued_at=queued, pk__gt=OuterRef("job_id"))
    later = Job.objects.filter(after, video=OuterRef("job__video"), kind=JobKind.MODULES)
    return rows.filter(~Exists(later.filter(segments__module=OuterRef("module"))))
