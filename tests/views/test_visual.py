"""What the timeline and the player of a result are told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.core.engines.base import EngineResult
from segments.core.evidence.model import Word
from segments.core.exports.captions import captions
from segments.core.timeline import Segment
from segments.domain import results, subtitles
from segments.models import Job
from tests import factories

PART = {**factories.SHOT, "id": "part", "time_ranges": [{"start_time": 2, "end_time": 9}]}
SRT = b"1\n00:00:01,000 --> 00:00:02,500\nANNA: Salt <b>&</b> pepper\nand more\n"


@pytest.fixture
def job(owner: User) -> Job:
    waiting = factories.job(factories.video(owner), factories.SHOT, PART)
    found = (Segment("shot", 0, 20, {"summary": "A"}), Segment("part", 2, 9))
    results.commit(factories.claimed(waiting), EngineResult(found), unreadable=())
    waiting.refresh_from_db()
    return waiting


def visual(client: Client, job: Job) -> dict[str, Any]:
    return dict(client.get(f"/jobs/{job.uid}/visual.json").json())


def test_lanes_carry_their_time_ranges(local: Client, job: Job) -> None:
    assert [lane["ranges"] for lane in visual(local, job)["lanes"]] == [[], [[2, 9]]]


def test_captions_are_offered_once_words_are_known(local: Client, job: Job) -> None:
    assert visual(local, job)["video"]["captions"] is None
    subtitles.add(job.video, name="film.srt", content=SRT)
    address = visual(local, job)["video"]["captions"]
    answer = local.get(address)

    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode().startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n")


def test_captions_of_others_do_not_exist(local: Client) -> None:
    other = factories.job(factories.video(factories.user("bob")), factories.SHOT)

    assert local.get(f"/jobs/{other.uid}/captions.vtt").status_code == 404


def test_a_caption_is_one_line_without_signs_that_mean_something() -> None:
    assert captions([Word(1, 2.5, "Salt & <pepper\n--> more", "subtitles", speaker="Anna")]).splitlines()[2:4] == [
        "00:00:01.000 --> 00:00:02.500",
        "<v Anna>Salt &amp; &lt;pepper --&gt; more",
    ]
