"""How runs come to be, and how people remove them and bring them back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from segments.core.definition import definitions_to_json
from segments.core.errors import EngineUnavailable, IdempotencyConflict, InvalidRequest, InvalidState, Problem, TooMany
from segments.core.general import parse_general
from segments.core.presets import PRESETS
from segments.core.request import RunRequest, parse_run
from segments.domain import announce, engine_config, events, jobs
from segments.models import IdempotencyKey, Job, Video
from segments.models.job import ANALYSES, TERMINAL, JobKind, JobPriority, ModuleState

ROUTE = "segment"


def submit(
    user: AbstractBaseUser,
    *,
    video: Video,
    body: Mapping[str, object],
    idempotency_key: str = "",
    max_window: float | None = None,
    source: object = None,
    is_sync: bool = False,
) -> Job:
    """Write a run and announce it. It waits by itself while its video is still on the way.

    Raises InvalidRequest with every problem, InvalidState for a video that cannot be used, TooMany, and
    IdempotencyConflict for a known key with another body. A known key with the same body gives the first run.
    With `is_sync` somebody waits for it: it goes first, and is nobody's task.
    `source` is what stands for the video when keys are compared, for one that came with the request.
    """
    digest = _digest(source or video.uid.hex, body)
    known = _known(user, idempotency_key, digest)
    if known is not None:
        return known
    kind, title = _understood(video, body, max_window)
    priority = JobPriority.HIGH if is_sync else JobPriority.NORMAL
    try:
        with transaction.atomic():
            known = _known(user, idempotency_key, digest)
            if known is not None:
                return known
            _require_room(video)
            job = _enqueue(video, kind, request=dict(body), title=title, priority=priority, is_sync=is_sync)
            if idempotency_key:
                _remember(job, idempotency_key, digest)
            return job
    except IntegrityError:
        # the same key was written by a parallel request between our look and our insert
        known = _known(user, idempotency_key, digest)
        if known is None:
            raise
        return known


def repeated(user: AbstractBaseUser, *, source: object, body: Mapping[str, object], idempotency_key: str) -> Job | None:
    """The run that this key made before, so that no video is stored for it twice. Raises IdempotencyConflict."""
    return _known(user, idempotency_key, _digest(source, body))


def fetch(video: Video) -> Job:
    """Queue loading a video from its address. The caller is in a transaction."""
    return _enqueue(video, JobKind.FETCH)


def again(job: Job) -> Job:
    """A new run of the same request; the old one stays."""
    return submit(job.owner, video=job.video, body=job.request)


def prepare(video: Video) -> Job:
    """Queue probing and preparation of an upload that is complete. The caller is in a transaction."""
    return _enqueue(video, JobKind.PREPARE)


def convert(video: Video) -> Job:
    """Queue a copy that browsers can play."""
    return _enqueue(video, JobKind.RENDITION)


def wake(video: Video) -> None:
    """Announce the runs that waited for this video."""
    for job in video.jobs.filter(kind__in=ANALYSES, status="pending", deleted_at=None):
        announce.job(job)


def analyse(video: Video, *, modules: Sequence[str], request: Mapping[str, object], priority: int) -> Job:
    """Queue these modules for a video, or give the analysis that waits or runs already.

    It waits by itself while its video is still on the way; a video that is lost is refused with InvalidState.
    """
    with transaction.atomic():
        row = Video.objects.select_for_update().get(pk=video.pk)
        if row.is_lost or row.deleted_at:
            raise InvalidState("This video cannot be analysed. Upload it again.")
        known = jobs.open_modules_job(row)
        if known is not None:
            return known
        _require_room(row)
        return _enqueue(
            row,
            JobKind.MODULES,
            request={**request, "modules": list(modules)},
            modules=dict.fromkeys(modules, ModuleState.PENDING.value),
            title=", ".join(modules)[:200],
            priority=priority,
        )


def remove(job: Job) -> None:
    """Hide a run from its owner, stopping it when it works. It can be brought back until it is purged."""
    with suppress(InvalidState):  # it is over already
        jobs.cancel(job)
    Job.objects.filter(pk=job.pk).update(deleted_at=timezone.now())


def restore(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(deleted_at=None)


def _understood(video: Video, body: Mapping[str, object], max_window: float | None) -> tuple[JobKind, str]:
    """What kind of run a body asks for, and its title. Raises InvalidRequest, InvalidState."""
    if body.get("analysis_mode") == "general":
        asked = parse_general(body, duration=_duration(video), max_window=max_window)
        _require_usable(video)
        return JobKind.TEXT, asked.prompt[:200]
    request = parse_run(body, duration=_duration(video), max_window=max_window)
    _require_usable(video)
    _require_engine(request)
    return JobKind.SEGMENT, _title(request)


def _require_usable(video: Video) -> None:
    if video.is_lost:
        reason = video.error_message or "Its upload was stopped."
        raise InvalidState(f"This video cannot be analysed. {reason} Choose another video.")


def _require_engine(request: RunRequest) -> None:
    try:
        missing = engine_config.engine(request.engine).problems()
    except EngineUnavailable as error:
        missing = [error.message]
    if missing:
        raise InvalidRequest([Problem("engine", missing[0])])


def _require_room(video: Video) -> None:
    active = Job.objects.filter(owner_id=video.owner_id, kind__in=ANALYSES).exclude(status__in=TERMINAL).count()
    if active >= settings.MAX_ACTIVE_JOBS:
        raise TooMany(f"{active} runs are waiting or working already. Wait for one to finish, or cancel one.")


def _remember(job: Job, key: str, digest: str) -> None:
    IdempotencyKey.objects.create(owner_id=job.owner_id, route=ROUTE, key=key, body_sha256=digest, job=job)


def _enqueue(video: Video, kind: JobKind, **values: object) -> Job:
    now = timezone.now()
    job = Job.objects.create(owner_id=video.owner_id, video=video, kind=kind, run_after=now, queued_at=now, **values)
    events.append(job, "state", {"status": job.status, "generation": 1})
    announce.job(job)
    return job


def _known(user: AbstractBaseUser, key: str, digest: str) -> Job | None:
    if not key:
        return None
    row = IdempotencyKey.objects.select_related("job").filter(owner_id=user.pk, route=ROUTE, key=key).first()
    if row is None:
        return None
    if row.body_sha256 != digest:
        raise IdempotencyConflict("This idempotency key was used for another request. Use a new key.")
    return row.job


def _digest(source: object, body: Mapping[str, object]) -> str:
    canonical = json.dumps([source, body], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _duration(video: Video) -> float | None:
    return video.facts["duration_seconds"] if video.facts else None


def _title(request: RunRequest) -> str:
    """The preset's title when the definitions are exactly a preset's, else the definition ids."""
    wire = definitions_to_json(request.definitions)
    for preset in PRESETS:
        if preset.definitions == wire:
            return preset.title
    return ", ".join(definition.id for definition in request.definitions)[:200]
