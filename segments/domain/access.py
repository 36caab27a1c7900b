"""The only way to fetch a row for a caller. Unknown and not yours are the same answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from segments.core.errors import NotFound
from segments.models import Delivery, Job, SavedDefinitions, Segment, Upload, Video, WebhookEndpoint
from segments.models.job import TASKS, JobKind
from segments.models.video import VideoUploadStatus

OWNER_NAME = "owner"


def local_owner() -> User:
    """The one account of `local` and `token` mode, made at the first request. It has no password."""
    return User.objects.get_or_create(username=OWNER_NAME, defaults={"password": "!"})[0]


# a query of its own for each row of a page: joined, every count of a list would walk through all segments there are
_SEGMENTS = Coalesce(
    Subquery(Segment.objects.filter(job=OuterRef("pk")).order_by().values("job").annotate(n=Count("pk")).values("n")), 0
)


def videos_of(user: AbstractBaseUser) -> QuerySet[Video]:
    """The caller's videos, each with the `run_count` that people see."""
    runs = Count("jobs", filter=Q(jobs__kind=JobKind.SEGMENT, jobs__deleted_at=None))
    return Video.objects.filter(owner_id=user.pk, deleted_at=None).annotate(run_count=runs)


def jobs_of(user: AbstractBaseUser) -> QuerySet[Job]:
    """Runs that people see, newest first, each with its `segment_count`."""
    return (
        Job.objects.filter(owner_id=user.pk, kind=JobKind.SEGMENT, deleted_at=None)
        .select_related("video", "video__upload")
        .annotate(segment_count=_SEGMENTS)
        .order_by("-created_at", "-pk")
    )


def video_for(user: AbstractBaseUser, uid: str | UUID, *, deleted: bool = False) -> Video:
    """The caller's video; with `deleted` also one that can still be brought back."""
    rows = Video.objects.filter(owner_id=user.pk) if deleted else videos_of(user)
    found = rows.select_related("upload").filter(uid=as_uid(uid, "video")).first()
    if found is None:
        raise _missing("video")
    return found


def received_videos_of(user: AbstractBaseUser) -> QuerySet[Video]:
    """The caller's videos whose bytes have arrived, newest first."""
    arriving = (VideoUploadStatus.UPLOADING, VideoUploadStatus.ABORTED)
    return videos_of(user).exclude(upload_status__in=arriving).select_related("owner").order_by("-created_at", "-pk")


def received_video_for(user: AbstractBaseUser, uid: str | UUID) -> Video:
    found = received_videos_of(user).filter(uid=as_uid(uid, "video")).first()
    if found is None:
        raise _missing("video")
    return found


def job_for(user: AbstractBaseUser, uid: str | UUID, *, deleted: bool = False) -> Job:
    """The caller's run."""
    rows = Job.objects.filter(owner_id=user.pk, kind=JobKind.SEGMENT).select_related("video", "video__upload")
    found = rows.filter(uid=as_uid(uid, "run")).first()
    if found is None or (found.deleted_at and not deleted):
        raise _missing("run")
    return found


def saved_of(user: AbstractBaseUser) -> QuerySet[SavedDefinitions]:
    """The caller's own templates, by name."""
    return SavedDefinitions.objects.filter(owner_id=user.pk, deleted_at=None).order_by("name", "pk")


def saved_for(user: AbstractBaseUser, uid: str | UUID, *, deleted: bool = False) -> SavedDefinitions:
    rows = SavedDefinitions.objects.filter(owner_id=user.pk) if deleted else saved_of(user)
    found = rows.filter(uid=as_uid(uid, "template")).first()
    if found is None:
        raise _missing("template")
    return found


def analyses_of(user: AbstractBaseUser) -> QuerySet[Job]:
    """Analyses by modules of videos that are there, newest first."""
    rows = Job.objects.filter(owner_id=user.pk, kind=JobKind.MODULES, deleted_at=None, video__deleted_at=None)
    return rows.select_related("video").order_by("-queued_at", "-pk")


