"""What sockets tell: the numbered lines of one run, or how the modules of a video go on, whichever run they are in.

A feed remembers what it has told; `news` reads the rows and gives what is new, so a lost nudge loses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from segments.domain import events
from segments.domain.queries.analyses import JOB_STATUS
from segments.domain.queries.jobs import events_after
from segments.domain.queries.module_results import processing_json, segments_json
from segments.models import Event, Job, Video
from segments.models.job import JobKind, JobStatus, ModuleState

Message = dict[str, Any]
#: At most four progress messages a second.
PROGRESS_SECONDS = 0.25
BATCH = 50


class Feed(Protocol):
    #: The channel group that says when to look.
    group: str

    def news(self, *, first: bool = False) -> list[Message]:
        """What was not told yet, in order; the first answer is never empty."""
        ...


class RunFeed:
    """The lines of one run after number `after`, as the page follows them."""

    def __init__(self, job: Job, after: int) -> None:
        self.group = events.group_name(job.uid)
        self._job, self._seen = job, after

    def news(self, *, first: bool = False) -> list[Message]:
        news = events_after(self._job, self._seen)
        if not news["events"] and not first:
            return []
        self._seen = int(str(news["last_seq"]))
        return [news]


class VideoFeed:
    """`status`, `progress`, `module` and `segments` of the contract, from now on and over all runs to come."""

    def __init__(self, video: Video) -> None:
        self.group = events.video_group_name(video.uid)
        self._video = video
        self._seen: dict[int, int] = {}  # number of the last line per run
        self._status = ""
        self._best: tuple[tuple[int, int], float] = ((0, 0), 0.0)  # run and attempt, progress told
        self._told_at = float("-inf")

    def news(self, *, first: bool = False) -> list[Message]:
        if first:
            self._seen = dict(self._runs().values_list("pk", "last_seq"))
        messages = [message for job, lines in self._lines() for message in self._messages(job, lines)]
        current = processing_json(self._video)
        if first or current["status"] != self._status:
            messages.append(self._status_message(current))
        return messages

    def _runs(self) -> Any:
        return Job.objects.filter(video=self._video, kind=JobKind.MODULES).order_by("queued_at", "pk")

    def _lines(self) -> Iterator[tuple[Job, list[Event]]]:
        for job in self._runs():
            known = self._seen.get(job.pk, 0)
            lines = list(job.events.filter(seq__gt=known)) if job.last_seq > known else []
            if lines:
                self._seen[job.pk] = lines[-1].seq
                yield job, lines

    def _messages(self, job: Job, lines: Sequence[Event]) -> Iterator[Message]:
        last_progress = max((line.seq for line in lines if line.kind == "progress"), default=0)
        for line in lines:
            if line.kind == "state":
                yield from self._state(job, line)
            elif line.kind == "module":
                yield from self._module(job, line)
            elif line.seq == last_progress:
                yield from self._progress(job, line)

    def _state(self, job: Job, line: Event) -> Iterator[Message]:
        """The status of that moment; a cancelled run says nothing of its own, the video falls back."""
        status = JobStatus(line.payload["status"])
        if status != JobStatus.CANCELLED and job.deleted_at is None:
            told = {**processing_json(self._video), "status": JOB_STATUS[status].value}
            if told["status"] != self._status:
                yield self._status_message(told)

    def _status_message(self, told: Message) -> Message:
        self._status = told["status"]
        return {"type": "status", **told}

    def _module(self, job: Job, line: Event) -> Iterator[Message]:
        name, state = line.payload["module"], line.payload["state"]
        uid = str(self._video.uid)
        yield {"type": "module", "job_id": uid, **line.payload}
        if state == ModuleState.COMPLETED:
            found = segments_json(
                job.segments.filter(module=name).order_by("start_time", "end_time", "pk"), self._video
            )
            for start in range(0, len(found), BATCH):
                yield {"type": "segments", "job_id": uid, "module": name, "segments": found[start : start + BATCH]}

    def _progress(self, job: Job, line: Event) -> Iterator[Message]:
        run, best = self._best
        here = (job.pk, job.generation)
        percent = max(float(line.payload.get("percent") or 0.0), best if run == here else 0.0)
        now = time.monotonic()
        if now - self._told_at < PROGRESS_SECONDS:
            return
        self._told_at, self._best = now, (here, percent)
        running = [name for name, state in job.modules.items() if state == ModuleState.RUNNING]
        yield {
            "type": "progress",
            "job_id": str(self._video.uid),
            "progress": percent,
            "current_step": line.payload.get("words"),
            "module": running[0] if len(running) == 1 else None,  # the film is looked through once for all of them
        }
