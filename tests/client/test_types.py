"""Types of the client; numbers are those of the contract's checks (video types, section 8)."""

from __future__ import annotations

import dataclasses
import json
import random
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import pytest

from segments import client
from segments.client import (
    FileProcessingStatus,
    ValidationError,
    VideoAnalysisJobStatus,
    VideoAnalysisQueueResult,
    VideoAnalysisRetryResult,
    VideoAnalysisStatus,
    VideoChunkProgressEvent,
    VideoMetadata,
    VideoScene,
    VideoSceneList,
    VideoUploadResult,
    VideoUploadStatus,
)
from segments.client.wire import Wire
from segments.models.job import JobStatus
from segments.models.video import VideoUploadStatus as StoredStatus

TYPES = [getattr(client, name) for name in client.__all__ if dataclasses.is_dataclass(getattr(client, name))]
TYPES = [each for each in TYPES if issubclass(each, Wire)]
REQUIRED = {
    VideoMetadata: [],
    VideoAnalysisJobStatus: ["analysis_job_id", "media_id", "status"],
    VideoAnalysisQueueResult: ["analysis_job_id", "media_id"],
    VideoAnalysisRetryResult: ["analysis_job_id", "media_id"],
    VideoScene: ["scene_id"],
    VideoSceneList: [],
}


def test_check_1_enums_are_texts_of_five_and_six_members() -> None:
    uploads = ["uploading", "processing", "completed", "failed", "aborted"]
    analyses = ["pending", "uploading_to_vlm", "processing", "completed", "failed", "cancelled"]
    for kind, texts in ((VideoUploadStatus, uploads), (VideoAnalysisStatus, analyses)):
        assert list(kind) == texts
        assert json.loads(json.dumps(list(kind))) == texts
        assert (kind.__bases__, [member.name.lower() for member in kind]) == ((str, Enum), texts)


def test_check_1_server_and_client_know_the_same_states() -> None:
    assert list(VideoAnalysisStatus) == JobStatus.values
    assert list(VideoUploadStatus) == StoredStatus.values


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_check_2_types_are_frozen_and_slotted(kind: Any) -> None:
    assert (kind.__dataclass_params__.frozen, hasattr(kind, "__slots__")) == (True, True)
    assert issubclass(kind, Wire)


@pytest.mark.parametrize(("kind", "required"), REQUIRED.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_check_2_required_keys_are_those_of_the_table(kind: Any, required: list[str]) -> None:
    empty = (dataclasses.MISSING, dataclasses.MISSING)
    assert [f.name for f in dataclasses.fields(kind) if (f.default, f.default_factory) == empty] == required


def test_check_2_defaults_are_those_of_the_table() -> None:
    assert VideoAnalysisJobStatus("j", "m", "pending").to_dict() == {
        "analysis_job_id": "j",
        "media_id": "m",
        "status": "pending",
        "progress_percent": 0.0,
        "retry_count": 0,
        "max_retries": 3,
    }
    retry = VideoAnalysisRetryResult("j", "m")
    assert (retry.status, retry.retry_count, retry.max_retries, retry.message) == ("pending", 0, 3, None)
    assert VideoScene("s") == VideoScene("s", 0, 0.0, 0.0, None, None, [], None, None, None, None, None)
    assert VideoMetadata() == VideoMetadata(*[None] * 10)
    assert VideoSceneList() == VideoSceneList([], 0, None)


def test_check_2_properties_over_all_states() -> None:
    names = ("is_completed", "is_failed", "is_pending", "is_terminal")
    jobs = {status: VideoAnalysisJobStatus("j", "m", status) for status in VideoAnalysisStatus}
    true = {status.value: [name for name in names if getattr(job, name)] for status, job in jobs.items()}
    assert true == {
        "pending": ["is_pending"],
        "uploading_to_vlm": [],
        "processing": [],
        "completed": ["is_completed", "is_terminal"],
        "failed": ["is_failed", "is_terminal"],
        "cancelled": ["is_terminal"],
    }
    assert sum(len(found) for found in true.values()) == 24 - 18


def test_check_3_scenes_come_sorted_under_their_new_names() -> None:
    wire = [{"scene_id": f"s{n}", "scene_index": n} for n in range(5)]
    random.Random(1).shuffle(wire)
    found = VideoSceneList.from_api_response({"video_id": "v", "count": 5, "scenes": wire})
    assert ([scene.scene_id for scene in found], len(found)) == (["s0", "s1", "s2", "s3", "s4"], 5)
    assert (found.total_count, found.video_id) == (5, "v")
    assert VideoSceneList.from_api_response(found.to_dict()) == found


def test_times_become_aware_and_are_written_with_z() -> None:
    base = {"analysis_job_id": "j", "media_id": "m", "status": "failed"}
    for text in ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05", "2026-01-02T05:04:05+02:00"):
        job = VideoAnalysisJobStatus.from_api_response({**base, "started_at": text})
        assert job.started_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert job.to_dict()["started_at"] == "2026-01-02T03:04:05Z"
    local = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-5)))
    assert VideoScene("s", created_at=local).to_dict()["created_at"] == "2026-01-01T05:00:00Z"


