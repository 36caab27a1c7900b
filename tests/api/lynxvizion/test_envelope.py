"""Whatever goes wrong is told in the words of this contract."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.api.lynxvizion import mapping
from segments.models import Video
from tests.api.lynxvizion.conftest import Caller


def test_bug_of_ours_is_told_without_a_trace(api: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "module_json", lambda name: 1 / 0)
    answer = api("GET", "/modules")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "ZeroDivision" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_body_that_is_no_form_is_refused(key: str, kind: str) -> None:
    headers = {"Authorization": key}
    answer = Client(SERVER_NAME="localhost").generic("POST", "/api/videos", b"garbage", kind, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_rate_limit_is_told(api: Caller, settings: Any) -> None:
    settings.RATE_LIMIT_PER_MINUTE = 1
    assert api("GET", "/modules").status_code == 200
    answer = api("GET", "/modules")
    assert (answer.status_code, answer.json()["code"], "Retry-After" in answer) == (429, "rate_limited", True)


def test_session_of_a_person_reads_where_browsers_say_nothing(owner: User, film: Video, settings: Any) -> None:
    settings.ACCESS = "users"
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    path = f"/api/videos/{film.uid}"
    assert client.get(path).status_code == 401
    client.force_login(owner)
    assert client.get(path).status_code == 200
    assert client.get(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401
    refused = client.delete(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")


def test_films_are_not_cached_either(api: Caller, film: Video) -> None:
    assert api("GET", f"/videos/{film.uid}/stream")["Cache-Control"] == "private, no-store"


def test_reading_segments_takes_few_queries_however_many_there_are(
    api: Caller, analysed: Video, django_assert_max_num_queries: Any
) -> None:
    for path in ("videos/{}/segments", "results/job/{}", "aggregated_results/{}", "download/combined-report/{}"):
        with django_assert_max_num_queries(8):
            assert api("GET", f"/{path.format(analysed.uid)}").status_code == 200