def analysis_for(user: AbstractBaseUser, uid: str | UUID) -> Job:
    """The caller's analysis by modules."""
    found = analyses_of(user).filter(uid=as_uid(uid, "analysis")).first()
    if found is None:
        raise _missing("analysis")
    return found


def module_segment_for(user: AbstractBaseUser, uid: str | UUID, *, module: str) -> Segment:
    """One segment that this module found in a video of the caller."""
    rows = Segment.objects.filter(job__in=analyses_of(user), module=module).select_related("job__video")
    found = rows.filter(uid=as_uid(uid, "segment")).first()
    if found is None:
        raise _missing("segment")
    return found


def asset_for(user: AbstractBaseUser, asset_id: str) -> Video:
    """The caller's video by its identifier in the task API."""
    found = videos_of(user).filter(asset_id=asset_id).first()
    if found is None:
        raise NotFound(f"There is no asset {asset_id[:64]!r} in assets.")
    return found


def tasks_of(user: AbstractBaseUser) -> QuerySet[Job]:
    """Runs of the task API, newest first: segmentations and answers to prompts."""
    rows = Job.objects.filter(owner_id=user.pk, kind__in=TASKS, is_sync=False, deleted_at=None)
    return rows.select_related("video").order_by("-created_at", "-pk")


def task_for(user: AbstractBaseUser, task_id: str) -> Job:
    """The caller's run by its identifier in the task API."""
    found = tasks_of(user).filter(task_id=task_id).first()
    if found is None:
        raise NotFound(f"There is no task {task_id[:64]!r} in tasks.")
    return found


def upload_for(user: AbstractBaseUser, uid: str | UUID) -> Upload:
    """The caller's tus upload."""
    return _found(_uploads_of(user).filter(chunk_bytes=None, uid=as_uid(uid, "upload")))


def chunked_upload_for(user: AbstractBaseUser, uid: str | UUID) -> Upload:
    """The caller's upload in numbered chunks."""
    return _found(_uploads_of(user).filter(chunk_bytes__isnull=False, uid=as_uid(uid, "upload")))


def open_chunked_uploads_of(user: AbstractBaseUser) -> QuerySet[Upload]:
    """The caller's uploads in numbered chunks that are still going on, newest first."""
    rows = _uploads_of(user).filter(chunk_bytes__isnull=False, video__upload_status=VideoUploadStatus.UPLOADING)
    return rows.order_by("-created_at", "-pk")


def endpoint_for(user: AbstractBaseUser, uid: str | UUID) -> WebhookEndpoint:
    """The caller's webhook endpoint."""
    found = WebhookEndpoint.objects.filter(owner_id=user.pk, uid=as_uid(uid, "endpoint")).first()
    if found is None:
        raise _missing("endpoint")
    return found


def delivery_for(user: AbstractBaseUser, uid: str | UUID) -> Delivery:
    """One delivery to an endpoint of the caller."""
    rows = Delivery.objects.select_related("endpoint").filter(endpoint__owner_id=user.pk)
    found = rows.filter(uid=as_uid(uid, "delivery")).first()
    if found is None:
        raise _missing("delivery")
    return found


def _uploads_of(user: AbstractBaseUser) -> QuerySet[Upload]:
    return Upload.objects.select_related("video").filter(video__owner_id=user.pk, video__deleted_at=None)


def _found(uploads: QuerySet[Upload]) -> Upload:
    found = uploads.first()
    if found is None:
        raise _missing("upload")
    return found


def as_uid(uid: str | UUID, thing: str) -> UUID:
    try:
        return uid if isinstance(uid, UUID) else UUID(uid)
    except ValueError:
        raise _missing(thing) from None


def _missing(thing: str) -> NotFound:
    return NotFound(f"There is no {thing} with this address. It may have been deleted.")
