"""From an address for bytes to a video that can be started; and a whole film in one request."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segments.core.errors import MediaError, NotFound
from segments.domain import pipeline, sources, storage
from segments.models import Job, Video
from segments.models.job import JobKind
from tests import clips, factories
from tests.api.lynxvizion.conftest import Caller
from tests.domain.at_once import at_once


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return clips.two_shots(tmp_path_factory.mktemp("films") / "two_shots.mp4").read_bytes()


def put(place: dict[str, Any], content: bytes) -> Any:
    path = place["upload_url"].replace("http://localhost", "")
    return Client(SERVER_NAME="localhost").put(path, content, content_type="video/mp4")


def reserved(api: Caller, name: str = "Match Day (1).mp4", **values: object) -> dict[str, Any]:
    answer = api("POST", "/storage/upload-url", {"file_name": name, **values})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def registered(api: Caller, place: dict[str, Any], **values: object) -> Any:
    return api("POST", "/processing/register-upload", {"file_path": place["file_path"], **values})


def test_address_then_bytes_then_video_then_start(api: Caller, content: bytes) -> None:
    place = reserved(api)
    assert (place["success"], place["public_url"]) == (True, "")
    assert (place["sanitized_filename"], place["original_filename"]) == ("Match_Day_1.mp4", "Match Day (1).mp4")
    assert place["file_path"] == f"users/{place['user_id']}/Match_Day_1.mp4"
    sent = put(place, content)
    assert (sent.status_code, sent["ETag"]) == (200, f'"{hashlib.md5(content).hexdigest()}"')
    made = registered(api, place, file_name="Match day.mp4").json()
    assert (made["success"], made["alreadyExists"]) == (True, False)
    pipeline.run_job(Job.objects.get(kind=JobKind.PREPARE).uid)
    video = api.get(f"/videos/{made['job_id']}")
    assert (video["name"], video["status"], video["file_size"]) == ("Match day.mp4", "uploaded", len(content))
    assert (video["storage_path"], video["selected_insights"]) == (place["file_path"], None)
    assert registered(api, place).json() == {**made, "alreadyExists": True}
    assert api("POST", f"/processing/{made['job_id']}/start").json()["status"] == "queued"


@pytest.mark.django_db(transaction=True)
def test_file_registered_twice_at_once_is_one_video(owner: User, content: bytes) -> None:
    place = sources.reserve(owner, file_name="film.mp4", seconds=300)
    sources.store(sources.opened(place.upload_path.rpartition("/")[2]), [content])
    made = at_once([lambda: sources.register(owner, path=place.path, name="film.mp4")] * 2)
    assert Video.objects.count() == 1
    assert {each.pk for each in made if isinstance(each, Video)} == {Video.objects.get().pk}
    assert all(isinstance(each, Video | NotFound | MediaError) for each in made)  # one that came later finds it gone
    pipeline.run_job(Job.objects.get(kind=JobKind.PREPARE).uid)
    assert storage.source(Video.objects.get()).read_bytes() == content


def test_own_identifier_is_taken_over_and_known_later(api: Caller, content: bytes) -> None:
    uid = str(uuid4())
    place = reserved(api)
    put(place, content)
    assert registered(api, place, job_id=uid).json() == {"success": True, "job_id": uid, "alreadyExists": False}
    assert registered(api, reserved(api, "other.mp4"), job_id=uid).json()["alreadyExists"]
    wrong = registered(api, place, job_id="mine")
    assert (wrong.status_code, wrong.json()["field"]) == (400, "job_id")


def test_same_name_gets_a_number(api: Caller) -> None:
    names = [reserved(api, "a.mp4")["sanitized_filename"] for _ in range(3)]
    assert names == ["a.mp4", "a_1.mp4", "a_2.mp4"]


@pytest.mark.parametrize("name", ["", "film.exe", "../../etc/passwd", "film"])
def test_names_that_are_no_video_are_refused(api: Caller, name: str) -> None:
    answer = api("POST", "/storage/upload-url", {"file_name": name})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "invalid_request", "file_name")


@pytest.mark.parametrize(("seconds", "status"), [(299, 400), (300, 200), (7200, 200), (7201, 400)])
def test_address_lives_five_minutes_to_two_hours(api: Caller, seconds: int, status: int) -> None:
    assert api("POST", "/storage/upload-url", {"key": "a.mp4", "expires_in": seconds}).status_code == status


def test_altered_address_takes_nothing(api: Caller, content: bytes) -> None:
    place = reserved(api)
    altered = {"upload_url": place["upload_url"][:-2] + "xx"}
    assert put(altered, content).status_code == 403


def test_registered_address_takes_nothing_more(api: Caller, content: bytes) -> None:
    place = reserved(api)
    put(place, content)
    registered(api, place)
    assert put(place, content).status_code == 403


def test_bytes_above_the_limit_are_refused(api: Caller, content: bytes, settings: Any) -> None:
    place = reserved(api)
    settings.LIMITS = _limited(len(content) - 1)
    assert put(place, content).status_code == 413
    assert registered(api, place).status_code == 404  # nothing was kept


def _limited(most: int) -> Any:
    return replace(django_settings.LIMITS, max_bytes=most)


def test_bytes_that_never_came_are_not_found(api: Caller) -> None:
    answer = registered(api, reserved(api))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_bytes_that_are_no_video_are_refused_with_the_reason(api: Caller) -> None:
    place = reserved(api)
    put(place, b"this is no film at all")
    answer = registered(api, place)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert not Video.objects.exists()


def test_foreign_folder_is_not_found(api: Caller, stranger: User) -> None:
    path = sources.path_of(stranger, "a.mp4")
    answers = [
        api("POST", "/processing/register-upload", {"file_path": each})
        for each in (path, "users/x/a.mp4", "../a.mp4", f"{path}/../b.mp4")
    ]
    assert {answer.status_code for answer in answers} == {404}


def test_file_above_the_contract_is_refused_before_it_is_looked_at(api: Caller) -> None:
    answer = api("POST", "/processing/register-upload", {"file_path": "x", "file_size": (4 << 30) + 1})
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_files_that_nobody_registers_go_after_a_day(api: Caller, owner: User) -> None:
    old, fresh = reserved(api, "old.mp4"), reserved(api, "fresh.mp4")
    folder = Path(django_settings.DATA_DIR) / "incoming" / str(owner.pk)
    past = time.time() - 25 * 3600
    os.utime(folder / old["sanitized_filename"], (past, past))
    sources.forget_old()
    assert [each.name for each in folder.iterdir()] == [fresh["sanitized_filename"]]


def test_whole_film_in_one_request(key: str, content: bytes) -> None:
    file = SimpleUploadedFile("film.mp4", content)
    form = {"file": file, "name": "My film.mp4", "selected_insights": json.dumps(["shots"]), "start": "true"}
    answer = Client(SERVER_NAME="localhost").post("/api/videos", form, headers={"Authorization": key})
    video = answer.json()
    assert (answer.status_code, video["name"], video["status"]) == (201, "My film.mp4", "queued")
    assert json.loads(video["selected_insights"]) == ["shots"]


def test_whole_film_of_another_kind_is_refused(key: str) -> None:
    client = Client(SERVER_NAME="localhost")
    for form, field in (({"file": SimpleUploadedFile("film.txt", b"x")}, "file"), ({"name": "x"}, "file")):
        answer = client.post("/api/videos", form, headers={"Authorization": key})
        assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert not Video.objects.exists()


def test_download_address_gives_the_bytes_without_a_key(api: Caller, content: bytes) -> None:
    place = reserved(api)
    put(place, content)
    registered(api, place)
    pipeline.run_job(Job.objects.get(kind=JobKind.PREPARE).uid)
    url = api("POST", "/storage/download-url", {"file_path": place["file_path"]}).json()["url"]
    assert url.startswith("http://localhost/downloads/")
    assert api("POST", "/storage/download-url", {"key": factories.NOWHERE.hex}).status_code == 404
    assert Client(SERVER_NAME="localhost").get("/downloads/nonsense").status_code == 403
