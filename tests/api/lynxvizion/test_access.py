"""Nobody sees, changes or detects what belongs to another. Every route of `/api` is placed here."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.domain import api_keys, projects, shared_reports
from segments.models import ApiKey, Job, Project, Segment, SharedReport, Video
from tests import factories
from tests.api.lynxvizion.conftest import Caller
from tests.views.test_access import routes

ROOT = "api/"
#: About the caller alone, or about what the body names (tests/api/lynxvizion/test_uploads.py).
OWN = {
    "modules": "GET",
    "keys": "GET POST",
    "storage/upload-url": "POST",
    "storage/download-url": "POST",
    "processing/register-upload": "POST",
    "videos": "GET POST",
    "projects": "GET POST",
    "shared-reports": "POST",
    "search": "POST",
    "usage": "GET",
    "usage/summary": "GET",
}
#: One thing of one person, by the identifier in the address.
OWNED = {
    "videos/<job_id>": "GET PATCH DELETE",
    "videos/<job_id>/segments": "GET DELETE",
    "videos/<job_id>/stream": "GET",
    "videos/<job_id>/thumbnails/<segment_id>.jpg": "GET",
    "results/job/<job_id>": "GET",
    "aggregated_results/<job_id>": "GET",
    "scene_grouping/<job_id>": "GET",
    "download/combined-report/<job_id>": "GET",
    "download/report/<job_id>": "GET",
    "processing/<job_id>/start": "POST",
    "processing/<job_id>/status": "GET",
    "processing/<job_id>/cancel": "POST",
    "keys/<key_id>": "PATCH DELETE",
    "projects/<project_id>": "GET PATCH DELETE",
    "projects/<project_id>/videos": "GET",
    "videos/<job_id>/shared-reports": "GET",
    "shared-reports/<report>": "DELETE",  # GET is public, by hash (test_reports.py)
}
OPEN = {"openapi.json", "docs", "", "<path:rest>", "health"}


class Things:
    def __init__(self, owner: User) -> None:
        video = factories.video(owner)
        job = factories.analysed(factories.analysis(video, "shots"))
        shelf = projects.create(owner, name="Season")
        key = api_keys.create(owner, name="theirs")[0]
        self.ids = {"job_id": video.uid, "segment_id": job.segments.first().pk, "key_id": key.pk}
        report = shared_reports.create(video, expires_at=None, with_video=False)
        self.ids |= {"project_id": shelf.pk, "report": report.pk}

    def rows(self) -> list[Any]:
        kept = [list(model.objects.order_by("pk").values()) for model in (Video, Job, Segment, Project, SharedReport)]
        return [*kept, list(ApiKey.objects.order_by("pk").values_list("pk", "revoked_at"))]


@pytest.fixture
def things(anna: User) -> Things:
    return Things(anna)


def ask(caller: Caller, method: str, path: str, ids: dict[str, Any]) -> tuple[int, str]:
    address = f"/{path}"
    for name, value in ids.items():
        address = address.replace(f"<{name}>", str(value))
    answer = caller(method, address, {})
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, text.decode()


def test_every_route_is_placed() -> None:
    mine = {path.removeprefix(ROOT) for path, _ in routes() if path.startswith(ROOT) and not path.startswith("api/v2/")}
    assert mine == OWN.keys() | OWNED.keys() | OPEN


@pytest.mark.parametrize("path", OWNED)
def test_foreign_key_hears_the_same_as_for_a_random_id(path: str, things: Things, stranger: User) -> None:
    caller = Caller({"Authorization": api_keys.create(stranger, name="test")[1]})
    nobodys = {name: factories.NOWHERE if name == "job_id" else 999_999_999 for name in things.ids}
    before = things.rows()
    for method in OWNED[path].split():
        of_anna = ask(caller, method, path, things.ids)
        assert of_anna == ask(caller, method, path, nobodys)
        assert of_anna[0] == 404
    assert things.rows() == before


@pytest.mark.parametrize("path", [*OWN, *OWNED])
def test_nobody_gets_in_without_a_key(path: str, things: Things) -> None:
    before = things.rows()
    for method in (OWN | OWNED)[path].split():
        for headers in ({}, {"Authorization": "cue_live_wrong"}):
            assert ask(Caller(headers), method, path, things.ids)[0] == 401
    assert things.rows() == before


@pytest.mark.django_db
def test_health_is_public() -> None:
    assert Caller({}).get("/health")["status"] == "ok"
