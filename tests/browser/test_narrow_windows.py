"""Narrow windows: the settings are a sheet over the page, opened from the line that sums them up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]
TABLET, PHONE = {"width": 1024, "height": 768}, {"width": 390, "height": 844}


def _on_top(locator: Locator) -> bool:
    """Whether what is drawn at the middle of the element is the element."""
    return bool(
        locator.evaluate(
            """(element) => {
              const { left, top, width, height } = element.getBoundingClientRect();
              return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            }"""
        )
    )


@pytest.mark.parametrize("window", [TABLET, PHONE], ids=["tablet", "phone"])
def test_settings_open_as_a_sheet_over_everything_and_close_again(
    open_page: Open, library: str, window: dict[str, int]
) -> None:
    visit = open_page(f"/?video={library}", viewport=window)
    change, sheet = visit.page.get_by_role("button", name="Change", exact=True), visit.page.locator("#run-form")
    expect(sheet).to_be_hidden()
    change.click()
    expect(visit.page.locator("[data-close-sheet]")).to_be_focused()
    for part in ("#_video_card button", "[data-preset]", "[data-edit-definitions]", "[data-submit]"):
        assert _on_top(visit.page.locator(part).first)
    visit.page.locator("[data-close-sheet]").click()

    expect(sheet).to_be_hidden()
    expect(change).to_be_focused()


def test_escape_and_a_press_beside_the_sheet_close_it_but_a_dialog_over_it_does_not(
    open_page: Open, library: str
) -> None:
    visit = open_page(f"/?video={library}", viewport=TABLET)
    change, sheet = visit.page.locator("[data-open-sheet]"), visit.page.locator("#run-form")
    change.click()
    visit.page.locator("#_video_card button").first.click()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#_video_picker")).to_be_hidden()
    expect(sheet).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    change.click()
    visit.page.mouse.click(900, 600)

    expect(sheet).to_be_hidden()


def test_segment_of_the_line_waits_for_a_video_and_starts_the_run(open_page: Open, library: str) -> None:
    visit = open_page(viewport=PHONE)
    segment = visit.page.locator("[data-bar-submit]")
    expect(segment).to_be_disabled()
    expect(visit.page.locator("[data-summary-video]")).to_have_text("No video")
    visit.goto(f"/?video={library}")
    segment.click()

    visit.wait_for_result()
