"""A run as pages, APIs and sockets show it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from segments.core.request import parse_run
from segments.domain.queries.videos import FailureView, VideoView, clock, failure_view, video_view
from segments.models import Event, Job
from segments.models.job import JobKind, JobStatus

#: The words of the page and its events for our states.
WIRE_STATUS = {
    JobStatus.PENDING: "pending",
    JobStatus.UPLOADING_TO_VLM: "processing",
    JobStatus.PROCESSING: "processing",
    JobStatus.COMPLETED: "ready",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "cancelled",
}
STATE_WORDS = {
    "waiting": "In line",
    "processing": "Running",
    "partial": "Done, in part",
    "done": "Done",
    "none-found": "Nothing found",
    "failed": "Failed",
    "cancelled": "Cancelled",
}
SETTINGS = (
    "start_time",
    "end_time",
    "min_segment_duration",
    "max_segment_duration",
    "temperature",
    "max_tokens",
    "custom_id",
    "engine",
)


@dataclass(frozen=True, slots=True)
class JobView:
    uid: str
    state: str  # waiting, processing, partial, done, none-found, failed, cancelled
    status: str
    title: str
    video: VideoView
    definitions: list[dict[str, object]]
    definitions_text: str
    settings: dict[str, object]
    position: int
    progress: dict[str, object] | None
    percent: float | None
    last_seq: int
    failure: FailureView | None
    warnings: list[str]
    unreadable: list[tuple[float, float]]
    segment_count: int
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    elapsed_seconds: float | None
    cancel_requested: bool
    generation: int
    window: tuple[float, float]

    @property
    def state_words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def elapsed_words(self) -> str:
        seconds = self.elapsed_seconds or 0.0
        return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60)} s"

    @property
    def visual_url(self) -> str:
        return reverse("job_visual", args=[self.uid])

    @property
    def window_words(self) -> str:
        return f"{clock(self.window[0])}–{clock(self.window[1])}"

    @property
    def unreadable_words(self) -> list[dict[str, object]]:
        return [{"start": start, "words": f"{clock(start)}–{clock(end)}"} for start, end in self.unreadable]


def job_view(job: Job) -> JobView:
    wire = job.request["response_format"]
    # lists bring the count along; a single row asks for it
    count = job.segment_count if hasattr(job, "segment_count") else job.segments.count()
    progress = job.progress
    settings = {name: job.request[name] for name in SETTINGS if job.request.get(name) is not None}
    if wire.get("segment_time_format"):
        settings["segment_time_format"] = wire["segment_time_format"]
    return JobView(
        uid=str(job.uid),
        state=_state(job, count),
        status=WIRE_STATUS[JobStatus(job.status)],
        title=job.title,
        video=video_view(job.video),
        definitions=wire["segment_definitions"],
        definitions_text=json.dumps(wire["segment_definitions"], indent=2, ensure_ascii=False),
        settings=settings,
        position=_position(job),
        progress=progress,
        percent=progress.get("percent") if progress else None,
        last_seq=job.last_seq,
        failure=failure_view(job.error_code, job.error_message, _details(job)),
        warnings=job.warnings,
        unreadable=[(start, end) for start, end in job.unreadable],
        segment_count=count,
        created_at=job.created_at,
        started_at=job.started_at,
        completed_at=job.completed_at,
        elapsed_seconds=_elapsed(job),
        cancel_requested=job.cancel_requested_at is not None,
        generation=job.generation,
        window=_window(job),
    )


def event_json(event: Event) -> dict[str, object]:
    payload = dict(event.payload)
    if event.kind == "state":
        payload["status"] = WIRE_STATUS[JobStatus(payload["status"])]
    return {"seq": event.seq, "kind": event.kind, "at": event.at.isoformat(), "payload": payload}


def events_after(job: Job, seq: int) -> dict[str, object]:
    """The job's history after line `seq`, in order and without gaps; the same answer for socket and polling."""
    lines = [event_json(event) for event in job.events.filter(seq__gt=seq)]
    last = lines[-1]["seq"] if lines else max(seq, 0)
    return {"events": lines, "last_seq": last}


def _window(job: Job) -> tuple[float, float]:
    duration = (job.video.facts or {}).get("duration_seconds", 0.0)
    span = parse_run(job.request, duration=None).window(duration)
    return span.start, span.end


def _state(job: Job, count: int) -> str:
    if job.status == JobStatus.COMPLETED:
        if job.unreadable:
            return "partial"
        return "done" if count else "none-found"
    return {"pending": "waiting"}.get(WIRE_STATUS[JobStatus(job.status)], WIRE_STATUS[JobStatus(job.status)])


def _position(job: Job) -> int:
    """How many runs will be taken before this one."""
    if job.status != JobStatus.PENDING:
        return 0
    waiting = Job.objects.filter(status=JobStatus.PENDING, kind=JobKind.SEGMENT, deleted_at=None)
    return waiting.filter(queued_at__lt=job.queued_at).count()


def _elapsed(job: Job) -> float | None:
    if job.started_at is None:
        return None
    return round(((job.completed_at or timezone.now()) - job.started_at).total_seconds(), 1)


def _details(job: Job) -> dict[str, object]:
    return {"run": str(job.uid), "at": job.completed_at.isoformat() if job.completed_at else None}
