"""What modules found in a video, shown to whoever has the address."""

import secrets

from django.db import models

from segments.models.video import Video


def share_hash() -> str:
    """32 letters and digits that nobody guesses."""
    return secrets.token_hex(16)


class SharedReport(models.Model):
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="shared_reports")
    share_hash = models.CharField(max_length=32, unique=True, default=share_hash, editable=False)
    with_video = models.BooleanField(default=False)  # whoever has the address may play the film too
    is_active = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.video_id} {self.share_hash[:6]}…"
