"""Adding subtitles to a video, and taking them away."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segments.core.evidence import words
from segments.core.timeline import Span
from segments.domain import subtitles
from segments.models import Video
from tests import factories

SRT = b"00:00:01,000 --> 00:00:02,000\nGood evening.\n"


@pytest.fixture
def video(owner: User) -> Video:
    return factories.video(owner)


def add(client: Client, video: Video, content: bytes, name: str = "film.srt") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(f"/videos/{video.uid}/subtitles/", {"file": file}, headers={"HX-Request": "true"})


def texts(video: Video) -> list[str] | None:
    video.refresh_from_db()
    payload = subtitles.payload(video)
    return None if payload is None else [line.text for line in words.decide([payload], Span(0, 1e6))]


def test_added_subtitles_are_kept_and_shown(local: Client, video: Video) -> None:
    answer = add(local, video, SRT, "a <b>.srt")

    assert answer.status_code == 200
    assert "Subtitles: a &lt;b&gt;.srt · 1 line<" in answer.content.decode()
    assert texts(video) == ["Good evening."]


def test_other_subtitles_take_their_place(local: Client, video: Video) -> None:
    add(local, video, SRT)
    add(local, video, b"WEBVTT\n\n00:03.000 --> 00:04.000\nBye.\n")

    assert texts(video) == ["Bye."]


def test_wrong_subtitles_are_refused_and_the_old_ones_stay(local: Client, video: Video) -> None:
    add(local, video, SRT)
    answer = add(local, video, b"00:00:01 Good evening\n")

    assert answer.status_code == 422
    assert "Line 1: times are missing." in answer.content.decode()
    assert texts(video) == ["Good evening."]


def test_request_without_a_file_is_refused(local: Client, video: Video) -> None:
    assert local.post(f"/videos/{video.uid}/subtitles/").json()["problems"][0]["path"] == "file"


def test_end_after_the_video_is_said(local: Client, video: Video) -> None:
    assert "ends after the video" in add(local, video, SRT.replace(b"00:00:02", b"00:01:30")).content.decode()
    assert "ends after the video" not in add(local, video, SRT).content.decode()


def test_removed_subtitles_are_gone(local: Client, video: Video) -> None:
    add(local, video, SRT)
    answer = local.post(f"/videos/{video.uid}/subtitles/remove/", headers={"HX-Request": "true"})

    assert "Add subtitles" in answer.content.decode()
    assert texts(video) is None


def test_videos_of_others_do_not_exist(local: Client, video: Video) -> None:
    other = factories.video(factories.user("bob"))

    assert add(local, other, SRT).status_code == 404
    assert local.post(f"/videos/{other.uid}/subtitles/remove/").status_code == 404
