"""An example is one press away from a result; the pictures in README are taken of one when asked for."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.segment_page import SegmentPage
from tests.running import ROOT

Open = Callable[..., SegmentPage]
PICTURES = ROOT / "static" / "img"


def test_every_example_is_offered_and_pictures_come_by_themselves(open_page: Open) -> None:
    visit = open_page("/?view=examples")
    expect(visit.page.locator("#_examples .example")).to_have_count(4)
    # right after the first start the films are still being looked at
    expect(visit.page.locator("#_examples .example img")).to_have_count(4, timeout=60_000)


def test_example_card_runs_at_once_and_shows_its_segments(open_page: Open) -> None:
    visit = open_page("/?view=examples")
    visit.page.get_by_role("button", name="Run the example Harbour News").click()
    visit.wait_for_result(120)
    visit.segments("on_screen_text").nth(3).click()
    expect(visit.page.locator("[data-facts-counter]")).to_contain_text("/")
    visit.page.locator("[data-facts-why] summary").click()
    visit.wait_until_paused()
    if os.environ.get("TAKE_README_PICTURES"):
        visit.page.screenshot(path=PICTURES / "screenshot.png")


def test_definitions_of_an_example_open_in_the_builder(open_page: Open) -> None:
    visit = open_page("/?view=examples", color_scheme="dark")
    visit.page.get_by_role("button", name="the example Harbour News").click()
    visit.wait_for_result(120)
    visit.page.locator("[data-edit-definitions]").click()
    expect(visit.builder.locator("[data-definition-counter]")).to_have_text("2/20")
    expect(visit.builder.locator(".cm-content")).to_contain_text('"on_screen_text"')
    if os.environ.get("TAKE_README_PICTURES"):
        visit.page.screenshot(path=PICTURES / "builder.png")


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_never_scrolls_sideways(open_page: Open, result: str, width: int, theme: str) -> None:
    visit = open_page(f"/?task={result}&view=visual", viewport={"width": width, "height": 844}, color_scheme=theme)
    visit.wait_for_result()
    room = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] <= room[1]
