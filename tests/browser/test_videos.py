"""The Videos pages in a browser: from the library to a video, its modules, and their tracks under the player."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.segment_page import SegmentPage
from tests.browser.test_accessibility import LOOKS, findings, sideways

Open = Callable[..., SegmentPage]


def test_modules_run_and_become_tracks_under_the_player(open_page: Open, library: str) -> None:
    visit = open_page("/")
    page = visit.page
    page.get_by_role("link", name="Videos", exact=True).click()
    page.locator(f'a[href="/videos/{library}/"]').click()
    shots = page.locator('[data-module="shots"]')
    page.get_by_role("button", name="Start Shots").click()
    expect(shots).to_contain_text("Done · 4", timeout=60_000)
    expect(page.get_by_role("listbox", name="Shots").get_by_role("option")).to_have_count(4)
    page.get_by_role("listbox", name="Shots").get_by_role("option").nth(2).click()
    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("3/4")
    page.reload()
    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("3/4")  # the address knows it
    page.get_by_role("button", name="Clear Shots").click()
    expect(page.get_by_role("listbox", name="Shots")).to_have_count(0)
    expect(shots).to_contain_text("Not run yet")


def test_library_deletes_with_undo(open_page: Open, library: str) -> None:
    page = open_page("/videos/").page
    tile = page.locator("[data-tile]", has=page.locator(f'a[href="/videos/{library}/"]'))
    tile.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    expect(tile).to_have_count(1)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
@pytest.mark.parametrize("address", ["/videos/", "/videos/{library}/"])
def test_videos_pages_are_accessible(
    open_page: Open, library: str, address: str, scheme: str, size: dict[str, int]
) -> None:
    visit = open_page(address.format(library=library), color_scheme=scheme, viewport=size)
    if "{" in address:
        visit.wait_for_result()
    assert (findings(visit.page), sideways(visit.page)) == ([], [])
