"""Segments of modules through both clients; the server speaks the modules API for them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.contrib.auth.models import User

from segments.client import ConflictError, ResourceNotFoundError, ValidationError
from segments.models import Video
from tests import factories
from tests.api.videos.conftest import Speaker


@pytest.fixture
def video(owner: User) -> Video:
    video = factories.video(owner, name="match day.mp4")
    factories.analysed(factories.analysis(video, "shots", "scenes"), (0, 20), (20, 60))
    return video


def test_segments_are_listed_by_module_and_together(sdk: Speaker, video: Video) -> None:
    scenes = sdk("segments.list", str(video.uid), module="scenes")
    assert [(each.module, each.start_time, each.end_time) for each in scenes] == [("scenes", 0, 20), ("scenes", 20, 60)]
    assert scenes[0].metadata["scene_id"] == sdk("video_scenes.list", str(video.uid)).items[0].scene_id
    assert {each.module for each in sdk("segments.list", str(video.uid))} == {"shots", "scenes"}
    assert (scenes[0].job_id, scenes[0].created_at.tzinfo is None) == (str(video.uid), False)


def test_results_and_downloads_hold_the_same_segments(sdk: Speaker, video: Video) -> None:
    uid = str(video.uid)
    ids = [each.id for each in sdk("segments.list", uid, module="scenes")]
    results = sdk("segments.results", uid)
    assert (results["status"], [each["id"] for each in results["scenes"]]) == ("completed", ids)
    report = json.loads(sdk("segments.download", uid))
    assert (report["total_segments"], [each["id"] for each in report["modules"]["scenes"]]) == (3, ids)
    table = sdk("segments.download", uid, module="scenes", format="csv").decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == ids


def test_clearing_empties_every_surface_and_keeps_the_job(sdk: Speaker, video: Video) -> None:
    uid = str(video.uid)
    assert sdk("segments.clear", uid)["ok"]
    assert (sdk("segments.list", uid), sdk("video_scenes.list", uid).items) == ([], [])
    assert sdk("video_analysis.get_status_by_media", uid).is_completed
    sdk("video_analysis.queue", uid)
    with pytest.raises(ConflictError):
        sdk("segments.clear", uid)


def test_refusals_of_the_modules_api_have_their_classes(sdk: Speaker, video: Video) -> None:
    with pytest.raises(ValidationError) as unknown:
        sdk("segments.list", str(video.uid), module="nonsense")
    assert unknown.value.details["server_code"] == "unknown_module"
    with pytest.raises(ResourceNotFoundError):
        sdk("segments.results", str(factories.NOWHERE))
