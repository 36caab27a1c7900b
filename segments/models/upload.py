"""A resumable upload. The truth of its offset is this row, never the length of the file; of a chunk, its own row."""

import uuid

from django.db import models

from segments.models.video import Video


class Upload(models.Model):
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    video = models.OneToOneField(Video, on_delete=models.CASCADE, related_name="upload")
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    chunk_bytes = models.PositiveIntegerField(
        null=True
    )  # uploads in numbered chunks only; `offset` sums confirmed ones
    metadata = models.CharField(max_length=2000, blank=True)  # as sent, echoed by HEAD
    # one writer at a time; the lease outlives a killed process by seconds only
    writer = models.UUIDField(null=True)
    writer_until = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__gte=0, offset__lte=models.F("length")), name="upload_offset_inside"
            )
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.offset}/{self.length}"


class UploadChunk(models.Model):
    """One numbered part of an upload in chunks. Its bytes are in a file named by number and ETag."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveSmallIntegerField()  # from 1
    size = models.PositiveIntegerField()
    etag = models.CharField(max_length=32, blank=True)  # MD5 in hex; blank until bytes arrived
    retries = models.PositiveSmallIntegerField(default=0)
    stored_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="chunk_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.upload_id} #{self.number}"
