"""Definitions that a person keeps under a name; the page lists them as "Mine"."""

import uuid

from django.conf import settings
from django.db import models


class SavedDefinitions(models.Model):
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_definitions")
    name = models.CharField(max_length=100)
    text = models.TextField()  # JSON as it was written, with its line breaks
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=models.Q(deleted_at=None), name="saved_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
