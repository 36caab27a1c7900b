"""Analysis jobs and scenes through both clients; numbers are those of the checks of video types, section 8."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest
from django.contrib.auth.models import User

from segments.client import (
    ClientTimeoutError,
    ResourceNotFoundError,
    ValidationError,
    VideoAnalysisError,
    VideoAnalysisJobStatus,
    VideoAnalysisProgressEvent,
)
from segments.core.media.facts import MediaLimits
from segments.domain import jobs, storage
from segments.models import Job, Video
from segments.models.job import JobPriority, JobStatus
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.api.videos.conftest import Speaker, analysed, aside, prepared


@pytest.fixture
def video(owner: User) -> Video:
    return factories.video(owner)


def queued(sdk: Speaker, video: Video, **options: Any) -> Any:
    return sdk("video_analysis.queue", str(video.uid), **options)


def row(queued: Any) -> Job:
    return Job.objects.get(uid=queued.analysis_job_id)


def refused(call: Any) -> str:
    with pytest.raises(VideoAnalysisError) as error:
        call()
    return str(error.value.details["server_code"])


def test_film_is_uploaded_analysed_and_shows_its_scenes(sdk: Speaker, silent_film: Path) -> None:
    result = sdk("video_uploads.upload_one", silent_film)
    assert (result.is_analyzing, sdk("video_scenes.list", result.media_id).items) == (True, [])
    prepared(result.media_id)
    states = analysed(result.media_id).modules
    assert (states.pop("transcription"), set(states.values())) == ("skipped", {"completed"})
    done = sdk("video_analysis.wait_for_completion", result.analysis_job_id)
    assert (done.is_completed, done.progress_percent, done.current_step, done.error_code) == (True, 100.0, None, None)
    assert done.started_at < done.completed_at
    found = sdk("video_scenes.list", result.media_id)
    assert (found.total_count, found.video_id, len(found)) == (len(found.items), result.media_id, found.total_count)
    spans = [(scene.start_time, scene.end_time) for scene in found]
    assert (spans[0][0], spans[-1][1]) == (0, 4)
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert found.items[-1].time_range_formatted.endswith("-00:00:04")
    assert found.items[0].description
    picture = cv2.imdecode(np.frombuffer(sdk("video_scenes.get_thumbnail", found.items[0].scene_id), np.uint8), 1)
    assert picture.shape == (180, 320, 3)
    record = sdk("files.get", result.media_id)
    assert (record.video_analysis_status, record.scene_count) == ("completed", found.total_count)
    assert sdk("files.get_processing_status", result.media_id).is_ready


def test_check_4_only_failed_and_cancelled_jobs_are_retried(sdk: Speaker, video: Video) -> None:
    started = queued(sdk, video)
    job, ids = row(started), (started.analysis_job_id, str(video.uid))
    assert refused(lambda: sdk("video_analysis.retry", *ids)) == "INVALID_STATE"
    for count in (1, 2, 3):
        if count == 2:
            sdk("video_analysis.cancel", ids[0])
        else:
            factories.failed(job, "media_decode_failed", "Broken.")
            failed = sdk("video_analysis.get_status", ids[0])
            assert (failed.is_failed, failed.error_code, failed.error_message) == (True, "MEDIA_UNREADABLE", "Broken.")
        again = sdk("video_analysis.retry", *ids, reason="once more")
        assert (again.analysis_job_id, again.status, again.retry_count) == (ids[0], "pending", count)
        status = sdk("video_analysis.get_status", ids[0])
        assert (status.error_code, status.error_message, status.started_at) == (None, None, None)
        assert (status.completed_at, status.progress_percent) == (None, 0.0)
        assert row(started).priority == JobPriority.HIGH
    factories.failed(job)
    assert refused(lambda: sdk("video_analysis.retry", *ids)) == "RETRY_LIMIT_EXCEEDED"
    with pytest.raises(ResourceNotFoundError):
        sdk("video_analysis.retry", ids[0], str(factories.video(video.owner).uid))


def test_check_5_queue_joins_what_runs_and_starts_anew_after_the_end(sdk: Speaker, video: Video) -> None:
    first = queued(sdk, video)
    assert queued(sdk, video, analysis_type="scene_detection").analysis_job_id == first.analysis_job_id
    factories.analysed(row(first))
    second = queued(sdk, video)
    assert second.analysis_job_id != first.analysis_job_id
    assert sdk("video_analysis.get_status_by_media", str(video.uid)).analysis_job_id == second.analysis_job_id


def test_older_job_is_not_retried_beside_a_newer_one(sdk: Speaker, video: Video) -> None:
    first = queued(sdk, video)
    sdk("video_analysis.cancel", first.analysis_job_id)
    queued(sdk, video)
    assert refused(lambda: sdk("video_analysis.retry", first.analysis_job_id, str(video.uid))) == "INVALID_STATE"


def test_check_8_cancelled_run_leaves_no_scene_and_can_be_retried(sdk: Speaker, video: Video) -> None:
    started = queued(sdk, video)
    run = factories.claimed(row(started))
    running = sdk("video_analysis.cancel", started.analysis_job_id, reason="wrong film")
    assert (running.status, running.is_terminal) == ("processing", False)
    with jobs.held(run) as job:
        jobs.confirm_cancel(job)
    repeated = sdk("video_analysis.cancel", started.analysis_job_id)
    assert (repeated.status, repeated.is_terminal, repeated.completed_at is None) == ("cancelled", True, False)
    assert sdk("video_scenes.list", str(video.uid)).items == []
    sdk("video_analysis.retry", started.analysis_job_id, str(video.uid))
    factories.analysed(row(started))
    assert len(sdk("video_scenes.list", str(video.uid))) == 2
    assert refused(lambda: sdk("video_analysis.cancel", started.analysis_job_id)) == "INVALID_STATE"


def test_cancelling_stops_a_real_run_at_its_next_report(sdk: Speaker, silent_film: Path) -> None:
    result = sdk("video_uploads.upload_one", silent_film)
    prepared(result.media_id)
    Job.objects.filter(uid=result.analysis_job_id).update(cancel_requested_at="2026-01-01T00:00:00Z")
    assert analysed(result.media_id).status == JobStatus.CANCELLED
    assert sdk("video_scenes.list", result.media_id).items == []


def test_scenes_stay_until_the_next_analysis_is_complete(sdk: Speaker, video: Video) -> None:
    factories.analysed(row(queued(sdk, video)))
    second = row(queued(sdk, video))
    before = sdk("video_scenes.list", str(video.uid))
    assert [scene.scene_index for scene in before] == [0, 1]
    factories.analysed(second, (0, 60))
    after = sdk("video_scenes.list", str(video.uid))
    assert [(scene.time_range_formatted, scene.tags) for scene in after] == [("00:00:00-00:01:00", ["calm"])]
    with pytest.raises(ResourceNotFoundError):
        sdk("video_scenes.get_thumbnail", before.items[0].scene_id)


def test_waiting_hears_every_state_and_raises_for_bad_ends(sdk: Speaker, video: Video) -> None:
    started = queued(sdk, video)
    heard: list[str] = []

    def look(status: VideoAnalysisJobStatus) -> None:
        heard.append(status.status)
        if len(heard) == 2:
            aside(lambda: factories.failed(row(started), "worker_lost", ""))

    with pytest.raises(VideoAnalysisError) as ended:
        sdk("video_analysis.wait_for_completion", started.analysis_job_id, on_progress=look)
    assert heard == ["pending", "pending", "failed"]
    assert (ended.value.details["status"], ended.value.details["error_code"]) == ("failed", "WORKER_LOST")
    assert sdk.settings["clock"].slept == [2, 3]


def test_upload_may_wait_for_its_analysis(sdk: Speaker, silent_film: Path) -> None:
    heard: list[str] = []

    def look(event: VideoAnalysisProgressEvent) -> None:
        heard.append(event.job_status.status)
        if len(heard) == 1:
            aside(lambda: (prepared(event.job_status.media_id), analysed(event.job_status.media_id)))

    result = sdk("video_uploads.upload_one", silent_film, wait_for_analysis=True, on_analysis_progress=look)
    assert heard == ["pending", "completed"]
    assert sdk("video_analysis.get_status", result.analysis_job_id).is_completed


def test_upload_that_waits_runs_out_of_time_with_the_film_kept(sdk: Speaker, silent_film: Path) -> None:
    with pytest.raises(ClientTimeoutError) as late:
        sdk("video_uploads.upload_one", silent_film, wait_for_analysis=True, analysis_timeout=3)
    assert (late.value.last_result.is_pending, sdk.settings["clock"].slept) == (True, [2, 1])
    assert sdk("files.get", late.value.last_result.media_id).video_analysis_status == "pending"


def test_waiting_runs_out_of_time(sdk: Speaker, video: Video) -> None:
    started = queued(sdk, video)
    with pytest.raises(ClientTimeoutError) as late:
        sdk("video_analysis.wait_for_completion", started.analysis_job_id, timeout=6)
    assert (late.value.last_result.is_pending, sdk.settings["clock"].slept) == (True, [2, 3, 1])


def test_queue_counts_who_is_before(sdk: Speaker, owner: User) -> None:
    films = [factories.video(owner) for _ in range(3)]
    positions = [queued(sdk, film).queue_position for film in films[:2]]
    assert [*positions, queued(sdk, films[2], priority="high").queue_position] == [0, 1, 0]
    status = sdk("video_analysis.get_status_by_media", str(films[0].uid))
    assert (status.is_pending, status.current_step, status.max_retries) == (True, "Waiting in queue", 3)


def test_running_job_names_its_step(sdk: Speaker, video: Video) -> None:
    job = row(queued(sdk, video))
    factories.claimed(job)
    Job.objects.filter(pk=job.pk).update(progress={"percent": 40.5, "stage": "resolving", "eta_seconds": 3.0})
    status = sdk("video_analysis.get_status", str(job.uid))
    assert (status.progress_percent, status.current_step) == (40.5, "Describing scenes")
    assert status.estimated_completion_time > status.started_at


def test_queue_refuses_what_cannot_be_analysed(sdk: Speaker, owner: User, video: Video) -> None:
    on_its_way = factories.video(owner, upload_status=VideoUploadStatus.PROCESSING)
    assert refused(lambda: queued(sdk, on_its_way)) == "INVALID_STATE"
    for wrong in ({"analysis_type": "nonsense"}, {"priority": "nonsense"}):
        with pytest.raises(ValidationError):
            queued(sdk, video, **wrong)
    with pytest.raises(ResourceNotFoundError):
        sdk("video_analysis.get_status_by_media", str(video.uid))


def test_transcript_of_a_film_without_subtitles_is_empty_and_leaves_scenes_alone(
    sdk: Speaker, silent_film: Path
) -> None:
    uid = sdk("video_uploads.upload_one", silent_film, analysis_type="scene_detection").media_id
    prepared(uid)
    assert analysed(uid).status == JobStatus.COMPLETED
    before = sdk("video_scenes.list", uid)
    queued = sdk("video_analysis.queue", uid, analysis_type="transcript")
    assert row(queued).request["modules"] == ["transcription"]
    assert analysed(uid).status == JobStatus.COMPLETED
    assert sdk("video_scenes.list", uid) == before
    assert sdk("files.get", uid).has_audio_transcript is False


def test_analysis_ends_with_a_film_that_is_none(sdk: Speaker, tmp_path: Path) -> None:
    text = tmp_path / "film.mp4"
    text.write_bytes(b"no film" * 100)
    result = sdk("files.upload", text)
    prepared(result.media_id)
    status = sdk("video_analysis.get_status", result.analysis_job_id)
    assert (status.is_failed, status.error_code) == (True, "MEDIA_UNREADABLE")
    assert refused(lambda: sdk("video_analysis.retry", result.analysis_job_id, result.media_id)) == "INVALID_STATE"


def test_film_that_is_too_long_is_told_apart(sdk: Speaker, silent_film: Path, settings: Any) -> None:
    settings.LIMITS = MediaLimits(max_duration=3.0)
    result = sdk("video_uploads.upload_one", silent_film)
    prepared(result.media_id)
    status = sdk("video_analysis.get_status", result.analysis_job_id)
    assert (status.is_failed, status.error_code, "Cut it shorter" in status.error_message) == (
        True,
        "DURATION_EXCEEDED",
        True,
    )


def test_worker_that_vanished_three_times_is_told(sdk: Speaker, video: Video) -> None:
    job = row(queued(sdk, video))
    for _ in range(jobs.MAX_CRASHES):
        with jobs.held(factories.claimed(job)) as running:
            jobs.expire(running)
    assert sdk("video_analysis.get_status", str(job.uid)).error_code == "WORKER_LOST"


def test_deleting_a_file_cancels_its_analysis(sdk: Speaker, video: Video) -> None:
    started = queued(sdk, video)
    sdk("files.delete", str(video.uid))
    assert row(started).status == JobStatus.CANCELLED
    with pytest.raises(ResourceNotFoundError):
        sdk("video_analysis.get_status", started.analysis_job_id)


def test_thumbnail_is_cached_and_missing_bytes_are_said(raw: httpx.Client, video: Video, silent_film: Path) -> None:
    scene = factories.analysed(factories.analysis(video, "scenes"), (0, 4)).segments.get()
    path = f"/video-scenes/{scene.uid}/thumbnail"
    assert raw.get(path).status_code == 404  # the bytes of this film are none
    storage.source(video).write_bytes(silent_film.read_bytes())
    answer = raw.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000"
    assert answer.headers["Content-Disposition"] == f'inline; filename="scene_{scene.uid}.jpg"'
    storage.source(video).unlink()
    assert raw.get(path).content == answer.content
