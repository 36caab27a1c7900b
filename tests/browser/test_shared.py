"""A shared report in a browser: made on the video page, read by somebody else, times play the film."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import running
from tests.browser.segment_page import SegmentPage
from tests.browser.test_accessibility import LOOKS, findings, sideways

Open = Callable[..., SegmentPage]


FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}


@pytest.fixture(scope="module")
def shared(client: running.Client, film: Path) -> Iterator[str]:
    """A video of which the shots were found; other files count on theirs being as they are."""
    video = client.upload(film)
    running.wait_for(lambda: b"Start<" in client.ask("GET", f"/videos/{video}/modules/").body)
    client.ask("POST", f"/videos/{video}/modules/start/", b"module=shots", FORM)
    done = 'data-module="shots" data-state="completed"'
    running.wait_for(lambda: done in client.ask("GET", f"/videos/{video}/modules/").body.decode(), 60)
    yield video
    client.ask("POST", f"/videos/{video}/remove/", b"", FORM)


@pytest.fixture(scope="module")
def address(client: running.Client, shared: str) -> str:
    made = client.ask("POST", f"/videos/{shared}/share/", b"with_video=on", FORM).body.decode()
    return re.findall(r"/shared/[0-9a-f]+/", made)[0]


def test_address_is_made_opened_and_switched_off(open_page: Open, shared: str) -> None:
    visit = open_page(f"/videos/{shared}/")
    part = visit.page.locator("#_shares")
    part.get_by_label("The film can be played there").check()
    part.get_by_role("button", name="Make an address").click()
    address = part.get_by_role("link").first.get_attribute("href")
    reader = open_page(address).page
    expect(reader.get_by_role("heading", name="Shots")).to_be_visible()
    play = reader.get_by_role("button", name="Play from")
    expect(play).to_have_count(4)
    play.nth(2).click()
    reader.wait_for_function("() => document.querySelector('video').currentTime >= 6")
    part.get_by_role("button", name="Switch off").first.click()
    expect(part.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_shared_report_is_accessible(open_page: Open, address: str, scheme: str, size: dict[str, int]) -> None:
    reader = open_page(address, color_scheme=scheme, viewport=size).page
    assert (findings(reader), sideways(reader)) == ([], [])
