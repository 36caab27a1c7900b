"""Refusals look the same everywhere: words and a code, as JSON, as a page, or as a part of one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from segments import middleware
from segments.core import errors
from tests import factories

#: What views can meet. Media errors end runs, never requests.
STATUSES = {
    errors.InvalidRequest: 422,
    errors.NotFound: 404,
    errors.InvalidState: 409,
    errors.IdempotencyConflict: 409,
    errors.TooMany: 429,
    errors.TooLarge: 413,
    errors.Locked: 423,
    errors.ChecksumMismatch: 460,
    errors.StorageFull: 507,
    errors.RetryLimit: 409,
    errors.UploadIncomplete: 409,
    errors.WrongSize: 400,
    errors.LinkExpired: 403,
    errors.UrlBlocked: 422,
    errors.UrlFetchFailed: 422,
    errors.UrlUnreachable: 422,
}
INSIDE_RUNS = (errors.MediaError, errors.EngineUnavailable)


def kinds(base: type[errors.CuepointError] = errors.CuepointError) -> Iterator[type[errors.CuepointError]]:
    for kind in base.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield kind
            yield from kinds(kind)


def made(kind: type[errors.CuepointError]) -> errors.CuepointError:
    if issubclass(kind, errors.InvalidRequest):
        return kind([errors.Problem("a.b", "First.", "parameter_unknown"), errors.Problem("c", "Second.")])
    return kind("Do this instead.")


def asking(accept: str = "*/*", **headers: str) -> HttpRequest:
    request = RequestFactory(SERVER_NAME="localhost").get("/", headers={"Accept": accept, **headers})
    request.user = AnonymousUser()
    return request


def test_every_failure_has_a_status_or_stays_inside_runs() -> None:
    unplaced = [kind for kind in kinds() if kind not in STATUSES and not issubclass(kind, INSIDE_RUNS)]
    assert unplaced == []


@pytest.mark.parametrize("kind", STATUSES, ids=lambda kind: kind.__name__)
def test_failure_as_json_has_code_and_words(kind: type[errors.CuepointError]) -> None:
    error = made(kind)
    response = middleware.failure_response(asking(), error)
    assert response is not None
    assert response.status_code == STATUSES[kind]
    answer = json.loads(response.content)
    assert (answer["code"], answer["message"]) == (kind.code, error.message)


def test_invalid_request_as_json_lists_every_problem() -> None:
    response = middleware.failure_response(asking(), made(errors.InvalidRequest))
    assert response is not None
    assert json.loads(response.content)["problems"] == [
        {"path": "a.b", "message": "First.", "code": "parameter_unknown"},
        {"path": "c", "message": "Second.", "code": "parameter_invalid"},
    ]


@pytest.mark.django_db
def test_failure_as_page_says_the_words() -> None:
    response = middleware.failure_response(asking("text/html,*/*"), errors.TooMany("Wait <b>here</b>."))
    assert response is not None
    assert (response.status_code, response["Content-Type"]) == (429, "text/html; charset=utf-8")
    page = response.content.decode()
    assert "<h1>Wait &lt;b&gt;here&lt;/b&gt;.</h1>" in page
    assert page.startswith("<!doctype html>")


def test_failure_for_htmx_is_one_part_with_its_name() -> None:
    response = middleware.failure_response(asking("text/html", **{"HX-Request": "true"}), made(errors.InvalidRequest))
    assert response is not None
    part = response.content.decode().strip()
    assert response.status_code == 422
    assert part.startswith('<div id="_run_problems"')
    assert "<html" not in part
    assert 'data-path="a.b"' in part


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_busy_database_says_when_to_come_back(accept: str) -> None:
    response = middleware.failure_response(asking(accept), OperationalError("database is locked"))
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert b"locked" not in response.content


def test_bug_is_not_dressed_up_as_a_failure_of_ours() -> None:
    assert middleware.failure_response(asking(), KeyError("x")) is None


def test_bug_is_answered_without_internals() -> None:
    response = middleware.server_error(asking())
    assert (response.status_code, b"Something broke" in response.content) == (500, True)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [({}, "application/json"), ({"Accept": "text/html"}, "text/html"), ({"HX-Request": "true"}, "text/html")],
)
def test_unknown_address_is_answered_in_kind(local: Client, headers: dict[str, str], kind: str) -> None:
    response = local.get("/no/such/thing", headers=headers)
    assert response.status_code == 404
    assert response["Content-Type"].startswith(kind)
    assert b"There is nothing at this address" in response.content


def test_stranger_hears_the_same_for_missing_and_foreign(local: Client, anna: User) -> None:
    foreign = local.get(f"/jobs/{factories.job(factories.video(anna)).uid}/events/")
    missing = local.get(f"/jobs/{factories.NOWHERE}/events/")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    assert foreign.json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/", "/health", "/no/such/thing", "/history/"])
def test_every_answer_keeps_other_sites_out(local: Client, path: str) -> None:
    response = local.get(path, headers={"Accept": "text/html"})
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response
