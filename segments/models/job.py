"""A run. The public word is task. Only `segments.domain.jobs` assigns `status`."""

import uuid

from django.conf import settings
from django.db import models

from segments.models.ids import short_id
from segments.models.video import Video


class JobStatus(models.TextChoices):
    """VideoAnalysisStatus: one vocabulary inside, each contract translates at its edge."""

    PENDING = "pending"
    UPLOADING_TO_VLM = "uploading_to_vlm"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


RUNNING = (JobStatus.PROCESSING, JobStatus.UPLOADING_TO_VLM)
TERMINAL = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)


class JobKind(models.TextChoices):
    """`fetch` loads a film by address, `prepare` probes it, `rendition` converts it; the others analyse it."""

    FETCH = "fetch"
    PREPARE = "prepare"
    RENDITION = "rendition"
    SEGMENT = "segment"
    MODULES = "modules"
    TEXT = "text"  # a prompt is answered


#: Kinds that analyse: they wait until their video is checked, and end when it never will be.
ANALYSES = (JobKind.SEGMENT, JobKind.MODULES, JobKind.TEXT)
#: Kinds that callers of the task API start; their results outlive the bytes of the video.
TASKS = (JobKind.SEGMENT, JobKind.TEXT)


class ModuleState(models.TextChoices):
    """How far one module of a run is. `running` from the start: the film is looked through once for all of them."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"


class JobPriority(models.IntegerChoices):
    """The broker's steps: lower goes first."""

    HIGH = 0
    NORMAL = 3
    LOW = 6


class Job(models.Model):
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    task_id = models.CharField(max_length=24, unique=True, default=short_id, editable=False)  # in /v1.3
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs")
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=16, choices=JobKind)
    status = models.CharField(max_length=20, choices=JobStatus, default=JobStatus.PENDING)
    title = models.CharField(max_length=200, blank=True)
    request = models.JSONField(default=dict)  # the validated body, kept as sent
    priority = models.PositiveSmallIntegerField(choices=JobPriority, default=JobPriority.NORMAL)

    modules = models.JSONField(default=dict)  # of `modules` runs: name → ModuleState, of those asked for
    cleared_at = models.DateTimeField(null=True)  # its segments were removed by their owner; it counts as not done

    # --- who runs it
    fence = models.PositiveIntegerField(default=0)  # rises with each claim; every write of a run checks it
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=120, blank=True)
    run_after = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # automatic retries of transient errors
    crashes = models.PositiveSmallIntegerField(default=0)  # leases that ended without a word
    retry_count = models.PositiveSmallIntegerField(default=0)  # retries asked for by a person
    generation = models.PositiveSmallIntegerField(default=1)
    cancel_requested_at = models.DateTimeField(null=True)
    release_requested_at = models.DateTimeField(null=True)

    # --- what it tells
    last_seq = models.PositiveIntegerField(default=0)
    progress = models.JSONField(null=True)
    warnings = models.JSONField(default=list)
    unreadable = models.JSONField(default=list)  # [[start, end]] seconds that could not be decoded
    answer = models.TextField(blank=True)  # of `text` runs
    is_sync = models.BooleanField(default=False)  # somebody waits for it in one call; it is nobody's task
    error_code = models.CharField(max_length=32, blank=True)
    error_message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "lease_until"]),
            models.Index(fields=["owner", "kind", "-created_at"]),
            models.Index(fields=["video", "kind", "-queued_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["video", "kind"],
                condition=models.Q(kind__in=["fetch", "prepare", "rendition"]),
                name="one_preparation_per_video",
            ),
            models.UniqueConstraint(
                fields=["video"],
                condition=models.Q(kind="modules", status__in=["pending", "uploading_to_vlm", "processing"]),
                name="one_open_modules_job_per_video",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid} {self.status}"

    @property
    def is_terminal(self) -> bool:
        return self.status in TERMINAL
