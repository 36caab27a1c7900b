"""A shared report as the page shows it, and the addresses that the owner of a video has given out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from segments.core.modules import registry
from segments.domain import links, videos
from segments.domain.queries.analyses import module_rows
from segments.domain.queries.videos import clock
from segments.models import Segment, SharedReport, Video

#: A longer list is closed when the page opens.
OPEN_ROWS = 60
#: What people want to read first comes first.
_ORDER = ("reasoning", "scene", "audio", "visual", "custom")


@dataclass(frozen=True, slots=True)
class FoundRow:
    start: float
    words: str  # the time
    content: str


@dataclass(frozen=True, slots=True)
class FoundModule:
    title: str
    description: str
    rows: list[FoundRow]
    group: str

    @property
    def is_open(self) -> bool:
        return len(self.rows) <= OPEN_ROWS and self.group != "visual"


@dataclass(frozen=True, slots=True)
class SharedReportView:
    title: str
    description: str
    length: str  # "" before it is known
    created_at: datetime
    expires_at: datetime | None
    json_url: str
    video_url: str  # "" unless the film may be played
    modules: list[FoundModule]


@dataclass(frozen=True, slots=True)
class ShareView:
    """One address, for its owner."""

    number: int
    address: str
    with_video: bool
    is_over: bool
    expires_at: datetime | None
    created_at: datetime


def shared_report_view(report: SharedReport) -> SharedReportView:
    video = report.video
    duration = (video.facts or {}).get("duration_seconds")
    playable = report.with_video and videos.playable_name(video)
    return SharedReportView(
        title=video.title or video.name,
        description=video.description,
        length=clock(duration) if duration else "",
        created_at=report.created_at,
        expires_at=report.expires_at,
        json_url=f"/api/shared-reports/{report.share_hash}",
        video_url=reverse("shared_video", args=[report.share_hash]) if playable else "",
        modules=_modules(video),
    )


def share_views(video: Video, *, root: str) -> list[ShareView]:
    """Newest first; `root` is the address at which the owner reaches us."""
    now = timezone.now()
    return [
        ShareView(
            row.pk,
            links.absolute(root, reverse("shared_report", args=[row.share_hash])),
            row.with_video,
            not row.is_active or (row.expires_at is not None and row.expires_at <= now),
            row.expires_at,
            row.created_at,
        )
        for row in video.shared_reports.order_by("-created_at", "-pk")
    ]


def _modules(video: Video) -> list[FoundModule]:
    groups: dict[str, list[FoundRow]] = {}
    for row in module_rows(video):
        groups.setdefault(row.module, []).append(_row(row))
    modules = sorted((registry.load(name) for name in groups), key=lambda module: _ORDER.index(module.group))
    return [FoundModule(module.title, module.description, groups[module.name], module.group) for module in modules]


def _row(row: Segment) -> FoundRow:
    return FoundRow(row.start_time, f"{_moment(row.start_time)}–{_moment(row.end_time)}", row.content)


def _moment(seconds: float) -> str:
    """m:ss.t, or h:mm:ss.t from an hour on."""
    tenths = round(seconds * 10)
    return f"{clock(tenths // 10)}.{tenths % 10}"
