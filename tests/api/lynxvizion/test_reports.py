"""Shared reports: public by their address, until they expire, are deleted, or their video is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.domain import api_keys, shared_reports
from segments.models import SharedReport, Video
from tests import factories
from tests.api.lynxvizion.conftest import Caller

ANYBODY = Caller({})


def shared(api: Caller, video: Video, **more: object) -> dict[str, Any]:
    answer = api("POST", "/shared-reports", {"video_id": str(video.uid), **more})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def test_report_is_read_without_a_key(api: Caller, analysed: Video) -> None:
    made = shared(api, analysed)
    keys = {"id", "user_id", "video_id", "share_hash", "expires_at", "is_active", "created_at", "with_video", "url"}
    assert (made.keys(), made["video_id"], made["is_active"]) == (keys, str(analysed.pk), 1)
    assert made["url"] == f"http://localhost/shared/{made['share_hash']}/"
    found = ANYBODY.get(f"/shared-reports/{made['share_hash']}")
    assert (found["share_hash"], found["video"]["job_id"]) == (made["share_hash"], str(analysed.uid))
    assert (found["video"]["status"], found["video"]["duration"]) == ("completed", 60.0)
    assert list(found["modules"]) == ["transcription", "shots", "grouped_shots", "scenes"]
    assert "thumbnail_url" not in str(found)
    assert "storage_path" not in str(found)


def test_video_is_named_by_its_job_id_or_its_number(api: Caller, analysed: Video) -> None:
    by_number = api("POST", "/shared-reports", {"video_id": str(analysed.pk)}).json()
    by_uid = shared(api, analysed, with_video=True)
    assert by_number["video_id"] == by_uid["video_id"]
    listed = api.get(f"/videos/{analysed.uid}/shared-reports")
    assert [each["id"] for each in listed] == [by_uid["id"], by_number["id"]]
    assert [each["with_video"] for each in listed] == [True, False]


def test_foreign_video_cannot_be_shared(stranger: User, analysed: Video) -> None:
    caller = Caller({"Authorization": api_keys.create(stranger, name="x")[1]})
    for name in (str(analysed.uid), str(analysed.pk), str(factories.NOWHERE), "999999", "x"):
        answer = caller("POST", "/shared-reports", {"video_id": name})
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")
    assert not SharedReport.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"video_id": 1},
        {"expires_at": "tomorrow"},
        {"expires_at": "9999-12-31T23:59:59-12:00"},
        {"expires_at": "2001-01-01T00:00:00"},
        {"with_video": []},
    ],
)
def test_wrong_reports_name_their_field(api: Caller, film: Video, body: dict[str, object]) -> None:
    field = next(iter(body), "video_id")
    sent = body if not body or "video_id" in body else {"video_id": str(film.uid), **body}
    answer = api("POST", "/shared-reports", sent)
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (400, "invalid_request", field)


def test_report_ends_with_its_time_its_row_or_its_video(api: Caller, owner: User, clock: Any) -> None:
    films = [factories.video(owner) for _ in range(4)]
    made = [shared(api, films[0], expires_at=(clock.now + timedelta(hours=1)).isoformat())]
    made += [shared(api, film) for film in films[1:]]
    clock.advance(hours=2)
    api("DELETE", f"/shared-reports/{made[1]['id']}")
    api("DELETE", f"/videos/{films[2].uid}")
    SharedReport.objects.filter(video=films[3]).update(is_active=False)
    answers = [ANYBODY("GET", f"/shared-reports/{each['share_hash']}") for each in made]
    answers.append(ANYBODY("GET", "/shared-reports/0123456789abcdef"))
    assert [each.status_code for each in answers] == [404] * 5
    assert len({each.content for each in answers}) == 1


def test_addresses_cannot_be_guessed(film: Video) -> None:
    hashes = {shared_reports.create(film, expires_at=None, with_video=False).share_hash for _ in range(20)}
    assert (len(hashes), {len(each) for each in hashes}) == (20, {32})
