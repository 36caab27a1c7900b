"""The sample films that come with Cuepoint: imported for a person when first used, run with their own definitions."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from segments.core.errors import NotFound
from segments.domain import access, storage, submission
from segments.models import Job, Video
from segments.models.job import RUNNING, JobStatus
from segments.models.video import VideoUploadStatus

ALIVE = (JobStatus.PENDING, *RUNNING, JobStatus.COMPLETED)


@dataclass(frozen=True, slots=True)
class Example:
    """`definitions` is wire JSON; `path` the film on disk."""

    name: str
    title: str
    line: str
    definitions: list[dict[str, Any]]
    path: Path

    @property
    def body(self) -> dict[str, object]:
        return {"response_format": {"type": "segment_definitions", "segment_definitions": self.definitions}}


@cache
def examples() -> tuple[Example, ...]:
    """All samples, by name. Read once: they come with the program."""
    folder = Path(settings.BASE_DIR) / "static" / "samples"
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def example(name: str) -> Example:
    found = next((each for each in examples() if each.name == name), None)
    if found is None:
        raise NotFound("There is no example with this name.")
    return found


def video(user: AbstractBaseUser, name: str) -> Video:
    """The person's own copy of a sample film, made at the first call."""
    film = example(name)
    existing = access.videos_of(user).filter(name=film.path.name, size_bytes=film.path.stat().st_size).first()
    return existing or _import(user, film)


def welcome(user: AbstractBaseUser) -> None:
    """Put the sample films into an empty library; one that was emptied by its owner stays empty."""
    if not Video.objects.filter(owner_id=user.pk).exists():
        for film in examples():
            _import(user, film)


def run(user: AbstractBaseUser, name: str) -> Job:
    """Start this example, or give the run of it that is finished or under way."""
    own = video(user, name)
    return known_run(own, name) or submission.submit(user, video=own, body=example(name).body)


def known_run(own: Video, name: str) -> Job | None:
    """The newest run of this example on the person's copy that is finished, or else one that is under way."""
    body = example(name).body
    rows = [job for job in access.jobs_of(own.owner).filter(video=own, status__in=ALIVE) if job.request == body]
    return next((job for job in rows if job.status == JobStatus.COMPLETED), rows[0] if rows else None)


def _import(user: AbstractBaseUser, film: Example) -> Video:
    size = film.path.stat().st_size
    storage.require_room(size)
    own = Video(owner_id=user.pk, name=film.path.name, size_bytes=size, upload_status=VideoUploadStatus.PROCESSING)
    _copy(film.path, storage.source(own))
    with transaction.atomic():
        own.save()
        submission.prepare(own)
    return own


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:  # another file system
        shutil.copyfile(path, target)


def _read(path: Path) -> Example:
    facts = json.loads(path.read_text())
    return Example(facts["name"], facts["title"], facts["line"], facts["definitions"], path.with_name(facts["video"]))
