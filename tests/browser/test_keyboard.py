"""The page without a pointer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]


@pytest.fixture
def visit(open_page: Open, result: str) -> SegmentPage:
    visit = open_page(f"/?task={result}&view=visual")
    visit.wait_for_result()
    return visit


def test_the_whole_loop_goes_without_a_pointer(open_page: Open, film: Path) -> None:
    visit = open_page()
    keys = visit.page.keyboard
    visit.card.get_by_role("button").first.focus()
    keys.press("Enter")
    expect(visit.picker).to_be_visible()
    visit.choose_files(film)
    picked = visit.picker.locator("input[name=picked-video]:checked")
    expect(picked).to_have_count(1)
    picked.focus()
    keys.press("Enter")
    expect(visit.picker).to_be_hidden()
    expect(visit.card).to_have_attribute("data-video-state", "ready", timeout=30_000)
    keys.press("Control+Enter")
    visit.wait_for_result(60)
    keys.press("]")
    visit.wait_until_playing()
    visit.wait_until_paused()

    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("2/4")


def test_the_skip_link_is_first_and_leads_to_the_result(visit: SegmentPage) -> None:
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("link", name="Skip to result")).to_be_focused()
    visit.page.keyboard.press("Enter")

    expect(visit.page.locator("#result")).to_be_focused()


def test_tabs_are_walked_by_arrows_and_opened_by_letters(visit: SegmentPage) -> None:
    visit.page.get_by_role("tab", name="Visual").focus()
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.get_by_role("tab", name="JSON")).to_be_focused()
    expect(visit.page.get_by_role("tabpanel", name="JSON")).to_be_visible()
    assert visit.query()["view"] == "json"
    visit.page.keyboard.press("g")
    visit.page.keyboard.press("x")

    expect(visit.page.get_by_role("tabpanel", name="Examples")).to_be_visible()


def test_the_timeline_is_one_tab_stop_with_arrows_inside(visit: SegmentPage) -> None:
    first = visit.segments("shot").nth(0)
    first.focus()
    visit.page.keyboard.press("ArrowRight")
    expect(visit.segments("shot").nth(1)).to_be_focused()
    visit.page.keyboard.press("ArrowDown")
    expect(visit.segments("part").nth(4)).to_be_focused()
    visit.page.keyboard.press("End")
    expect(visit.segments("part").nth(11)).to_be_focused()

    assert visit.page.locator("segment-timeline [role=option][tabindex='0']").count() == 1


def test_space_on_a_button_presses_it_and_does_not_play(visit: SegmentPage) -> None:
    visit.facts.get_by_role("button", name="Seconds").focus()
    visit.page.keyboard.press("Space")

    expect(visit.facts.get_by_role("button", name="Clock")).to_be_visible()
    assert visit.video("paused") is True


def test_the_sheet_switches_single_keys_off_for_good(visit: SegmentPage) -> None:
    visit.page.keyboard.press("?")
    visit.page.get_by_label("Single-key shortcuts").uncheck()
    visit.page.keyboard.press("Escape")
    visit.page.reload()
    visit.wait_for_result()
    visit.page.keyboard.press("]")
    visit.page.keyboard.press("?")

    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("1/3")
    expect(visit.page.locator("#shortcuts")).to_be_hidden()


def test_closing_a_dialog_gives_the_focus_back(visit: SegmentPage) -> None:
    opener = visit.page.get_by_role("button", name="Shortcuts")
    opener.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#shortcuts")).to_be_visible()
    visit.page.keyboard.press("Escape")

    expect(opener).to_be_focused()
