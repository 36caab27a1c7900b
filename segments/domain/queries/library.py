"""The Videos pages: the library, and one video with its modules and their tracks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from segments.core.evidence.model import Evidence
from segments.core.modules import registry
from segments.domain import access, evidence_store
from segments.domain.queries.analyses import AnalysisView, analysis_views, module_rows
from segments.domain.queries.videos import VideoView, video_view
from segments.models import Segment, Video
from segments.models.job import JobStatus, ModuleState

PAGE = 24
NOT_RUN = "none"
UNAVAILABLE = "unavailable"
STATE_WORDS = {
    NOT_RUN: "Not run yet",
    UNAVAILABLE: "Not available here",
    ModuleState.PENDING: "In line",
    ModuleState.RUNNING: "Running",
    ModuleState.COMPLETED: "Done",
    ModuleState.FAILED: "Failed",
    ModuleState.SKIPPED: "Nothing to look at",
}
#: Types of values that a track can show, as a definition would call them.
_TYPES: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
#: Tracks from the picture's large pieces down to what is concluded from them.
_ORDER = ("scene", "audio", "visual", "reasoning")
#: Names for programs: the number of a row, and where to fetch something.
_INSIDE = ("index", "scene_index", "thumbnail_url")


@dataclass(frozen=True, slots=True)
class LibraryRow:
    video: VideoView
    status: str  # of the latest analysis by modules
    module_count: int  # modules that found something


@dataclass(frozen=True, slots=True)
class LibraryView:
    rows: list[LibraryRow]
    page: int
    has_more: bool
    query: str


@dataclass(frozen=True, slots=True)
class ModuleView:
    name: str
    title: str
    description: str
    state: str
    count: int
    reason: str  # why it cannot run here

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class VideoPageView:
    video: VideoView
    modules: list[ModuleView]
    is_busy: bool
    can_cancel: bool
    percent: float | None
    step: str
    error: str
    version: str  # differs as soon as there are other segments to show

    @property
    def has_results(self) -> bool:
        return any(module.count for module in self.modules)


@dataclass(frozen=True, slots=True)
class TracksView:
    """What the result view needs of a video: the same names as a run has there."""

    video: VideoView
    title: str
    visual_url: str
    segment_count: int
    uid: str = ""  # no run: the address never names one


def library_view(user: AbstractBaseUser, *, query: str = "", page: int = 1) -> LibraryView:
    rows = access.videos_of(user).select_related("upload").order_by("-created_at", "-pk")
    if query:
        rows = rows.filter(name__icontains=query)
    shown = list(rows[: PAGE * page + 1])
    analyses = analysis_views(shown)
    views = [library_row(video, analyses[video.pk]) for video in shown[: PAGE * page]]
    return LibraryView(views, page, len(shown) > PAGE * page, query)


def library_row(video: Video, analysis: AnalysisView | None = None) -> LibraryRow:
    known = analysis or analysis_views([video])[video.pk]
    return LibraryRow(video_view(video), known.status, len(known.counts))


def video_page_view(video: Video) -> VideoPageView:
    analysis = analysis_views([video])[video.pk]
    job = analysis.counted
    busy = job is not None and not job.is_terminal
    progress: dict[str, Any] = (job.progress or {}) if job is not None and busy else {}
    modules = [_module(name, analysis) for name in _runnable()]
    return VideoPageView(
        video=video_view(video),
        modules=modules,
        is_busy=busy,
        can_cancel=busy and job is not None and job.cancel_requested_at is None,
        percent=progress.get("percent"),
        step=str(progress.get("words") or ("In line" if job and job.status == JobStatus.PENDING else "Starting")),
        error=analysis.error or "",
        version=" ".join(f"{module.name}:{module.state}:{module.count}" for module in modules),
    )


def tracks_view(video: Video) -> TracksView:
    count = module_rows(video).count()
    return TracksView(video_view(video), video.name, reverse("video_tracks", args=[video.uid]), count)


def tracks_json(video: Video) -> dict[str, object]:
    """The shape of a result's `visual.json`: a lane per module that found something, then what was read and heard."""
    view = video_view(video)
    by_module: dict[str, list[Segment]] = {}
    for row in module_rows(video):
        by_module.setdefault(row.module, []).append(row)
    lanes = [_module_lane(name, by_module[name]) for name in _runnable() if name in by_module]
    known = evidence_store.kept(video) if video.is_ready else None
    return {
        "task": "",
        "video": {
            "uid": view.uid,
            "name": view.name,
            "duration": view.duration,
            "url": view.playback_url,
            "mime_type": view.mime_type,
            "sprite": view.sprite,
        },
        "window": [0.0, view.duration or 0.0],
        "unreadable": [],
        "lanes": [*lanes, *(_evidence_lanes(known) if known else ())],
    }


