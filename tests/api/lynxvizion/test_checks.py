"""The numbered checks of the contract (section 8), each under its number."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.api.lynxvizion import csv_files
from segments.domain import api_keys, pipeline
from segments.models import Job, Segment, Video
from segments.models.job import JobKind
from tests import clips, factories
from tests.api.lynxvizion.conftest import Caller

SEED = (
    ("GET", "/videos/{}/segments"),
    ("DELETE", "/videos/{}/segments"),
    ("GET", "/results/job/{}"),
    ("GET", "/aggregated_results/{}"),
    ("GET", "/scene_grouping/{}"),
    ("GET", "/download/combined-report/{}"),
    ("GET", "/download/report/{}?module=shots"),
)


@pytest.mark.parametrize(("method", "path"), SEED)
def test_check_1_no_key_dead_key_foreign_key(method: str, path: str, owner: User, stranger: User, film: Video) -> None:
    dead, secret = api_keys.create(owner, name="dead")
    api_keys.switch(owner, dead.pk, active=False)
    for headers in ({}, {"Authorization": secret}, {"Authorization": "cue_live_nonsense"}):
        answer = Caller(headers)(method, path.format(film.uid))
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
        assert answer["WWW-Authenticate"] == "Bearer"
    foreign = Caller({"Authorization": api_keys.create(stranger, name="x")[1]})
    answers = [foreign(method, path.format(uid)) for uid in (film.uid, factories.NOWHERE, "nonsense")]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(404, "job_not_found")] * 3
    assert len({each.content for each in answers}) == 1
    assert "Content-Disposition" not in answers[0]


def test_check_2_all_forms_of_the_key_hear_the_same(key: str, analysed: Video) -> None:
    path = f"/results/job/{analysed.uid}"
    forms = ({"Authorization": key}, {"Authorization": f"Bearer {key}"}, {"x-api-key": key})
    assert len({Caller(form)("GET", path).content for form in forms}) == 1


def test_check_3_flat_list_and_modules_hold_the_same(api: Caller, analysed: Video) -> None:
    answer = api.get(f"/results/job/{analysed.uid}")
    fixed = ("job_id", "video_name", "duration", "status", "processing_time", "segments")
    modules = {name: each for name, each in answer.items() if name not in fixed}
    assert set(modules) == {"transcription", "shots", "grouped_shots", "scenes"}
    union = sorted((each["id"] for rows in modules.values() for each in rows), key=int)
    assert sorted((each["id"] for each in answer["segments"]), key=int) == union
    keys = [(each["start_time"], each["end_time"], int(each["id"])) for each in answer["segments"]]
    assert keys == sorted(keys)
    assert (answer["video_name"], answer["duration"], answer["status"]) == ("match day.mp4", 60.0, "completed")


def test_check_4_totals_and_grouping_agree(api: Caller, analysed: Video) -> None:
    whole = api.get(f"/aggregated_results/{analysed.uid}")
    assert whole["total_segments"] == sum(len(rows) for rows in whole["modules"].values()) == 5
    grouping = api.get(f"/scene_grouping/{analysed.uid}")
    expected = {name: rows for name, rows in whole["modules"].items() if name != "transcription"}
    assert (grouping["modules"], grouping["total_segments"]) == (expected, 4)
    assert ("status" in whole, "status" in grouping) == (True, False)


def test_check_5_clearing_makes_room_for_a_new_start(api: Caller, analysed: Video) -> None:
    answer = api("DELETE", f"/videos/{analysed.uid}/segments")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "message": "Segments cleared"})
    assert api.get(f"/videos/{analysed.uid}/segments") == []
    video = api.get(f"/videos/{analysed.uid}")
    assert (video["status"], video["processing_time"]) == ("uploaded", None)
    assert json.loads(video["selected_insights"]) == ["transcription", "shots", "grouped_shots", "scenes"]
    assert api("DELETE", f"/videos/{analysed.uid}/segments").status_code == 200  # also when nothing is there
    assert api("POST", f"/processing/{analysed.uid}/start").json()["status"] == "queued"


def test_check_5_clearing_while_modules_run_is_refused_and_loses_nothing(api: Caller, film: Video) -> None:
    factories.analysed(factories.analysis(film, "scenes"))
    before = api.get(f"/videos/{film.uid}/segments")
    run = factories.begun(factories.analysis(film, "shots"))
    factories.told(run, "shots")
    answer = api("DELETE", f"/videos/{film.uid}/segments")
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_state")
    now = api.get(f"/videos/{film.uid}/segments")
    assert (len(now), [each for each in now if each["module"] == "scenes"]) == (3, before)


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("", "module_required", "module"),
        ("?module=", "module_required", "module"),
        ("?module=nope", "unknown_module", "module"),
        ("?module=shots&format=xml", "unknown_format", "format"),
    ],
)
def test_check_6_wrong_downloads(api: Caller, film: Video, query: str, code: str, field: str) -> None:
    answer = api("GET", f"/download/report/{film.uid}{query}")
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (400, code, field)
    assert told["allowed"]
    assert "Content-Disposition" not in answer


NASTY = ['a, "b"\r\nc', "=1+1", "'quoted", "'=1", "  @SUM(A1)", "Füße 漢字 🎬", "-5", "", "\ttab", "plain"]


def test_check_6_csv_reads_back_to_the_json_values(api: Caller, film: Video) -> None:
    job = factories.analysed(factories.analysis(film, "transcription"))
    job.segments.all().delete()
    Segment.objects.bulk_create(
        Segment(job=job, module="transcription", ordinal=n, start_time=n, end_time=n + 1.5, content=text)
        for n, text in enumerate(NASTY)
    )
    Segment.objects.filter(ordinal=0).update(metadata={"z": [1, "=2"], "a": None})
    answer = api("GET", f"/download/report/{film.uid}?module=transcription&format=CSV")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{film.uid}_transcription.csv"'
    text = answer.content.decode()
    assert text.startswith(",".join(csv_files.COLUMNS) + "\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [_read(row) for row in rows] == api.get(f"/videos/{film.uid}/segments")
    assert not any(row["content"].lstrip().startswith(("=", "+", "-", "@")) for row in rows)


def _read(row: dict[str, str]) -> dict[str, Any]:
    """The rule of the documentation: one apostrophe away from each cell that begins with one."""
    plain = {name: cell[1:] if cell.startswith("'") else cell for name, cell in row.items()}
    metadata = json.loads(plain["metadata"]) if plain["metadata"] else None
    return {
        **plain,
        "start_time": float(plain["start_time"]),
        "end_time": float(plain["end_time"]),
        "metadata": metadata,
    }


def test_check_6_known_module_without_segments(api: Caller, film: Video) -> None:
    found = api.get(f"/download/report/{film.uid}?module=shots")
    assert (found["segments"], found["total_segments"]) == ([], 0)
    text = api("GET", f"/download/report/{film.uid}?module=shots&format=csv").content.decode()
    assert text == ",".join(csv_files.COLUMNS) + "\r\n"


def test_check_7_pieces_tile_the_film_and_nest(api: Caller, owner: User, tmp_path: Path) -> None:
    film = factories.uploaded(owner, content=clips.two_shots(tmp_path / "two_shots.mp4").read_bytes())
    pipeline.run_job(factories.preparation(film).uid)
    assert api("POST", f"/processing/{film.uid}/start").status_code == 200
    pipeline.run_job(film.jobs.get(kind=JobKind.MODULES).uid)
    modules = api.get(f"/aggregated_results/{film.uid}")["modules"]
    edges = {}
    for name in ("shots", "grouped_shots", "scenes"):
        spans = [(each["start_time"], each["end_time"]) for each in modules[name]]
        assert (spans[0][0], spans[-1][1]) == (0.0, api.get(f"/videos/{film.uid}")["duration"])
        assert all(first[1] == second[0] for first, second in pairwise(spans))
        edges[name] = {edge for span in spans for edge in span}
    assert len(modules["shots"]) == 2
    assert edges["scenes"] <= edges["grouped_shots"] <= edges["shots"]


def test_check_8_start_takes_the_names_as_text_and_as_list(api: Caller, owner: User) -> None:
    asked = []
    for sent in ('["shots"]', ["shots"]):
        video = factories.video(owner)
        answer = api("POST", f"/processing/{video.uid}/start", {"selected_insights": sent})
        assert (answer.status_code, answer.json()["status"]) == (200, "queued")
        asked.append(Job.objects.get(video=video, kind=JobKind.MODULES).request["modules"])
    assert asked == [["shots"], ["shots"]]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (["shots", "nope"], "unknown_module"),
        (["custom_segments"], "module_unavailable"),
        ([], "invalid_request"),
        ("shots", "invalid_request"),
        ([1], "invalid_request"),
        ({"a": 1}, "invalid_request"),
    ],
)
def test_check_8_wrong_names_queue_nothing(api: Caller, film: Video, sent: object, code: str) -> None:
    answer = api("POST", f"/processing/{film.uid}/start", {"selected_insights": sent})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Job.objects.filter(kind=JobKind.MODULES).exists()


def test_check_9_running_job_shows_what_its_modules_have_found(api: Caller, film: Video) -> None:
    run = factories.begun(factories.analysis(film, "shots", "scenes"))
    factories.told(run, "shots", (0, 20), (20, 60))
    status = api.get(f"/processing/{film.uid}/status")
    assert (status["status"], status["modules"]) == ("processing", {"shots": "completed", "scenes": "running"})
    early = api.get(f"/videos/{film.uid}/segments")
    assert [(each["module"], each["start_time"]) for each in early] == [("shots", 0.0), ("shots", 20.0)]
    factories.told(run, "scenes")
    late = api.get(f"/videos/{film.uid}/segments")
    assert [each for each in late if each["module"] == "shots"] == early
