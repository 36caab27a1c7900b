"""A key for programs. The secret is kept as a hash: 32 random bytes need no slow one."""

from django.conf import settings
from django.db import models


class ApiKey(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=20)  # shown in lists, enough to recognise a key
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # requests in the minute that began then; counted only while a limit is set
    minute = models.DateTimeField(null=True)
    minute_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.prefix}…"
