"""One module's measures for one window of one video: checkpoint of a run and cache for the next."""

from django.db import models

from segments.models.video import Video


class Evidence(models.Model):
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="evidence")
    module = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    start = models.FloatField()
    end = models.FloatField()
    file_name = models.CharField(max_length=120)  # inside the video's evidence folder; named by content
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["video", "module", "version", "start", "end"], name="evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.module} v{self.version} {self.start:.0f}-{self.end:.0f}"
