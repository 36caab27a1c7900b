"""Adding a module is one file and one line of the registry: every surface has it then."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from segments.core.modules import registry
from segments.domain import access, api_keys, pipeline
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_registered_module_is_listed_started_read_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.BUILT_IN, "halves", "tests.fakes.halves:Halves")
    owner = access.local_owner()
    video, key = factories.video(owner), api_keys.create(owner, name="tests")[1]
    page = Client(SERVER_NAME="localhost")

    def api(method: str, path: str, body: object = None) -> Any:
        return page.generic(
            method, f"/api/{path}", body or "", "application/json", headers={"Authorization": key}
        ).json()

    assert [each["title"] for each in api("GET", "modules") if each["name"] == "halves"] == ["Halves"]
    assert api("POST", f"processing/{video.uid}/start", '{"selected_insights": ["halves"]}')["status"] == "queued"
    pipeline.run_job(video.jobs.get().uid)
    assert api("GET", f"processing/{video.uid}/status")["modules"] == {"halves": "completed"}
    found = api("GET", f"videos/{video.uid}/segments?module=halves")
    assert [(each["content"], each["start_time"], each["end_time"]) for each in found] == [
        ("Half 1", 0, 30),
        ("Half 2", 30, 60),
    ]
    lanes = page.get(f"/videos/{video.uid}/tracks.json").json()["lanes"]
    assert [len(lane["segments"]) for lane in lanes if lane["id"] == "Halves"] == [2]
