"""Player and timeline: selecting plays to the last frame, and the switch decides what follows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import films
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]
END_OF_FIRST = 4.0  # of three equal parts of twelve seconds


@pytest.fixture
def visit(open_page: Open, result: str) -> SegmentPage:
    visit = open_page(f"/?task={result}&view=visual")
    visit.wait_for_result()
    return visit


def _speed_up(visit: SegmentPage, rate: str = "4") -> None:
    visit.page.get_by_label("Speed").select_option(rate)


def test_seeking_works_because_bytes_come_in_ranges(visit: SegmentPage) -> None:
    visit.page.keyboard.press("7")
    visit.page.wait_for_function("() => !document.querySelector('[data-player] video').seeking")

    assert visit.video("currentTime") == pytest.approx(0.7 * 12, abs=0.1)
    assert films.scene_of(*visit.shown_colour()) == 2


def test_a_selected_segment_plays_and_stops_at_its_last_frame(visit: SegmentPage) -> None:
    visit.segments("part").nth(2).click()
    visit.wait_until_playing()
    visit.wait_until_paused()

    end = films.SCENE_SECONDS
    assert end - 0.08 <= visit.video("currentTime") < end
    assert films.scene_of(*visit.shown_colour()) == 0


def test_at_four_times_the_speed_it_still_stops_inside(visit: SegmentPage) -> None:
    _speed_up(visit)
    visit.segments("shot").nth(0).click()
    visit.wait_until_playing()
    visit.wait_until_paused()

    assert END_OF_FIRST - 0.3 <= visit.video("currentTime") < END_OF_FIRST


def test_loop_begins_again(visit: SegmentPage) -> None:
    visit.page.get_by_label("loop").check()
    _speed_up(visit)
    visit.page.evaluate(
        "() => { window.back = 0; const v = document.querySelector('[data-player] video');"
        " v.addEventListener('seeked', () => (window.back += 1)); }"
    )
    visit.segments("part").nth(1).click()
    visit.page.wait_for_function("() => window.back >= 3")

    assert visit.video("paused") is False
    assert 1.0 <= visit.video("currentTime") <= 2.05


def test_going_on_follows_the_playhead_to_the_next_segment(visit: SegmentPage) -> None:
    visit.page.get_by_label("go on").check()
    expect(visit.page.get_by_label("Follow playback")).to_be_checked()
    _speed_up(visit)
    visit.segments("part").nth(0).click()

    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("12/12", timeout=15_000)


def test_stepping_through_the_lane_updates_panel_list_and_address(visit: SegmentPage) -> None:
    visit.page.keyboard.press("]")

    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("2/3")
    assert visit.query()["segment"] == "shot:2"
    visit.page.get_by_text("Segments as list").click()
    expect(visit.page.locator("tr[aria-current=true]")).to_contain_text("shot")
    visit.page.go_back()
    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("1/3")


def test_fields_are_shown_by_type_and_unknown_ones_as_a_dash(visit: SegmentPage) -> None:
    names = visit.facts.locator("[data-facts-fields] dt")

    expect(names.filter(has_text="Summary")).to_be_visible()
    expect(names.filter(has_text="Peak at")).to_be_visible()
    visit.facts.get_by_text("Why here?").click()
    expect(visit.facts.locator("[data-facts-why]")).to_contain_text("Starts here")
    expect(visit.facts.locator("[data-facts-why]")).to_contain_text("Equal parts.")


def test_zoom_shows_the_overview_box_and_goes_into_the_address(visit: SegmentPage) -> None:
    visit.timeline.get_by_role("button", name="Zoom in").click()

    expect(visit.timeline.locator("[data-box]")).to_be_visible()
    start, end = (float(text) for text in visit.query()["z"].split("-"))
    assert end - start < 12
    visit.timeline.get_by_role("button", name="Fit").click()
    expect(visit.page).not_to_have_url(re.compile("[?&]z="))


def test_hovering_a_segment_shows_its_card_beside_it(visit: SegmentPage) -> None:
    block = visit.segments("shot").nth(1)
    block.hover()
    card = visit.page.locator("[data-card]")
    expect(card).to_be_visible()

    expect(card).to_contain_text("00:04.0 – 00:08.0 · 4.0 s")
    expect(card).to_contain_text("2/3")
    over, under = card.bounding_box(), block.bounding_box()
    assert over is not None
    assert under is not None
    assert over["y"] >= under["y"] + under["height"] or over["y"] + over["height"] <= under["y"]


def test_the_timeline_names_lanes_and_segments_for_screen_readers(visit: SegmentPage) -> None:
    expect(visit.timeline).to_have_attribute("aria-label", "Segment timeline, 2 definitions")
    option = visit.segments("shot, 3 segments").nth(1)

    expect(option).to_have_attribute("aria-posinset", "2")
    expect(option).to_have_attribute("aria-setsize", "3")
    name = option.get_attribute("aria-label") or ""
    assert name.startswith("2 of 3, ")
    assert name.endswith("from 4 seconds, 4 seconds long")


def test_copying_gives_the_segment_as_json(visit: SegmentPage) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.facts.get_by_role("button", name="Copy JSON").click()
    expect(visit.facts.get_by_role("button", name="Copied")).to_be_visible()

    copied = json.loads(visit.page.evaluate("() => navigator.clipboard.readText()"))
    assert (copied["start_time"], copied["end_time"]) == (0, 4)
