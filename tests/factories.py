"""Rows for tests, made by the verbs that make them in life wherever there is one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from segments.core.engines.base import EngineResult
from segments.core.media.facts import MediaFacts
from segments.core.modules.base import ModuleSegment
from segments.core.timeline import Segment
from segments.domain import jobs, module_runs, results, storage, submission, uploads
from segments.models import Job, Upload, Video
from segments.models.job import JobKind, JobPriority, JobStatus
from segments.models.video import VideoUploadStatus

SHOT: dict[str, Any] = {
    "id": "shot",
    "description": "One uninterrupted camera take.",
    "fields": [{"name": "summary", "type": "string", "description": "What happens"}],
}
NOWHERE = UUID("00000000-0000-4000-8000-000000000000")


def body(*definitions: dict[str, Any], **settings: object) -> dict[str, object]:
    """A run request; one definition of shots when none is given."""
    wire = {"type": "segment_definitions", "segment_definitions": list(definitions or (SHOT,))}
    return {"response_format": wire, **settings}


def user(name: str = "anna") -> User:
    return User.objects.create_user(name, password=f"password of {name}")


def facts(duration: float = 60.0, **values: object) -> MediaFacts:
    plain: dict[str, Any] = {
        "duration_seconds": duration,
        "resolution": "640x360",
        "width": 640,
        "height": 360,
        "frame_rate": 25.0,
        "video_codec": "h264",
        "audio_codec": "aac",
        "bitrate_kbps": 500,
        "file_size_bytes": 1000,
        "format_name": "mp4",
        "mime_type": "video/mp4",
    }
    return MediaFacts(**{**plain, **values})


def video(owner: User, *, name: str = "film.mp4", content: bytes = b"film" * 250, **values: Any) -> Video:
    """A video that can be analysed; its bytes are on the disk."""
    known = {"facts": asdict(facts()), "upload_status": VideoUploadStatus.COMPLETED, "size_bytes": len(content)}
    row = Video.objects.create(owner=owner, name=name, **{**known, **values})
    storage.write_durably(storage.source(row), content)
    return row


def upload(owner: User, *, length: int = 1000, name: str = "film.mp4") -> Upload:
    return uploads.create(owner, name=name, length=length)


def uploaded(owner: User, *, content: bytes = b"film" * 250, name: str = "film.mp4") -> Video:
    """A video right after its last byte: the preparation waits."""
    opened = upload(owner, length=len(content), name=name)
    return uploads.append(opened, offset=0, body=[content]).video


def preparation(video: Video) -> Job:
    return video.jobs.get(kind=JobKind.PREPARE)


def job(video: Video, *definitions: dict[str, Any], key: str = "", **settings: object) -> Job:
    """A run that waits."""
    request = body(*definitions, **settings)
    return submission.submit(video.owner, video=video, body=request, idempotency_key=key)


def claimed(waiting: Job) -> jobs.Run:
    run = jobs.claim(waiting.uid)
    assert run is not None, f"{waiting} could not be claimed"
    return run


def found(*spans: tuple[float, float], definition: str = "shot") -> EngineResult:
    return EngineResult(tuple(Segment(definition, start, end, {"summary": None}, 0.5) for start, end in spans))


def completed(waiting: Job, *spans: tuple[float, float]) -> Job:
    """The run went through, with these segments."""
    results.commit(claimed(waiting), found(*(spans or ((0, 30), (30, 60)))), unreadable=())
    waiting.refresh_from_db()
    return waiting


def failed(waiting: Job, code: str = "internal", message: str = "") -> Job:
    with jobs.held(claimed(waiting)) as row:
        jobs.fail(row, code, message)
    waiting.refresh_from_db()
    return waiting


def analysis(video: Video, *modules: str) -> Job:
    """An analysis by modules that waits."""
    return submission.analyse(video, modules=modules or ("shots", "scenes"), request={}, priority=JobPriority.NORMAL)


def analysed(waiting: Job, *scenes: tuple[float, float]) -> Job:
    """The analysis went through: these scenes, and one segment over all of them for every other module."""
    run = begun(waiting)
    for name in waiting.modules:
        told(run, name, *(scenes if name == "scenes" else ()))
    module_runs.complete(run)
    waiting.refresh_from_db()
    return waiting


def begun(waiting: Job) -> jobs.Run:
    """An analysis that a worker took; none of its modules is done yet."""
    run = claimed(waiting)
    module_runs.begin(run)
    return run


def told(run: jobs.Run, module: str, *spans: tuple[float, float]) -> None:
    """One module of a running analysis is done, with these segments."""
    edges = spans or (((0, 30), (30, 60)) if module == "scenes" else ((0, 60),))
    found = [
        ModuleSegment(start, end, f"A piece of {module}.", {"index": n}, ("calm",))
        for n, (start, end) in enumerate(edges)
    ]
    module_runs.store(run, module, found)


def in_state(video: Video, status: str) -> Job:
    """A run of this video that is in the given state."""
    row = job(video)
    if status == JobStatus.PROCESSING:
        claimed(row)
    elif status == JobStatus.COMPLETED:
        completed(row)
    elif status == JobStatus.FAILED:
        failed(row)
    elif status == JobStatus.CANCELLED:
        jobs.cancel(row)
    row.refresh_from_db()
    return row
