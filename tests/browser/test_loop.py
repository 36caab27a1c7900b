"""The main loop with a file from disk: upload, run, leave, return, select a segment, see it play and stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import films
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]


def test_a_film_from_disk_becomes_segments_that_play_and_stop(open_page: Open, film: Path) -> None:
    visit = open_page()
    visit.open_picker()
    visit.choose_files(film)
    visit.picker.get_by_role("button", name="Use it").click()
    expect(visit.card).to_have_attribute("data-video-state", "ready", timeout=30_000)
    visit.page.keyboard.press("Control+Enter")
    visit.page.wait_for_url("**task=**")
    task = visit.query()["task"]
    visit.page.goto("about:blank")

    again = open_page()
    again.page.get_by_role("tab", name="History").click()
    again.page.locator(f'[data-task="{task}"]').click()
    again.wait_for_result(60)
    shots = again.segments("shot")
    expect(shots).to_have_count(4)
    shots.nth(1).click()
    again.wait_until_playing()
    again.wait_until_paused()

    assert films.SCENE_SECONDS < again.video("currentTime") <= 2 * films.SCENE_SECONDS
    assert again.video("currentTime") >= 2 * films.SCENE_SECONDS - 0.1
    assert films.scene_of(*again.shown_colour()) == 1
    expect(again.facts.locator("[data-facts-counter]")).to_have_text("2/4")
    assert again.query()["segment"] == "shot:2"


def test_leaving_during_a_run_and_coming_back_shows_its_progress(open_page: Open, library: str, gates: object) -> None:
    visit = open_page(f"/?video={library}")
    visit.write_definitions('[{"id": "away", "description": "A stretch that fits.", "fields": []}]')
    visit.choose_engine("gated")
    visit.segment_button.click()
    visit.wait_for_state("processing")
    visit.page.goto("about:blank")

    again = open_page("/")
    again.page.get_by_role("link", name="Continue with four_scenes.mp4").click()
    again.wait_for_state("processing")
    expect(again.page.locator("[data-live]")).to_have_attribute("data-state", "live")
    gates.open("away")  # type: ignore[attr-defined]
    again.wait_for_state("done")
    again.wait_for_result()
    expect(again.page).to_have_title("Done · four_scenes.mp4 · away")


def test_an_address_reproduces_result_tab_segment_and_zoom(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}&view=visual&segment=part:3&z=2-8")
    visit.wait_for_result()

    expect(visit.facts.locator("[data-facts-name]")).to_have_text("part")
    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("3/12")
    assert visit.query()["z"] == "2-8"
    expect(visit.timeline.locator("[data-box]")).to_be_visible()
    visit.page.goto(f"/?task={result}&view=json")
    expect(visit.page.get_by_role("tabpanel", name="JSON")).to_contain_text('"task_id"')


def test_an_unknown_segment_in_the_address_is_told(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}&view=visual&segment=shot:99")
    visit.wait_for_result()

    expect(visit.page.locator("[data-toasts]")).to_contain_text("not in this result")
    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("1/3")


def test_history_row_opens_a_run_without_loading_the_page(open_page: Open, result: str) -> None:
    visit = open_page()
    visit.page.evaluate("() => { window.stayed = true; }")
    visit.page.get_by_role("tab", name="History").click()
    visit.page.locator(f'[data-task="{result}"]').click()
    visit.wait_for_result()

    assert visit.page.evaluate("() => window.stayed") is True
    expect(visit.card).to_have_attribute("data-name", "four_scenes.mp4")
    expect(visit.page.locator("[data-definition-summary]")).to_have_text("2 definitions · 3 fields")
    expect(visit.page.locator("[data-edited]")).to_be_hidden()
