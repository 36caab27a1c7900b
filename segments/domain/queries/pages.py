"""What each page needs, in one frozen value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, Q, QuerySet

from segments.core.definition import LIMITS, TIME_FORMATS
from segments.core.errors import NotFound
from segments.core.presets import PRESETS
from segments.core.request import DEFAULTS
from segments.domain import access, engine_config, examples
from segments.domain.queries.jobs import JobView, job_view
from segments.domain.queries.videos import VideoView, video_view
from segments.models import Job
from segments.models.job import RUNNING, JobStatus

PAGE = 24
VIEWS = ("visual", "json", "history", "examples")
HISTORY_STATES: dict[str, tuple[str, ...]] = {
    "running": (JobStatus.PENDING, *RUNNING),
    "done": (JobStatus.COMPLETED,),
    "failed": (JobStatus.FAILED,),
    "cancelled": (JobStatus.CANCELLED,),
}


@dataclass(frozen=True, slots=True)
class PresetView:
    name: str
    title: str
    hint: str
    definitions_text: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A sample film of the Examples tab; poster and length are known once it is in the person's library.

    `done` says that a finished run of it opens at once.
    """

    name: str
    title: str
    line: str
    video: VideoView | None
    done: bool


@dataclass(frozen=True, slots=True)
class PageView:
    video: VideoView | None
    job: JobView | None
    view: str
    presets: list[PresetView]
    preset_name: str
    definitions_text: str
    settings: dict[str, object]
    defaults: dict[str, object]
    engines: list[dict[str, object]]
    limits: dict[str, Any]
    running_count: int
    finished_at: datetime | None
    recent: list[JobView]
    examples: list[ExampleView]
    notices: list[str]
    time_formats: tuple[str, ...] = TIME_FORMATS

    @property
    def examples_busy(self) -> bool:
        """Some sample film is still being looked at, after the first start: look again soon."""
        return any(each.video is not None and each.video.state == "checking" for each in self.examples)

    @property
    def has_mine(self) -> bool:
        return any(each.mine for each in self.presets)

    @property
    def presets_data(self) -> list[dict[str, str]]:
        return [{"name": each.name, "title": each.title, "text": each.definitions_text} for each in self.presets]

    @property
    def form_data(self) -> dict[str, Any]:
        """What the form's script compares with: the run that is shown, and the defaults."""
        return {
            "defaults": self.defaults,
            "settings": self.settings,
            "definitions": self.definitions_text,
            "preset": self.preset_name,
            "video": self.video.uid if self.video else "",
        }


@dataclass(frozen=True, slots=True)
class HistoryView:
    jobs: list[JobView]
    page: int
    has_more: bool
    query: str
    state: str
    video: str


@dataclass(frozen=True, slots=True)
class PickerView:
    videos: list[VideoView]
    page: int
    has_more: bool
    query: str
    chosen: str
    limits: dict[str, Any]

    @property
    def busy(self) -> bool:
        """Some video is still on its way: look again soon."""
        return any(video.state in ("uploading", "checking") for video in self.videos)


def page_view(user: AbstractBaseUser, *, video_uid: str = "", job_uid: str = "", view: str = "") -> PageView:
    """The whole Segment page for an address; parts that cannot be found are left out with a notice."""
    notices: list[str] = []
    job = _job(user, job_uid, notices)
    video = _video(user, video_uid, notices) if video_uid else (job.video if job else None)
    presets = [*preset_views(), *_saved_views(user)]
    text = job.definitions_text if job else presets[0].definitions_text
    running = access.jobs_of(user).filter(status__in=HISTORY_STATES["running"])
    return PageView(
        video=video,
        job=job,
        view=view if view in VIEWS else "visual",
        presets=presets,
        preset_name=_preset_name(presets, text),
        definitions_text=text,
        settings=job.settings if job else {},
        defaults=DEFAULTS,
        engines=engine_config.choices(),
        limits={**media_limits(), **LIMITS},
        running_count=running.count(),
        finished_at=access.jobs_of(user).aggregate(last=Max("completed_at"))["last"],
        recent=[job_view(row) for row in access.jobs_of(user)[:3]],
        examples=_examples(user),
        notices=notices,
    )


def _examples(user: AbstractBaseUser) -> list[ExampleView]:
    own = {video.name: video for video in access.videos_of(user)} if examples.examples() else {}
    views = []
    for film in examples.examples():
        video = own.get(film.path.name)
        run = examples.known_run(video, film.name) if video else None
        done = run is not None and run.status == JobStatus.COMPLETED
        views.append(ExampleView(film.name, film.title, film.line, video_view(video) if video else None, done))
    return views


def preset_views() -> list[PresetView]:
    return [
        PresetView(p.name, p.title, p.hint, json.dumps(p.definitions, indent=2, ensure_ascii=False)) for p in PRESETS
    ]


def _saved_views(user: AbstractBaseUser) -> list[PresetView]:
    """The person's own templates; their names in the list cannot meet those of ours."""
    return [PresetView(f"mine:{row.uid}", row.name, "", row.text, mine=True) for row in access.saved_of(user)]


def media_limits() -> dict[str, Any]:
    limits = settings.LIMITS
    return {
        "max_bytes": limits.max_bytes,
        "min_duration": limits.min_duration,
        "max_duration": limits.max_duration,
        "min_side": limits.min_side,
        "max_side": limits.max_side,
        "max_hours": f"{limits.max_duration / 3600:g}",
        "part_bytes": settings.UPLOAD_PART_BYTES,
    }


def picker_view(user: AbstractBaseUser, *, query: str = "", page: int = 1, chosen: str = "") -> PickerView:
    rows = access.videos_of(user).select_related("upload").order_by("-created_at")
    if query:
        rows = rows.filter(name__icontains=query)
    shown = list(rows[: PAGE * page + 1])
    videos = [video_view(video) for video in shown[: PAGE * page]]
    return PickerView(videos, page, len(shown) > PAGE * page, query, chosen, media_limits())


def history_view(
    user: AbstractBaseUser, *, query: str = "", state: str = "", video_uid: str = "", page: int = 1
) -> HistoryView:
    rows = _filtered(access.jobs_of(user), query, state, video_uid)
    shown = list(rows[: PAGE * page + 1])
    views = [job_view(job) for job in shown[: PAGE * page]]
    return HistoryView(views, page, len(shown) > PAGE * page, query, state, video_uid)


def _filtered(rows: QuerySet[Job], query: str, state: str, video_uid: str) -> QuerySet[Job]:
    if query:
        rows = rows.filter(Q(video__name__icontains=query) | Q(title__icontains=query))
    if state in HISTORY_STATES:
        rows = rows.filter(status__in=HISTORY_STATES[state])
    return rows.filter(video__uid=access.as_uid(video_uid, "video")) if video_uid else rows


def _job(user: AbstractBaseUser, uid: str, notices: list[str]) -> JobView | None:
    try:
        return job_view(access.job_for(user, uid)) if uid else None
    except NotFound:
        notices.append("The run in this address is not here. It may have been deleted.")
        return None


def _video(user: AbstractBaseUser, uid: str, notices: list[str]) -> VideoView | None:
    try:
        return video_view(access.video_for(user, uid))
    except NotFound:
        notices.append("The video in this address is not here. It may have been deleted.")
        return None


def _preset_name(presets: list[PresetView], text: str) -> str:
    return next((preset.name for preset in presets if preset.definitions_text == text), "")
