"""Nobody sees, changes or detects what belongs to another. Every route of `/api/v2` is placed here."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.domain import api_keys, chunked_uploads
from segments.models import Job, Upload, Video
from tests import factories
from tests.views.test_access import routes

ROOT = "api/v2/"
BODY = b'{"media_id": "00000000-0000-4000-8000-000000000000"}'
#: About the caller alone, or about what the body names (tests/api/videos/test_uploads.py).
OWN = {
    "files": "GET",
    "files/upload": "POST",
    "video-uploads/initiate": "POST",
    "video-uploads/batch/initiate": "POST",
    "video-uploads/chunks/confirm": "POST",
    "video-uploads/chunks/retry": "POST",
    "video-uploads/complete": "POST",
    "video-uploads/abort": "POST",
    "video-analysis/queue": "POST",
}
#: One thing of one person, by the identifier in the address.
OWNED = {
    "files/<file_id>": "GET PATCH DELETE",
    "files/<file_id>/processing-status": "GET",
    "files/<file_id>/subtitles": "POST DELETE",
    "files/<file_id>/download": "GET",
    "files/<file_id>/thumbnail": "GET",
    "video-uploads/progress/<media_id>": "GET",
    "video-analysis/status/<media_id>": "GET",
    "video-analysis/jobs/<analysis_job_id>": "GET",
    "video-analysis/jobs/<analysis_job_id>/retry": "POST",
    "video-analysis/jobs/<analysis_job_id>/cancel": "POST",
    "videos/<video_id>/scenes": "GET",
    "video-scenes/<scene_id>/thumbnail": "GET",
}
OPEN = {"openapi.json", "docs", "", "<path:rest>"}


class Things:
    def __init__(self, owner: User) -> None:
        self.upload = chunked_uploads.create(owner, name="a.mp4", length=10)
        video = factories.video(owner)
        job = factories.analysed(factories.analysis(video))
        self.ids = {"file_id": video.uid, "video_id": video.uid, "media_id": self.upload.video.uid}
        self.ids |= {"analysis_job_id": job.uid, "scene_id": job.segments.first().uid}

    def rows(self) -> list[Any]:
        return [list(model.objects.order_by("pk").values()) for model in (Video, Upload, Job)]


@pytest.fixture
def things(anna: User) -> Things:
    return Things(anna)


def ask(method: str, path: str, ids: dict[str, Any], secret: str) -> tuple[int, str]:
    address = f"/{ROOT}{path}"
    for name, value in ids.items():
        address = address.replace(f"<{name}>", str(value))
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    client = Client(SERVER_NAME="elsewhere")  # not this computer: local mode lets nobody in without a key
    answer = client.generic(method, address, BODY, content_type="application/json", headers=headers)
    text = answer.content.decode()
    if answer.headers["Content-Type"].startswith("application/json"):
        text = text.replace(answer.headers["X-Request-Id"], "REQUEST")
    for value in ids.values():
        text = text.replace(str(value), "ID")
    return answer.status_code, text


def test_every_route_is_placed() -> None:
    found = {path.removeprefix(ROOT) for path, _entry in routes() if path.startswith(ROOT)}
    assert found == OWN.keys() | OWNED.keys() | OPEN


@pytest.mark.django_db
@pytest.mark.parametrize("path", OWNED)
def test_foreign_key_hears_the_same_as_for_a_random_id(
    path: str, things: Things, stranger: User, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["elsewhere"]
    secret = api_keys.create(stranger, name="test")[1]
    before = things.rows()
    for method in OWNED[path].split():
        of_anna = ask(method, path, things.ids, secret)
        assert of_anna == ask(method, path, dict.fromkeys(things.ids, factories.NOWHERE), secret)
        assert of_anna[0] == 404
    assert things.rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*OWN, *OWNED])
def test_nobody_gets_in_without_a_key(path: str, things: Things, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.ACCESS = ["elsewhere"], "users"
    before = things.rows()
    for method in (OWN | OWNED)[path].split():
        for secret in ("", "cue_live_wrong"):
            assert ask(method, path, things.ids, secret)[0] == 401
    assert things.rows() == before
