"""Usage: completed runs, first and later ones told apart, by time and added up."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.models import Video
from tests import factories
from tests.api.lynxvizion.conftest import Caller


def test_completed_runs_are_told_and_added_up(
    api: Caller, owner: User, film: Video, stranger: User, clock: Any
) -> None:
    factories.analysed(factories.analysis(film, "shots"))
    clock.advance(hours=1)
    between = clock.now.isoformat()
    clock.advance(hours=1)
    factories.analysed(factories.analysis(film, "shots", "scenes"))
    factories.failed(factories.analysis(film, "shots"))
    factories.analysed(factories.analysis(factories.video(stranger), "shots"))
    newer, older = api.get("/usage")
    assert (newer["action"], newer["modules"], older["action"]) == ("reprocess", ["shots", "scenes"], "process")
    assert (older["job_id"], older["duration_minutes"], older["processing_time"]) == (str(film.uid), 1.0, 0.0)
    keys = ["id", "user_id", "job_id", "action", "duration_minutes", "processing_time", "modules", "created_at"]
    assert list(older) == keys
    since = between.replace("+00:00", "")
    assert [each["id"] for each in api.get(f"/usage?start_date={since}")] == [newer["id"]]
    assert [each["id"] for each in api.get(f"/usage?end_date={since}")] == [older["id"]]
    assert api.get("/usage/summary") == {
        "total_runs": 2,
        "duration_minutes": 2.0,
        "processing_time": 0.0,
        "actions": {"reprocess": 1, "process": 1},
        "modules": {"shots": 2, "scenes": 1},
    }


@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_wrong_time_names_its_field(api: Caller, name: str) -> None:
    answer = api("GET", f"/usage/summary?{name}=soon")
    assert (answer.status_code, answer.json()["field"]) == (400, name)
