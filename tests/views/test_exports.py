"""Downloads of a result: what they are called, and what is said where there is none."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.core.engines.base import EngineResult
from segments.core.timeline import Segment
from segments.domain import results
from segments.models import Job
from tests import factories

PART = {**factories.SHOT, "id": "part"}


@pytest.fixture
def job(owner: User) -> Job:
    """Two shots and one part, done."""
    found = (Segment("shot", 0, 20, {"summary": "A"}), Segment("shot", 20, 40), Segment("part", 0, 60))
    waiting = factories.job(factories.video(owner), factories.SHOT, PART)
    results.commit(factories.claimed(waiting), EngineResult(found), unreadable=())
    waiting.refresh_from_db()
    return waiting


def address(job: Job, **query: str) -> str:
    return f"/jobs/{job.uid}/export/?" + "&".join(f"{name}={value}" for name, value in query.items())


def test_a_file_is_named_after_film_and_definitions(local: Client, job: Job) -> None:
    whole = local.get(address(job, format="csv"))
    alone = local.get(address(job, format="json", definition="part"))

    assert whole["Content-Disposition"] == 'attachment; filename="film shot, part.csv"'
    assert whole["Content-Type"] == "text/csv; charset=utf-8"
    assert alone["Content-Disposition"] == 'attachment; filename="film part.json"'
    assert list(json.loads(alone.content)) == ["part"]


def test_json_is_the_result_of_the_run(local: Client, job: Job) -> None:
    assert local.get(address(job)).json() == local.get(f"/jobs/{job.uid}/result.json").json()["result"]


def test_what_there_is_not_is_said(local: Client, job: Job, owner: User) -> None:
    waiting = factories.job(factories.video(owner))
    refused = {
        "There is no export called": local.get(address(job, format="xml")),
        "This run has no definition": local.get(address(job, definition="other")),
        "Chapters need one definition": local.get(address(job, format="chapters")),
        "this run has no result": local.get(address(waiting)),
    }

    for words, answer in refused.items():
        assert words in answer.json()["message"]
    assert [answer.status_code for answer in refused.values()] == [404, 404, 409, 409]


def test_the_menu_offers_all_and_each_definition_and_says_why_not(local: Client, job: Job) -> None:
    text = local.get(f"/jobs/{job.uid}/exports/").content.decode()

    assert text.count("<li>") == 3
    assert "?format=webvtt&amp;definition=part" in text
    assert text.count('aria-disabled="true"') == 3
    assert "at least 3 chapters; this would be 2" in text
