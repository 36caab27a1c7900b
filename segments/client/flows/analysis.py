"""Analysis jobs and scenes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..answers import VideoAnalysisJobStatus, VideoAnalysisQueueResult, VideoAnalysisRetryResult, VideoSceneList
from ..config import Config
from ..errors import VideoAnalysisError
from ..flow import Flow, Request
from .exchange import API, ask, exchange, segment
from .waiting import poll


def get_status(config: Config, analysis_job_id: str) -> Flow[VideoAnalysisJobStatus]:
    found = yield from ask(config, "GET", f"/video-analysis/jobs/{segment(analysis_job_id)}")
    return VideoAnalysisJobStatus.from_api_response(found)


def get_status_by_media(config: Config, media_id: str) -> Flow[VideoAnalysisJobStatus]:
    found = yield from ask(config, "GET", f"/video-analysis/status/{segment(media_id)}")
    return VideoAnalysisJobStatus.from_api_response(found)


def queue(config: Config, media_id: str, analysis_type: str, priority: str) -> Flow[VideoAnalysisQueueResult]:
    body = {"media_id": media_id, "analysis_type": analysis_type, "priority": priority}
    conflict = partial(_refused, media_id=media_id)
    found = yield from ask(config, "POST", "/video-analysis/queue", body, conflict=conflict)
    return VideoAnalysisQueueResult.from_api_response(found)


def retry(config: Config, analysis_job_id: str, media_id: str, reason: str | None) -> Flow[VideoAnalysisRetryResult]:
    body = {"media_id": media_id, "reason": reason}
    conflict = partial(_refused, media_id=media_id, analysis_job_id=analysis_job_id)
    path = f"/video-analysis/jobs/{segment(analysis_job_id)}/retry"
    found = yield from ask(config, "POST", path, body, conflict=conflict)
    return VideoAnalysisRetryResult.from_api_response(found)


def cancel(config: Config, analysis_job_id: str, reason: str | None) -> Flow[VideoAnalysisJobStatus]:
    path = f"/video-analysis/jobs/{segment(analysis_job_id)}/cancel"
    conflict = partial(_refused, analysis_job_id=analysis_job_id)
    found = yield from ask(config, "POST", path, {"reason": reason}, repeatable=True, conflict=conflict)
    return VideoAnalysisJobStatus.from_api_response(found)


def wait_for_completion(
    config: Config,
    analysis_job_id: str,
    timeout: float | None,
    on_progress: Callable[[VideoAnalysisJobStatus], object] | None,
) -> Flow[VideoAnalysisJobStatus]:
    """The completed job. Raises VideoAnalysisError for one that failed or was cancelled."""
    job = yield from poll(
        config,
        lambda: get_status(config, analysis_job_id),
        lambda status: status.is_terminal,
        timeout=timeout,
        on_progress=on_progress,
    )
    if not job.is_completed:
        message = job.error_message or f"The analysis ended: {job.status}."
        raise VideoAnalysisError(
            message,
            details={"status": job.status, "error_code": job.error_code},
            media_id=job.media_id,
            analysis_job_id=job.analysis_job_id,
        )
    return job


def list_scenes(config: Config, video_id: str) -> Flow[VideoSceneList]:
    found = yield from ask(config, "GET", f"/videos/{segment(video_id)}/scenes")
    return VideoSceneList.from_api_response(found)


def get_thumbnail(config: Config, scene_id: str) -> Flow[bytes]:
    answer = yield from exchange(config, Request("GET", f"{API}/video-scenes/{segment(scene_id)}/thumbnail"))
    return answer.content


def _refused(message: str, **facts: Any) -> VideoAnalysisError:
    return VideoAnalysisError(message, **facts)
