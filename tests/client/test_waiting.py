"""Waiting and back-off, on a clock that jumps."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import pytest

from segments.client import (
    AuthenticationError,
    ClientConnectionError,
    ClientError,
    ClientTimeoutError,
    ConflictError,
    PermissionDeniedError,
    QuotaExceededError,
    RateLimitError,
    ResourceNotFoundError,
    ServerError,
    ValidationError,
    VideoAnalysisError,
)
from segments.client.flow import Request
from segments.client.flows import analysis, files
from segments.client.flows.exchange import ask, exchange, refusal
from tests.client.scripted import CONFIG, Script, answer

BROKEN = ClientConnectionError("The line broke.")


def job(status: str, **more: Any) -> Any:
    return answer(body={"analysis_job_id": "j", "media_id": "m", "status": status, **more})


def test_check_7_pauses_grow_by_half_up_to_fifteen_seconds() -> None:
    script = Script([*[job("processing")] * 8, job("completed")])
    heard: list[str] = []
    done = script.run(analysis.wait_for_completion(CONFIG, "j", None, lambda status: heard.append(status.status)))
    assert done.is_completed
    assert script.slept == [2, 3, 4.5, 6.75, 10.125, 15, 15, 15]
    assert heard == ["processing"] * 8 + ["completed"]


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_check_7_bad_ends_raise(status: str) -> None:
    script = Script([job("pending"), job(status, error_code="BACKEND_ERROR" if status == "failed" else None)])
    with pytest.raises(VideoAnalysisError) as ended:
        script.run(analysis.wait_for_completion(CONFIG, "j", None, None))
    assert (ended.value.code, ended.value.details["status"]) == ("VIDEO_ANALYSIS_ERROR", status)
    assert (ended.value.media_id, ended.value.analysis_job_id) == ("m", "j")


def test_check_7_timeout_carries_the_last_status_and_cuts_the_last_pause() -> None:
    script = Script(repeat(job("processing", progress_percent=40)))
    with pytest.raises(ClientTimeoutError) as late:
        script.run(analysis.wait_for_completion(CONFIG, "j", 7, None))
    assert script.slept == [2, 3, 2]
    assert (late.value.last_result.progress_percent, isinstance(late.value, TimeoutError)) == (40.0, True)


def test_check_7_polling_timeout_is_the_default() -> None:
    script = Script(repeat(job("pending")))
    with pytest.raises(ClientTimeoutError):
        script.run(analysis.wait_for_completion(CONFIG, "j", None, None))
    assert sum(script.slept) == CONFIG.polling_timeout == 360


def test_waiting_for_a_file_ends_however_it_ended() -> None:
    script = Script([answer(body={"file_id": "f", "upload_status": state}) for state in ("processing", "failed")])
    assert script.run(files.wait_for_session(CONFIG, "f", None, None)).upload_status == "failed"


@pytest.mark.parametrize("fault", [BROKEN, answer(502), answer(503), answer(504), answer(429)])
def test_idempotent_calls_are_sent_again_with_growing_pauses(fault: Any) -> None:
    script = Script([fault, fault, answer(body={"ok": 1})])
    assert script.run(ask(CONFIG, "GET", "/x")) == {"ok": 1}
    assert script.slept == [1, 2]


def test_retry_after_is_honoured() -> None:
    script = Script([answer(429, retry_after="7"), answer(body={})])
    script.run(ask(CONFIG, "GET", "/x"))
    assert script.slept == [7]


def test_retries_end() -> None:
    script = Script([answer(503)] * 4)
    with pytest.raises(ServerError):
        script.run(ask(CONFIG, "GET", "/x"))
    assert script.slept == [1, 2, 4]
    with pytest.raises(ClientConnectionError):
        Script([BROKEN] * 4).run(ask(CONFIG, "GET", "/x"))


def test_creations_are_sent_once() -> None:
    for fault, kind in ((BROKEN, ClientConnectionError), (answer(503), ServerError)):
        script = Script([fault])
        with pytest.raises(kind):
            script.run(ask(CONFIG, "POST", "/x", {}))
        assert script.slept == []


def test_five_hundred_is_not_repeated() -> None:
    with pytest.raises(ServerError):
        Script([answer(500)]).run(exchange(CONFIG, Request("GET", "/x")))


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, ValidationError, "VALIDATION_ERROR"),
        (401, AuthenticationError, "AUTH_ERROR"),
        (403, PermissionDeniedError, "PERMISSION_DENIED"),
        (404, ResourceNotFoundError, "NOT_FOUND"),
        (409, ConflictError, "INVALID_STATE"),
        (413, QuotaExceededError, "QUOTA_EXCEEDED"),
        (422, ValidationError, "VALIDATION_ERROR"),
        (429, RateLimitError, "RATE_LIMIT"),
        (500, ServerError, "SERVER_ERROR"),
        (418, ClientError, "ERROR"),
    ],
)
def test_each_refusal_has_its_class(status: int, kind: type[ClientError], code: str) -> None:
    error = refusal(answer(status, {"error": {"code": "THEIRS", "message": "No.", "details": {"a": 1}}}))
    assert (type(error), str(error)) == (kind, f"[{code}] No.")
    assert error.details == {"a": 1, "server_code": "THEIRS"}


@pytest.mark.parametrize("body", [{"code": "a", "message": "No."}, {"code": "a", "detail": "No."}])
def test_all_envelopes_of_the_server_are_read(body: dict[str, str]) -> None:
    error = refusal(answer(404, body))
    assert (error.message, error.details) == ("No.", {"server_code": "a"})
    assert refusal(answer(502)).message == "The server answered 502."


def test_quota_and_rate_limits_tell_their_numbers() -> None:
    quota = refusal(answer(403, {"error": {"code": "STORAGE_QUOTA_EXCEEDED", "message": "Full."}}))
    assert isinstance(quota, QuotaExceededError)
    headers = {"retry_after": "3", "x_ratelimit_limit": "10", "x_ratelimit_remaining": "0", "x_ratelimit_reset": "99"}
    limited = refusal(answer(429, {}, **headers))
    assert isinstance(limited, RateLimitError)
    assert (limited.retry_after, limited.limit, limited.remaining, limited.reset) == (3.0, 10, 0, 99)


def test_html_is_no_answer() -> None:
    script = Script([answer()])
    script._answers = iter([type(answer())(200, {}, b"<html>")])
    with pytest.raises(ServerError, match="Is this address a Cuepoint server"):
        script.run(ask(CONFIG, "GET", "/x"))
