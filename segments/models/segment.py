"""One labelled stretch found by a run.

All rows of a segmentation appear in the transaction that completes it, those of a module in the one that ends it.
"""

import uuid

from django.db import models

from segments.models.job import Job


class Segment(models.Model):
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="segments")
    definition_id = models.CharField(max_length=64, blank=True)
    module = models.CharField(max_length=64, blank=True)  # of `modules` runs, which have no definitions
    ordinal = models.PositiveIntegerField()
    start_time = models.FloatField()
    end_time = models.FloatField()
    metadata = models.JSONField(default=dict)
    confidence = models.FloatField(null=True)
    reasons = models.JSONField(default=dict)
    content = models.TextField(blank=True)  # of modules: the same for people
    tags = models.JSONField(default=list)
    visible_text = models.TextField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "module", "definition_id", "ordinal"], name="segment_once"),
            models.CheckConstraint(
                condition=models.Q(start_time__gte=0, end_time__gte=models.F("start_time")), name="segment_forward"
            ),
        ]
        indexes = [models.Index(fields=["job", "definition_id", "start_time"])]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.start_time:.1f}-{self.end_time:.1f}"
