"""Projects: made, changed, counted, deleted without their videos."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from segments.domain import projects
from segments.models import Project, Video
from segments.models.video import VideoUploadStatus
from tests import factories
from tests.api.lynxvizion.conftest import Caller


def test_project_is_made_changed_and_listed(api: Caller) -> None:
    answer = api("POST", "/projects", {"name": " Season 1 ", "description": "All of it"})
    made = answer.json()
    assert answer.status_code == 201
    keys = ["id", "user_id", "name", "description", "video_count", "created_at", "updated_at"]
    assert (list(made), made["name"], made["video_count"]) == (keys, "Season 1", 0)
    newer = api("POST", "/projects", {"name": "Season 2"}).json()
    assert [each["id"] for each in api.get("/projects")] == [newer["id"], made["id"]]
    changed = api("PATCH", f"/projects/{made['id']}", {"name": "First"}).json()
    assert (changed["name"], changed["description"]) == ("First", "All of it")
    assert api.get(f"/projects/{made['id']}")["name"] == "First"


def test_videos_of_a_project_are_listed_and_counted(api: Caller, film: Video, owner: User) -> None:
    shelf = projects.create(owner, name="Shelf")
    gone, arriving = factories.video(owner), factories.upload(owner).video
    for video in (film, gone, arriving):
        projects.put(video, shelf)
    api("DELETE", f"/videos/{gone.uid}")
    assert arriving.upload_status == VideoUploadStatus.UPLOADING
    assert [each["job_id"] for each in api.get(f"/projects/{shelf.pk}/videos")] == [str(film.uid)]
    assert [each["video_count"] for each in api.get("/projects")] == [1]
    assert api.get(f"/projects/{shelf.pk}")["video_count"] == 1


def test_deleting_a_project_leaves_its_videos(api: Caller, film: Video, owner: User) -> None:
    shelf = projects.create(owner, name="Shelf")
    projects.put(film, shelf)
    assert api("DELETE", f"/projects/{shelf.pk}").json() == {"ok": True}
    assert api.get(f"/videos/{film.uid}")["project_id"] is None
    assert api("GET", f"/projects/{shelf.pk}").json()["code"] == "not_found"


@pytest.mark.parametrize("body", ["{}", '{"name": ""}', '{"name": 3}', "[]", "{", '{"name": "a", "name": "b"}', "[[[["])
def test_project_without_a_name_is_refused(api: Caller, body: str) -> None:
    answer = api("POST", "/projects", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert not Project.objects.exists()


def test_deep_body_is_refused_and_breaks_nothing(api: Caller) -> None:
    answer = api("POST", "/projects", "[" * 100_000)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    answer = api("POST", "/projects", '{"name": "' + "x" * 9_000_000 + '"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
