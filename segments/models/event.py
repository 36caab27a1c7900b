"""One numbered line of a job's history. Numbers have no gaps, so a reader can prove that it missed nothing."""

from django.db import models

from segments.models.job import Job


class Event(models.Model):
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    payload = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "seq"], name="event_number_once")]
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.job_id} #{self.seq} {self.kind}"
