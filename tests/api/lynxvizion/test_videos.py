"""Videos, processing and keys of the modules API: shapes, states, refusals."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.domain import access, api_keys, projects
from segments.models import ApiKey, Video
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.api.lynxvizion.conftest import Caller
from tests.views.conftest import with_token

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def test_video_has_the_shape_of_the_contract(api: Caller, film: Video) -> None:
    video = api.get(f"/videos/{film.uid}")
    assert list(video) == [
        *("id", "user_id", "job_id", "project_id", "name", "description", "status", "selected_insights", "duration"),
        *("file_size", "processing_time", "storage_path", "created_at", "updated_at"),
    ]
    assert (video["id"], video["job_id"], video["status"]) == (str(film.pk), str(film.uid), "uploaded")
    assert TIME.fullmatch(video["created_at"])


def test_segment_has_the_shape_of_the_contract(api: Caller, analysed: Video) -> None:
    segments = {each["module"]: each for each in api.get(f"/videos/{analysed.uid}/segments")}
    shot, scene, line = segments["shots"], segments["scenes"], segments["transcription"]
    assert list(shot) == ["id", "job_id", "module", "content", "start_time", "end_time", "metadata", "created_at"]
    assert (shot["job_id"], shot["id"].isdecimal()) == (str(analysed.uid), True)
    assert shot["metadata"]["thumbnail_url"] == f"/api/videos/{analysed.uid}/thumbnails/{shot['id']}.jpg"
    assert {"scene_id", "thumbnail_url"} <= scene["metadata"].keys()
    assert "thumbnail_url" not in line["metadata"]
    assert TIME.fullmatch(shot["created_at"])


def test_segments_of_one_module_and_of_a_window(api: Caller, analysed: Video) -> None:
    def found(query: str) -> list[tuple[str, float]]:
        path = f"/videos/{analysed.uid}/segments{query}"
        return [(each["module"], each["start_time"]) for each in api.get(path)]

    assert found("?module=scenes") == [("scenes", 0.0), ("scenes", 30.0)]
    assert found("?module=scenes&start=30") == [("scenes", 30.0)]
    assert found("?module=scenes&end=30") == [("scenes", 0.0)]
    assert len(found("?module=")) == 5
    for query, code in (("?module=nope", "unknown_module"), ("?start=soon", "invalid_request")):
        answer = api("GET", f"/videos/{analysed.uid}/segments{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_custom_segments_are_shown_when_asked_for_by_name_only(api: Caller, film: Video) -> None:
    job = factories.completed(factories.job(film), (0, 10))
    assert api.get(f"/videos/{film.uid}/segments") == []
    assert "custom_segments" not in api.get(f"/aggregated_results/{film.uid}")["modules"]
    (custom,) = api.get(f"/videos/{film.uid}/segments?module=custom_segments")
    assert (custom["module"], custom["content"]) == ("custom_segments", factories.SHOT["description"])
    expected = {"task_id": job.task_id, "definition_id": "shot", "fields": {"summary": None}}
    assert custom["metadata"] == expected
    api("DELETE", f"/videos/{film.uid}/segments")
    assert len(api.get(f"/download/report/{film.uid}?module=custom_segments")["segments"]) == 1


def test_combined_report_is_a_file_of_everything(api: Caller, analysed: Video, film: Video) -> None:
    answer = api("GET", f"/download/combined-report/{analysed.uid}")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == f'attachment; filename="{analysed.uid}_combined_report.json"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    report = answer.json()
    assert {**report, **api.get(f"/aggregated_results/{analysed.uid}")} == report
    assert report["selected_insights"] == ["transcription", "shots", "grouped_shots", "scenes"]
    assert answer.content.decode().startswith('{\n  "job_id"')


def test_library_is_filtered_and_shows_no_upload_on_its_way(api: Caller, owner: User, film: Video) -> None:
    factories.upload(owner)
    shelf = projects.create(owner, name="Season")
    shelved = factories.video(owner, name="b.mp4", project=shelf)
    factories.analysis(shelved)
    assert [each["name"] for each in api.get("/videos")] == ["b.mp4", "match day.mp4"]
    assert [each["name"] for each in api.get("/videos?status=queued")] == ["b.mp4"]
    assert [each["name"] for each in api.get(f"/videos?project_id={shelf.pk}")] == ["b.mp4"]
    assert api("GET", "/videos?status=done").json()["field"] == "status"
    assert api("GET", "/videos?project_id=999").status_code == 404


def test_video_that_could_not_be_read_is_failed_with_the_reason(api: Caller, owner: User) -> None:
    lost = factories.video(owner, upload_status=VideoUploadStatus.FAILED, error_message="Not a video.")
    assert api.get(f"/videos/{lost.uid}")["status"] == "failed"
    assert api.get(f"/processing/{lost.uid}/status")["error"] == "Not a video."
    assert api("POST", f"/processing/{lost.uid}/start").status_code == 409


def test_change_of_name_description_and_project(api: Caller, owner: User, film: Video, stranger: User) -> None:
    shelf = projects.create(owner, name="Season")
    change = {"name": "new.mp4", "description": "Final", "project_id": str(shelf.pk)}
    video = api("PATCH", f"/videos/{film.uid}", change).json()
    assert {name: video[name] for name in change} == change
    assert api("PATCH", f"/videos/{film.uid}", {"project_id": None}).json()["project_id"] is None
    foreign = projects.create(stranger, name="Theirs")
    assert api("PATCH", f"/videos/{film.uid}", {"project_id": str(foreign.pk)}).status_code == 404
    for sent in ("{", {"name": ""}, {"name": 5}):
        assert api("PATCH", f"/videos/{film.uid}", sent).json()["code"] == "invalid_request"


def test_deleted_video_is_gone_and_its_file_can_be_kept(api: Caller, film: Video) -> None:
    assert api("DELETE", f"/videos/{film.uid}?keep_file=true").json() == {"ok": True}
    assert api("GET", f"/videos/{film.uid}").status_code == 404


def test_file_streams_in_ranges(api: Caller, film: Video, key: str) -> None:
    client = Client(SERVER_NAME="localhost")
    answer = client.get(f"/api/videos/{film.uid}/stream", headers={"Authorization": key, "Range": "bytes=0-3"})
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 0-3/1000")


@pytest.mark.parametrize(("status", "allowed"), [("pending", False), ("processing", False), ("completed", False)])
def test_start_only_from_uploaded_or_failed(api: Caller, film: Video, status: str, allowed: bool) -> None:
    waiting = factories.analysis(film, "shots")
    if status == "processing":
        factories.begun(waiting)
    elif status == "completed":
        factories.analysed(waiting)
    answer = api("POST", f"/processing/{film.uid}/start", {"selected_insights": ["shots"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_state")


def test_start_from_failed_removes_what_its_modules_found_before(api: Caller, film: Video) -> None:
    factories.analysed(factories.analysis(film, "shots", "scenes"))
    factories.failed(factories.analysis(film, "shots"))
    status = api.get(f"/processing/{film.uid}/status")
    assert (status["status"], bool(status["error"])) == ("failed", True)
    assert api("POST", f"/processing/{film.uid}/start", {"selected_insights": ["shots"]}).status_code == 200
    assert {each["module"] for each in api.get(f"/videos/{film.uid}/segments")} == {"scenes"}


def test_cancel_gives_the_status_that_the_video_returns_to(api: Caller, film: Video) -> None:
    assert api("POST", f"/processing/{film.uid}/cancel").status_code == 409
    factories.analysed(factories.analysis(film, "scenes"))
    factories.analysis(film, "shots")
    assert api("POST", f"/processing/{film.uid}/cancel").json()["status"] == "completed"
    assert api.get(f"/videos/{film.uid}")["status"] == "completed"
    assert len(api.get(f"/videos/{film.uid}/segments")) == 2


def test_modules_say_what_they_are_and_why_not(api: Caller) -> None:
    modules = {each["name"]: each for each in api.get("/modules")}
    assert list(modules) == [
        *("visualelements", "transcription", "shots", "grouped_shots", "scenes", "video_reasoning", "custom_segments")
    ]
    assert (modules["custom_segments"]["available"], modules["shots"]["available"]) == (False, True)
    assert modules["custom_segments"]["reason"]
    assert "shots" in modules["scenes"]["depends_on"]


def test_keys_are_made_switched_and_deleted(api: Caller, owner: User, stranger: User) -> None:
    made = api("POST", "/keys", {"name": "Notebook"})
    key = made.json()
    assert (made.status_code, key["is_active"], key["raw_key"].startswith(key["key_prefix"])) == (201, 1, True)
    assert all("raw_key" not in each for each in api.get("/keys"))
    mine = Caller({"Authorization": key["raw_key"]})
    assert api("PATCH", f"/keys/{key['id']}", {"is_active": False}).json()["is_active"] == 0
    assert mine("GET", "/videos").status_code == 401
    assert api("PATCH", f"/keys/{key['id']}", {"is_active": True}).json()["is_active"] == 1
    assert mine.get("/videos") == []
    assert api("DELETE", f"/keys/{key['id']}").json() == {"ok": True}
    assert mine("GET", "/videos").status_code == 401
    foreign = api_keys.create(stranger, name="x")[0]
    for number in (foreign.pk, 999_999, "x"):
        assert api("DELETE", f"/keys/{number}").status_code == 404
        assert api("PATCH", f"/keys/{number}", {"is_active": False}).status_code == 404
    assert ApiKey.objects.filter(pk=foreign.pk, revoked_at=None).exists()
    assert api("POST", "/keys", {"name": ""}).json()["field"] == "name"


def test_page_may_read_and_with_its_token_change(db: None) -> None:
    film = factories.video(access.local_owner())
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    page = {"Sec-Fetch-Site": "same-origin"}
    path = f"/api/videos/{film.uid}/segments"
    assert client.get(path, headers=page).status_code == 200
    assert client.delete(path, headers=page).status_code == 403
    loaded = with_token(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
    assert loaded.delete(path, headers=page).status_code == 200
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}):
        assert client.get(path, headers=headers).status_code == 401


def test_answers_are_never_cached_and_speak_this_contract_everywhere(api: Caller, film: Video) -> None:
    answer = api("GET", f"/videos/{film.uid}/")  # with a slash behind it
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert (api("PUT", "/videos").status_code, api("PUT", "/videos").json()["code"]) == (405, "method_not_allowed")
    assert "GET" in api("PUT", "/videos")["Allow"]
    assert api("GET", "/nothing/here").json()["code"] == "not_found"
    assert json.loads(api("GET", "/openapi.json").content)["info"]["title"] == "Cuepoint modules API"
