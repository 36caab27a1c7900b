"""Every refusal has the same shape, and every failure of ours a place in it."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest
from django.test import Client, RequestFactory

from segments.api.videos import mapping
from segments.api.videos.errors import FAILURES, refusal
from segments.client import AuthenticationError, RateLimitError
from segments.core import errors
from tests.api.videos.conftest import Speaker
from tests.views.test_errors import kinds, made


def test_wrong_key_is_an_authentication_error(sdk: Speaker) -> None:
    sdk.key = "cue_live_" + "0" * 64
    with pytest.raises(AuthenticationError) as refused:
        sdk("files.list")
    assert refused.value.details["server_code"] == "INVALID_API_KEY"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "NOT_FOUND"),
        ("GET", "/files/nonsense", 404, "NOT_FOUND"),
        ("PUT", "/files", 405, "VALIDATION_ERROR"),
        ("POST", "/video-uploads/initiate", 422, "VALIDATION_ERROR"),
        ("GET", "/files?limit=0", 422, "VALIDATION_ERROR"),
        ("GET", f"/files?offset={10**20}", 422, "VALIDATION_ERROR"),
    ],
)
def test_refusals_have_code_words_details_and_request_id(
    raw: httpx.Client, method: str, path: str, status: int, code: str
) -> None:
    answer = raw.request(method, path)
    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (status, code)
    assert (set(body), set(body["error"])) == ({"error", "request_id"}, {"code", "message", "details"})
    assert body["request_id"] == answer.headers["X-Request-Id"]


def test_what_breaks_has_the_envelope_too(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(mapping, "records_json", broken)
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    answer = client.get("/api/v2/files", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "INTERNAL_ERROR")
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


def test_without_a_key_the_answer_names_the_scheme(address: str, transactional_db: None) -> None:
    answer = httpx.get(f"{address}/api/v2/files")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("kind", sorted(kinds(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_every_failure_has_a_status_and_a_code(kind: type[errors.CuepointError]) -> None:
    answer = refusal(RequestFactory().get("/"), made(kind))
    body = json.loads(answer.content)
    assert (answer.status_code != 500, body["error"]["message"]) == (True, made(kind).message)
    assert re.fullmatch("[A-Z_]+", body["error"]["code"])
    assert answer.status_code in {400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503}


def test_narrow_kinds_come_before_wide_ones() -> None:
    listed = list(FAILURES)
    hidden = [(a, b) for n, a in enumerate(listed) for b in listed[n + 1 :] if issubclass(b, a)]
    assert hidden == []


def test_limit_of_a_key_tells_when_to_come_back(sdk: Speaker, settings: Any) -> None:
    settings.RATE_LIMIT_PER_MINUTE = 1
    sdk.settings["max_retries"] = 0
    sdk("files.list")
    with pytest.raises(RateLimitError) as refused:
        sdk("files.list")
    assert (refused.value.limit, refused.value.remaining) == (1, 0)
    assert 0 < (refused.value.retry_after or 0) <= 60
