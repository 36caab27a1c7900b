"""A resumable upload. The truth of its offset is this row, never the length of the file."""

import uuid

from django.db import models

from segments.models.video import Video


class Upload(models.Model):
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    video = models.OneToOneField(Video, on_delete=models.CASCADE, related_name="upload")
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
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
