"""Shelves for videos, and what people write about a video."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from segments.core.errors import InvalidRequest, NotFound, Problem
from segments.models import Project, Video
from segments.models.video import VideoUploadStatus

NAME_LENGTH = 255
#: Videos that count: not deleted, and their bytes have arrived.
_THERE = Q(videos__deleted_at=None) & ~Q(
    videos__upload_status__in=(VideoUploadStatus.UPLOADING, VideoUploadStatus.ABORTED)
)


def create(user: AbstractBaseUser, *, name: str, description: str = "") -> Project:
    return Project.objects.create(owner_id=user.pk, name=_checked(name), description=description)


def change(project: Project, *, name: str | None = None, description: str | None = None) -> Project:
    """None leaves what is there."""
    if name is not None:
        project.name = _checked(name)
    if description is not None:
        project.description = description
    project.save()
    return project


def of(user: AbstractBaseUser, pk: int) -> Project:
    """The caller's project. Raises NotFound."""
    row = Project.objects.select_related("owner").filter(owner_id=user.pk, pk=pk).first()
    if row is None:
        raise NotFound("There is no project with this id. It may have been deleted.")
    return row


def projects_of(user: AbstractBaseUser) -> QuerySet[Project]:
    """The caller's projects, newest first, each with its `video_count`."""
    rows = Project.objects.filter(owner_id=user.pk).select_related("owner")
    return rows.annotate(video_count=Count("videos", filter=_THERE)).order_by("-created_at", "-pk")


def video_count(project: Project) -> int:
    return Project.objects.filter(pk=project.pk).aggregate(found=Count("videos", filter=_THERE))["found"] or 0


def remove(project: Project) -> None:
    """Its videos stay."""
    project.delete()


def put(video: Video, project: Project | None) -> None:
    """Put a video on a shelf, or on none."""
    Video.objects.filter(pk=video.pk).update(project=project)


def describe(video: Video, text: str) -> None:
    Video.objects.filter(pk=video.pk).update(description=text)


def _checked(name: str) -> str:
    if not name.strip() or len(name) > NAME_LENGTH:
        raise InvalidRequest([Problem("name", f"Give the project a name of 1 to {NAME_LENGTH} characters.")])
    return name.strip()