def _runnable() -> list[str]:
    """Modules that look at a film themselves, in the order of their tracks."""
    kinds = {name: registry.load(name).group for name in registry.BUILT_IN}
    return sorted((name for name in kinds if kinds[name] in _ORDER), key=lambda name: _ORDER.index(kinds[name]))


def _module(name: str, analysis: AnalysisView) -> ModuleView:
    module = registry.load(name)
    problems = module.problems()
    count = analysis.counts.get(name, 0)
    state = (analysis.counted.modules if analysis.counted else {}).get(name)
    if state is None:
        state = ModuleState.COMPLETED if count else UNAVAILABLE if problems else NOT_RUN
    return ModuleView(name, module.title, module.description, state, count, " ".join(problems))


def _module_lane(name: str, rows: list[Segment]) -> dict[str, object]:
    module = registry.load(name)
    fields = _fields(rows)
    names = [field["name"] for field in fields]
    segments = [
        _segment(
            row.start_time,
            row.end_time,
            {each: row.content if each == "content" else row.metadata.get(each) for each in names},
            row.confidence,
        )
        for row in rows
    ]
    return {"id": module.title, "description": module.description, "fields": fields, "segments": segments}


def _fields(rows: Iterable[Segment]) -> list[dict[str, str]]:
    """`content`, then everything plain in the metadata of these rows, in the order in which it comes."""
    types: dict[str, str] = {"content": "string"}
    for row in rows:
        for name, value in row.metadata.items():
            kind = _TYPES.get(type(value))
            plain = kind is not None and not (kind == "array" and any(isinstance(each, dict | list) for each in value))
            if plain and name not in _INSIDE and not name.endswith("_id"):
                types.setdefault(name, "timestamp" if name.endswith("_time") else str(kind))
    return [{"name": name, "type": kind, "description": ""} for name, kind in types.items()]


def _evidence_lanes(evidence: Evidence) -> list[dict[str, object]]:
    lanes: list[dict[str, object]] = []
    if evidence.texts:
        segments = [
            _segment(each.start, each.end, {"text": each.text, "role": each.role}, each.confidence)
            for each in evidence.texts
        ]
        lanes.append(_lane("Text", "Writing on screen while it stands", ("text", "role"), segments))
    if evidence.sounds:
        segments = [
            _segment(
                each.start, each.end, {"kind": each.kind, "loudness": f"{each.loudness:.1f} LUFS"}, each.confidence
            )
            for each in evidence.sounds
        ]
        lanes.append(_lane("Sound", "Speech, music, noise and silence", ("kind", "loudness"), segments))
    return lanes


def _lane(title: str, description: str, names: tuple[str, ...], segments: list[dict[str, object]]) -> dict[str, object]:
    fields = [{"name": name, "type": "string", "description": ""} for name in names]
    return {"id": title, "description": description, "fields": fields, "segments": segments}


def _segment(start: float, end: float, metadata: dict[str, object], confidence: float | None) -> dict[str, object]:
    return {"start": start, "end": end, "metadata": metadata, "confidence": confidence, "reasons": {}}
