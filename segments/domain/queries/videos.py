"""A video as pages and APIs show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from segments.domain.failures import TELLING, sentence
from segments.models import Video
from segments.models.job import JobKind, JobStatus
from segments.models.video import VideoUploadStatus

#: The ten names of the public VideoMetadata, in its order.
METADATA = (
    "duration_seconds",
    "resolution",
    "width",
    "height",
    "frame_rate",
    "video_codec",
    "audio_codec",
    "bitrate_kbps",
    "file_size_bytes",
    "format_name",
)
STATES = {
    VideoUploadStatus.UPLOADING: "uploading",
    VideoUploadStatus.PROCESSING: "checking",
    VideoUploadStatus.COMPLETED: "ready",
    VideoUploadStatus.FAILED: "failed",
    VideoUploadStatus.ABORTED: "aborted",
}


@dataclass(frozen=True, slots=True)
class FailureView:
    code: str
    sentence: str
    action: str
    action_kind: str
    details: dict[str, object] = field(default_factory=dict)

    @property
    def details_text(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self.details.items())


@dataclass(frozen=True, slots=True)
class VideoView:
    uid: str
    name: str
    state: str  # uploading, checking, ready, failed, aborted
    percent: float | None  # of the upload
    duration: float | None
    size_bytes: int
    width: int | None
    height: int | None
    metadata: dict[str, object]
    failure: FailureView | None
    poster_url: str | None
    playback_url: str | None
    playback_note: str
    mime_type: str
    sprite: dict[str, object] | None
    subtitles: dict[str, Any] | None  # name, lines, last; only those that were added
    created_at: datetime
    run_count: int  # known in lists only

    @property
    def length_words(self) -> str:
        return clock(self.duration or 0.0)


def clock(seconds: float) -> str:
    """m:ss, or h:mm:ss from an hour on."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def failure_view(code: str, message: str, details: dict[str, object]) -> FailureView | None:
    """The sentence for a code; the message joins it where it names a value that helps."""
    if not code:
        return None
    known = sentence(code)
    text = message if code in TELLING and message else known.text
    return FailureView(code, text, known.action, known.kind, {"code": code, "message": message, **details})


def video_view(video: Video) -> VideoView:
    facts: dict[str, Any] = video.facts or {}
    uid = str(video.uid)
    url, note, mime = _playback(video, facts)
    return VideoView(
        uid=uid,
        name=video.name,
        state=STATES[VideoUploadStatus(video.upload_status)],
        percent=_percent(video),
        duration=facts.get("duration_seconds"),
        size_bytes=video.size_bytes,
        width=facts.get("width"),
        height=facts.get("height"),
        metadata={name: facts.get(name) for name in METADATA},
        failure=failure_view(video.error_code, video.error_message, {"video": uid}),
        poster_url=reverse("video_poster", args=[uid]) if video.has_poster else None,
        playback_url=url,
        playback_note=note,
        mime_type=mime,
        sprite={"url": reverse("video_sprite", args=[uid]), **video.sprite} if video.sprite else None,
        subtitles=video.subtitles,
        created_at=video.created_at,
        run_count=getattr(video, "run_count", 0),
    )


def _percent(video: Video) -> float | None:
    if video.upload_status != VideoUploadStatus.UPLOADING or not hasattr(video, "upload"):
        return None
    return round(100 * video.upload.offset / video.upload.length, 1)


def _playback(video: Video, facts: dict[str, Any]) -> tuple[str | None, str, str]:
    """Where the player gets its bytes, what to say when it cannot, and the type of those bytes."""
    if not facts:
        return None, "", ""
    if facts["playback"] == "as_is":
        return reverse("video_source", args=[video.uid]), "", facts["mime_type"]
    if video.has_rendition:
        return reverse("video_playable", args=[video.uid]), "", "video/mp4"
    job = video.jobs.filter(kind=JobKind.RENDITION).first()
    if job is not None and job.status in (JobStatus.FAILED, JobStatus.CANCELLED):
        return None, "This browser cannot show this format, and making a copy failed. The analysis is not affected.", ""
    percent = (job.progress or {}).get("percent") if job else None
    done = f" {percent:.0f} % done." if percent else ""
    return None, f"A copy that browsers can play is being made.{done} The analysis does not wait for it.", ""
