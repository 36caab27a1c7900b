"""Limits of the outbound client, against a real server on loopback that was listed."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from segments.core.errors import TooLarge, UrlFetchFailed, UrlUnreachable
from segments.core.outbound import Limits, Outbound
from tests.sites import Reply, Site

LIMITS = Limits(bytes=1000, seconds=20, redirects=3)


def load(site: Site, path: str = "/film", limits: Limits = LIMITS) -> bytes:
    with Outbound(site.allowed).get(f"{site.address}{path}", limits=limits) as download:
        return b"".join(download.blocks())


def test_three_redirects_are_followed_and_no_more(site: Site) -> None:
    for step in range(5):
        site.replies[f"/{step}"] = Reply(302, headers={"Location": f"/{step + 1}"})
    site.replies["/3"] = Reply(body=b"film")
    assert load(site, "/0") == b"film"
    site.replies["/3"] = Reply(302, headers={"Location": "/4"})
    with pytest.raises(UrlFetchFailed, match="more than 3 times"):
        load(site, "/0")


@pytest.mark.parametrize("has_length", [True, False])
def test_too_many_bytes_are_refused(site: Site, has_length: bool) -> None:
    site.replies["/film"] = Reply(body=b"x" * 1001, has_length=has_length)
    with pytest.raises(TooLarge):
        load(site)
    site.replies["/film"] = Reply(body=b"x" * 1000, has_length=has_length)
    assert load(site) == b"x" * 1000


def test_body_that_breaks_off_is_a_failure(site: Site) -> None:
    site.replies["/film"] = Reply(body=b"x" * 10, headers={"Content-Length": "500"})
    with pytest.raises(UrlUnreachable):
        load(site)


@pytest.mark.parametrize(("status", "kind"), [(404, UrlFetchFailed), (204, UrlFetchFailed), (503, UrlUnreachable)])
def test_answers_that_are_no_file_are_named(site: Site, status: int, kind: type[UrlFetchFailed]) -> None:
    site.replies["/film"] = Reply(status)
    with pytest.raises(kind, match=str(status)) as caught:
        load(site)
    assert type(caught.value) is kind


def test_silence_ends_the_call(site: Site) -> None:
    held = threading.Event()
    site.replies["/film"] = Reply(body=b"x", headers={"Content-Length": "9"}, then=lambda: held.wait(20))
    try:
        with pytest.raises(UrlUnreachable):
            load(site, limits=replace(LIMITS, idle_seconds=0.1))
        with pytest.raises(UrlFetchFailed, match=r"longer than 0\.2 seconds"):
            load(site, limits=replace(LIMITS, seconds=0.2))
    finally:
        held.set()


def test_nobody_listening_is_a_passing_failure() -> None:
    with pytest.raises(UrlUnreachable), Outbound(frozenset({"127.0.0.1:1"})).get("http://127.0.0.1:1/", limits=LIMITS):
        pass


def test_post_sends_the_bytes_and_keeps_a_short_answer(site: Site) -> None:
    site.replies["/hook"] = Reply(302, b"y" * 5000, {"Location": "/elsewhere", "Retry-After": "7"})
    answer = Outbound(site.allowed).post(
        f"{site.address}/hook", body=b'{"a": 1}', headers={"TL-Signature": "t=1"}, limits=LIMITS
    )
    assert (answer.status, len(answer.body), answer.headers["retry-after"]) == (302, 1000, "7")
    (seen,) = site.seen
    assert (seen.method, seen.path, seen.body, seen.headers["tl-signature"]) == ("POST", "/hook", b'{"a": 1}', "t=1")
