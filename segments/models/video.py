"""A video: what was uploaded, what probing found, and the copies made from it."""

import uuid

from django.conf import settings
from django.db import models

from segments.models.ids import short_id
from segments.models.project import Project


class VideoUploadStatus(models.TextChoices):
    """The public words of the video types; `processing` is probing and preparation."""

    UPLOADING = "uploading"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    ABORTED = "aborted"


class Video(models.Model):
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    asset_id = models.CharField(max_length=24, unique=True, default=short_id, editable=False)  # in /v1.3
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="videos")
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    upload_status = models.CharField(max_length=16, choices=VideoUploadStatus, default=VideoUploadStatus.UPLOADING)
    # MediaFacts as JSON, null until probed; the ten public VideoMetadata names are among its keys
    facts = models.JSONField(null=True)
    method = models.CharField(
        max_length=12, default="direct"
    )  # how it came: direct, url, multipart; with a task: task_url, task_base64
    source_url = models.CharField(max_length=2048, blank=True)  # where method `url` loads it from
    wants_thumbnail = models.BooleanField(default=False)  # told to clients of the task API; the page always has one
    wants_hls = models.BooleanField(default=False)
    user_metadata = models.JSONField(null=True)
    title = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, related_name="videos")
    stored_as = models.CharField(max_length=255, blank=True)  # its name in the modules API, if it was put there
    tags = models.JSONField(default=list)  # texts, as sent
    subtitles = models.JSONField(null=True)  # added by people: file name, number of lines, end of the last one
    sprite = models.JSONField(null=True)
    has_poster = models.BooleanField(default=False)
    has_rendition = models.BooleanField(default=False)
    error_code = models.CharField(max_length=32, blank=True)
    error_message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)
    bytes_gone_at = models.DateTimeField(null=True)  # removed, but its finished runs are kept

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "stored_as"], condition=~models.Q(stored_as=""), name="stored_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        return self.upload_status == VideoUploadStatus.COMPLETED

    @property
    def is_lost(self) -> bool:
        """It will never be ready."""
        return self.upload_status in (VideoUploadStatus.FAILED, VideoUploadStatus.ABORTED)
