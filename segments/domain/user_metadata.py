"""What callers of the task API note about their assets: a flat object of plain values."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from segments.core.errors import InvalidRequest, Problem
from segments.models import Video

EXACT = 2**53  # integers beyond are not the same number in every client


def checked(value: object, path: str = "user_metadata") -> dict[str, Any]:
    """The object, as sent. Raises InvalidRequest for anything but text, numbers, booleans and lists of text."""
    if not isinstance(value, dict):
        raise InvalidRequest([Problem(path, f"{path} must be a JSON object.")])
    problems = [Problem(f"{path}.{key}", words) for key, each in value.items() if (words := _wrong(key, each))]
    if problems:
        raise InvalidRequest(problems)
    return value


def replace(video: Video, values: dict[str, Any]) -> None:
    """Keep these and nothing else; empty values are left out."""
    Video.objects.filter(pk=video.pk).update(user_metadata=filled(values))


def merge(video: Video, values: dict[str, Any]) -> None:
    """Add and overwrite these, drop those that are null; other empty values change nothing."""
    with transaction.atomic():
        row = Video.objects.select_for_update().get(pk=video.pk)
        kept = {key: each for key, each in (row.user_metadata or {}).items() if values.get(key, "") is not None}
        row.user_metadata = kept | filled(values)
        row.save(update_fields=["user_metadata", "updated_at"])


def filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in values.items() if each is not None and each not in ("", [])}


def _wrong(key: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > EXACT:
        return f"{key} is beyond 53 bits and would not arrive exactly. Send it as text."
    if value is None or isinstance(value, str | int | float | bool):
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ""
    return f"{key} must be text, a number, a boolean or a list of texts."
