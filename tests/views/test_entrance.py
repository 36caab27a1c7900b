"""Who comes in: this computer in local mode, the launch link's browser in token mode, accounts in users mode."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client

from segments.domain import access, launch
from segments.middleware import FORWARDED
from segments.models import Video
from tests import factories
from tests.views.conftest import with_token

pytestmark = pytest.mark.django_db
HTML = {"Accept": "text/html"}


def browser(**defaults: Any) -> Client:
    """Another browser, with a page of ours open."""
    return with_token(Client(enforce_csrf_checks=True, SERVER_NAME="localhost", **defaults))


# --- local


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "localhost:8000"])
def test_this_computer_comes_in_by_its_names(bare: Client, host: str) -> None:
    assert bare.get("/history/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.7", "127.0.0.1.nip.io", "a b"])
def test_foreign_host_is_refused(bare: Client, host: str) -> None:
    assert bare.get("/history/", headers={"Host": host}).status_code == 400


def test_allowed_host_that_is_not_local_is_refused_in_local_mode(bare: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["films.example"]
    response = bare.get("/history/", headers={"Host": "films.example"})
    assert (response.status_code, b"works for this computer only" in response.content) == (403, True)


@pytest.mark.parametrize("address", ["192.168.1.20", "10.0.0.1", "2001:db8::1", "", "not an address"])
def test_peer_from_elsewhere_is_refused(bare: Client, address: str) -> None:
    assert bare.get("/history/", REMOTE_ADDR=address).status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.7", "::1"])
def test_peer_on_loopback_comes_in(bare: Client, address: str) -> None:
    assert bare.get("/history/", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("header", FORWARDED)
def test_proxy_in_between_ends_the_automatic_entrance(bare: Client, header: str) -> None:
    assert bare.get("/history/", **{header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("site", "status"), [("none", 200), ("same-origin", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_request_that_another_site_sent_is_refused(bare: Client, site: str, status: int) -> None:
    assert bare.get("/history/", headers={"Sec-Fetch-Site": site}).status_code == status


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:9999", "https://localhost", "null", "http://127.0.0.1"]
)
def test_write_from_another_origin_is_refused(local: Client, owner: User, origin: str) -> None:
    video = factories.video(owner)
    response = local.post(f"/videos/{video.uid}/delete/", headers={"Origin": origin})
    assert (response.status_code, response.json()["code"]) == (403, "csrf")
    assert Video.objects.get().deleted_at is None


def test_write_from_a_page_of_ours_is_taken(local: Client, owner: User) -> None:
    video = factories.video(owner)
    response = local.post(f"/videos/{video.uid}/delete/", headers={"Origin": "http://localhost"})
    assert response.status_code == 200
    assert Video.objects.get().deleted_at is not None


def test_local_browser_is_the_owner(local: Client, owner: User, anna: User) -> None:
    mine, hers = factories.video(owner), factories.video(anna)
    assert local.get(f"/videos/{mine.uid}/card/").status_code == 200
    assert local.get(f"/videos/{hers.uid}/card/").status_code == 404


def test_local_mode_ignores_sessions_of_others(local: Client, anna: User) -> None:
    local.force_login(anna)
    assert local.get(f"/videos/{factories.video(anna).uid}/card/").status_code == 404


# --- token


@pytest.mark.usefixtures("token_mode")
def test_without_launch_link_nobody_comes_in(bare: Client) -> None:
    program = bare.get("/history/")
    assert (program.status_code, program.json()["code"]) == (401, "not_entered")
    person = bare.get("/history/", headers=HTML)
    assert (person.status_code, person["Location"]) == (302, "/enter/?next=/history/")
    assert b"Open the launch link" in bare.get("/enter/").content


@pytest.mark.usefixtures("token_mode")
def test_launch_link_lets_one_browser_in() -> None:
    link = f"/enter/?token={launch.token()}"
    first, second = browser(), browser()
    entered = first.get(link)
    assert (entered.status_code, entered["Location"]) == (302, "/")
    assert first.get("/history/").status_code == 200
    assert second.get(link).status_code == 200
    assert second.get("/history/").status_code == 401


@pytest.mark.usefixtures("token_mode")
def test_launched_browser_is_the_owner(owner: User) -> None:
    client = browser()
    client.get(f"/enter/?token={launch.token()}")
    assert client.get(f"/videos/{factories.video(owner).uid}/card/").status_code == 200


@pytest.mark.usefixtures("token_mode")
def test_wrong_launch_link_lets_nobody_in(bare: Client) -> None:
    launch.token()
    assert bare.get("/enter/?token=guess").status_code == 200
    assert bare.get("/history/").status_code == 401


def test_launch_link_means_nothing_in_other_modes(bare: Client, users_mode: None) -> None:
    token = launch.token()
    bare.get(f"/enter/?token={token}")
    assert bare.get("/history/").status_code == 401
    assert launch.redeem(token)


@pytest.mark.usefixtures("token_mode")
@pytest.mark.parametrize(
    ("wanted", "onward"),
    [
        ("/?task=1", "/?task=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_entrance_leads_to_addresses_of_ours_only(wanted: str, onward: str) -> None:
    response = browser().get("/enter/", {"token": launch.token(), "next": wanted})
    assert (response.status_code, response["Location"]) == (302, onward)


# --- users


@pytest.fixture
def _anna_exists(anna: User) -> None:
    """Somebody to log in as."""


@pytest.mark.usefixtures("users_mode", "_anna_exists")
def test_name_and_password_let_in() -> None:
    client = browser()
    entered = client.post("/enter/", {"name": "anna", "password": "password of anna", "next": "/?task=1"})
    assert (entered.status_code, entered["Location"]) == (302, "/?task=1")
    assert client.get("/history/").status_code == 200


@pytest.mark.usefixtures("users_mode", "_anna_exists")
@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong"), ("nobody", "password of anna"), ("", ""), (access.OWNER_NAME, "!")]
)
def test_wrong_name_or_password_lets_nobody_in(name: str, password: str) -> None:
    access.local_owner()
    client = browser()
    refused = client.post("/enter/", {"name": name, "password": password})
    assert (refused.status_code, b"is not right" in refused.content) == (401, True)
    assert client.get("/history/").status_code == 401


@pytest.mark.usefixtures("users_mode", "_anna_exists")
def test_login_needs_the_token_of_its_page(bare: Client) -> None:
    assert bare.post("/enter/", {"name": "anna", "password": "password of anna"}).status_code == 403


@pytest.mark.usefixtures("users_mode", "_anna_exists")
def test_session_known_before_login_is_not_the_one_after() -> None:
    client = browser()
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = planted.session_key
    client.post("/enter/", {"name": "anna", "password": "password of anna"})
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != planted.session_key


@pytest.mark.usefixtures("users_mode")
def test_leaving_ends_the_session(anna: User) -> None:
    client = browser()
    client.force_login(anna)
    assert client.post("/leave/").status_code == 302
    assert client.get("/history/").status_code == 401


@pytest.mark.usefixtures("users_mode")
def test_session_cookie_is_for_this_server_only(anna: User) -> None:
    client = browser()
    client.post("/enter/", {"name": "anna", "password": "password of anna"})
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    assert cookie.key.endswith(f"_{django_settings.PORT}")


@pytest.mark.parametrize("mode", ["local", "token", "users"])
def test_sign_of_life_needs_no_entrance(bare: Client, settings: Any, mode: str) -> None:
    settings.ACCESS = mode
    response = bare.get("/health")
    assert (response.status_code, response.content) == (200, b"ok")
