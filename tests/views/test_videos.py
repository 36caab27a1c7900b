"""The Videos pages: a library, and one video whose modules are run, shown as tracks, and cleared."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.core.timeline import Span
from segments.domain import evidence_store
from segments.models import Job, Segment, Video
from segments.models.job import JobKind, JobStatus, ModuleState
from tests import factories
from tests.core.evidence.test_text_tracks import payload

SCRIPTED = {"HX-Request": "true"}


@pytest.fixture
def film(owner: User) -> Video:
    return factories.video(owner, name="match day.mp4")


def states(local: Client, video: Video) -> dict[str, tuple[str, int]]:
    page = local.get(f"/videos/{video.uid}/").context["page"]
    return {module.name: (module.state, module.count) for module in page.modules}


def lanes(local: Client, video: Video) -> dict[str, list[dict[str, Any]]]:
    answer = local.get(f"/videos/{video.uid}/tracks.json").json()
    return {lane["id"]: lane["segments"] for lane in answer["lanes"]}


def test_library_shows_own_videos_with_what_is_known(local: Client, film: Video, stranger: User) -> None:
    factories.video(stranger, name="theirs.mp4")
    factories.analysed(factories.analysis(film, "shots", "scenes"))
    factories.completed(factories.job(film))
    page = local.get("/videos/").content.decode()
    assert ("match day.mp4" in page, "theirs.mp4" in page, "640x360 · h264" in page) == (True, False, True)
    assert ("2 modules done" in page, "1 run\n" in page or "1 run<" in page) == (True, True)


def test_library_finds_by_name(local: Client, film: Video, owner: User) -> None:
    factories.video(owner, name="lecture.mp4")
    page = local.get("/videos/?q=MATCH").content.decode()
    assert ("match day.mp4" in page, "lecture.mp4" in page) == (True, False)
    assert "No video is called like “nothing”" in local.get("/videos/?q=nothing").content.decode()


def test_deleted_video_is_brought_back(local: Client, film: Video) -> None:
    gone = local.post(f"/videos/{film.uid}/remove/").content.decode()
    assert ("Deleted match day.mp4" in gone, local.get(f"/videos/{film.uid}/").status_code) == (True, 404)
    back = local.post(f"/videos/{film.uid}/bring-back/").content.decode()
    assert ("match day.mp4" in back, local.get(f"/videos/{film.uid}/").status_code) == (True, 200)


def test_modules_that_never_ran_can_be_started(local: Client, film: Video) -> None:
    assert states(local, film)["shots"] == ("none", 0)
    answer = local.post(f"/videos/{film.uid}/modules/start/", {"module": "shots"}, headers=SCRIPTED)
    assert (answer.status_code, 'data-state="pending"' in answer.content.decode()) == (200, True)
    job = Job.objects.get(kind=JobKind.MODULES)
    assert (job.request["modules"], states(local, film)["shots"]) == (["shots"], (ModuleState.PENDING, 0))


def test_start_without_a_choice_runs_all_that_can(local: Client, film: Video) -> None:
    answer = local.post(f"/videos/{film.uid}/modules/start/")
    assert (answer.status_code, answer["Location"]) == (302, f"/videos/{film.uid}/")
    assert {"shots", "grouped_shots", "scenes"} <= set(Job.objects.get(kind=JobKind.MODULES).request["modules"])


def test_unknown_module_is_refused_and_nothing_is_queued(local: Client, film: Video) -> None:
    for verb in ("start", "clear"):
        answer = local.post(f"/videos/{film.uid}/modules/{verb}/", {"module": "nope"})
        assert (answer.status_code, "There is no module" in answer.content.decode()) == (422, True)
    assert not Job.objects.filter(kind=JobKind.MODULES).exists()


def test_finished_module_can_be_seen_while_others_run(local: Client, film: Video) -> None:
    run = factories.begun(factories.analysis(film, "shots", "scenes"))
    factories.told(run, "shots", (0, 20), (20, 60))
    assert states(local, film)["shots"] == (ModuleState.COMPLETED, 2)
    assert states(local, film)["scenes"] == (ModuleState.RUNNING, 0)
    assert [(each["start"], each["end"]) for each in lanes(local, film)["Shots"]] == [(0, 20), (20, 60)]
    assert 'hx-trigger="every 1s"' in local.get(f"/videos/{film.uid}/modules/", headers=SCRIPTED).content.decode()


def test_running_analysis_is_cancelled(local: Client, film: Video) -> None:
    job = factories.analysis(film)
    local.post(f"/videos/{film.uid}/modules/cancel/", headers=SCRIPTED)
    job.refresh_from_db()
    assert (job.status, states(local, film)["shots"]) == (JobStatus.CANCELLED, ("none", 0))


def test_one_module_is_cleared_and_the_others_stay(local: Client, film: Video) -> None:
    factories.analysed(factories.analysis(film, "shots", "scenes"))
    local.post(f"/videos/{film.uid}/modules/clear/", {"module": "shots"}, headers=SCRIPTED)
    assert (states(local, film)["shots"], states(local, film)["scenes"]) == (("none", 0), (ModuleState.COMPLETED, 2))
    assert list(lanes(local, film)) == ["Scenes"]


def test_clearing_all_leaves_runs_of_the_page(local: Client, film: Video) -> None:
    factories.analysed(factories.analysis(film, "shots", "scenes"))
    mine = factories.completed(factories.job(film))
    local.post(f"/videos/{film.uid}/modules/clear/")
    assert lanes(local, film) == {}
    assert set(Segment.objects.values_list("job_id", flat=True)) == {mine.pk}


def test_clearing_waits_for_a_run(local: Client, film: Video) -> None:
    factories.analysed(factories.analysis(film, "shots"))
    factories.analysis(film, "scenes")
    answer = local.post(f"/videos/{film.uid}/modules/clear/", {"module": "shots"}, headers=SCRIPTED)
    assert (answer.status_code, list(lanes(local, film))) == (409, ["Shots"])


def test_failed_module_says_why(local: Client, film: Video) -> None:
    factories.failed(factories.analysis(film, "shots"), "media_decode_failed")
    page = local.get(f"/videos/{film.uid}/").content.decode()
    assert "Too much of this video is damaged to analyse it." in page


def test_writing_that_was_read_is_a_track_also_without_any_module(local: Client, owner: User) -> None:
    film = factories.video(owner, facts=asdict(factories.facts(10.0)))
    run = factories.claimed(factories.job(film))
    evidence_store.save(run, film, Span(0.0, 10.0), {"text": payload((2.5, ("Match day",)), (8.0, ()))})
    (shown,) = lanes(local, film)["Text"]
    assert (shown["metadata"]["text"], shown["end"]) == ("Match day", 8.0)