def test_unknown_keys_and_nulls_do_no_harm() -> None:
    scene = VideoScene.from_api_response({"scene_id": "s", "tags": None, "novelty": 1, "start_time": 3})
    assert (scene, type(scene.start_time)) == (VideoScene("s", start_time=3.0), float)


def test_absent_values_are_written_on_request() -> None:
    assert VideoMetadata(width=3).to_dict() == {"width": 3}
    assert set(VideoMetadata().to_dict(exclude_none=False)) == {f.name for f in dataclasses.fields(VideoMetadata)}


def test_lists_are_copied() -> None:
    tags = ["a"]
    scene = VideoScene.from_api_response({"scene_id": "s", "tags": tags})
    tags.append("b")
    scene.to_dict()["tags"].append("c")
    assert scene.tags == ["a"]


@pytest.mark.parametrize(
    ("wire", "words"),
    [
        ({"media_id": "m", "status": "x"}, "analysis_job_id is missing"),
        ({"analysis_job_id": 1, "media_id": "m", "status": "x"}, "expected str, got int"),
        ({"analysis_job_id": "j", "media_id": "m", "status": "x", "retry_count": True}, "expected int, got bool"),
        ({"analysis_job_id": "j", "media_id": "m", "status": "x", "started_at": "soon"}, "not an ISO 8601 time"),
        ([], "expected a JSON object"),
    ],
)
def test_wrong_answers_are_refused_by_name(wire: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        VideoAnalysisJobStatus.from_api_response(wire)


@pytest.mark.parametrize(
    ("states", "terminal", "ready"),
    [
        ({"upload_status": "failed"}, True, False),
        ({"upload_status": "aborted"}, True, False),
        ({"upload_status": "processing"}, False, False),
        ({"upload_status": "completed"}, True, False),
        ({"upload_status": "completed", "video_analysis_status": "processing"}, False, False),
        ({"upload_status": "completed", "video_analysis_status": "completed"}, True, True),
        ({"upload_status": "completed", "video_analysis_status": "cancelled"}, True, False),
    ],
)
def test_processing_status_knows_when_it_is_over(states: dict[str, Any], terminal: bool, ready: bool) -> None:
    status = FileProcessingStatus("f", **states)
    assert (status.is_terminal, status.is_ready) == (terminal, ready)


def test_upload_result_and_progress_properties() -> None:
    assert VideoUploadResult("m", analysis_job_id="j", processing_status="queued").is_analyzing
    assert not VideoUploadResult("m", processing_status="queued").is_analyzing
    assert not VideoUploadResult("m", status="failed").is_completed
    assert VideoChunkProgressEvent(1, 4, 25, 100, "m", "f").progress_percent == 25.0
