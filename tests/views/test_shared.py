"""Shared reports: an address is made and switched off on the video page; whoever has it reads, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.test import AsyncClient, Client

from segments.core.modules.base import ModuleSegment
from segments.domain import access, module_runs, shared_reports
from segments.models import SharedReport, Video
from tests import factories


@pytest.fixture
def film(owner: User) -> Video:
    video = factories.video(owner, name="match day.mp4", description="First leg")
    run = factories.begun(factories.analysis(video, "shots", "transcription"))
    factories.told(run, "shots", (0, 12.34), (12.34, 60))
    said = [ModuleSegment(3725.05, 3726, "<b>Goal</b>", {})]
    module_runs.store(run, "transcription", said)
    module_runs.complete(run)
    return video


def shared(video: Video, **more: Any) -> str:
    values = {"expires_at": None, "with_video": False, **more}
    return f"/shared/{shared_reports.create(video, **values).share_hash}/"


def test_owner_makes_an_address_and_switches_it_off(local: Client, film: Video, clock: Any) -> None:
    made = local.post(f"/videos/{film.uid}/share/", {"days": "7", "with_video": "on"}, headers={"HX-Request": "true"})
    report = SharedReport.objects.get()
    assert (made.status_code, f"/shared/{report.share_hash}/" in made.content.decode()) == (200, True)
    assert (report.with_video, (report.expires_at - report.created_at).days) == (True, 7)
    assert f"/shared/{report.share_hash}/" in local.get(f"/videos/{film.uid}/").content.decode()
    assert local.post(f"/shares/{report.pk}/remove/")["Location"] == f"/videos/{film.uid}/"
    assert local.get(f"/shared/{report.share_hash}/").status_code == 404


def test_address_without_a_choice_has_no_end_and_no_film(local: Client, film: Video) -> None:
    local.post(f"/videos/{film.uid}/share/")
    report = SharedReport.objects.get()
    assert (report.expires_at, report.with_video) == (None, False)
    assert local.post(f"/videos/{film.uid}/share/", {"days": "900"}).status_code == 422


def test_anybody_with_the_address_reads_what_modules_found(film: Video, settings: Any) -> None:
    settings.ACCESS = "users"
    answer = Client(SERVER_NAME="localhost").get(shared(film))
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    for words in ("match day.mp4", "First leg", "Shots", "0:00.0–0:12.3", "1:02:05.0–1:02:06.0", "&lt;b&gt;Goal"):
        assert words in page
    assert ("<video" in page, "data-seek" in page, "<form" in page) == (False, False, False)


def test_film_is_shown_only_where_it_is_shared(film: Video, settings: Any) -> None:
    settings.ACCESS = "users"
    page = Client(SERVER_NAME="localhost").get(shared(film, with_video=True)).content.decode()
    assert (page.count("<video"), page.count("data-seek")) == (1, 3)


@pytest.mark.django_db(transaction=True)
async def test_film_plays_in_ranges_only_where_it_is_shared(
    film: Video, settings: Any, async_local: AsyncClient, database_thread: None
) -> None:
    settings.ACCESS = "users"
    yes, no = [await sync_to_async(shared)(film, with_video=each) for each in (True, False)]
    part = await async_local.get(f"{yes}video", headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join([block async for block in part.streaming_content])) == (206, b"film")
    assert (await async_local.get(f"{no}video")).status_code == 404


def test_over_unknown_and_switched_off_are_the_same(film: Video, clock: Any, settings: Any) -> None:
    settings.ACCESS = "users"
    over = shared(film, expires_at=clock.now + timedelta(hours=1), with_video=True)
    off = shared(film)
    clock.advance(hours=1)
    SharedReport.objects.filter(expires_at=None).update(is_active=False)
    client = Client(SERVER_NAME="localhost")
    answers = [client.get(address, headers={"Accept": "text/html"}) for address in (over, off, "/shared/unknown/")]
    assert {answer.status_code for answer in answers} == {404}
    assert client.get(f"{over}video").status_code == 404


def test_stranger_cannot_share_or_switch_off(local: Client, anna: User) -> None:
    theirs = factories.video(anna)
    report = shared_reports.create(theirs, expires_at=None, with_video=False)
    assert local.post(f"/videos/{theirs.uid}/share/").status_code == 404
    for number in (report.pk, 999_999):
        assert local.post(f"/shares/{number}/remove/").status_code == 404
    assert SharedReport.objects.count() == 1


def test_page_of_this_computer_stays_on_this_computer(film: Video) -> None:
    elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.168.1.20")
    assert elsewhere.get(shared(film)).status_code == 403
    assert access.local_owner().pk == film.owner_id
