"""The History tab: search, filter, live state, and the menu of a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests import running
from tests.browser.conftest import Gates
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]
HELD = [{"id": "held_in_history", "description": "A stretch that fits.", "fields": []}]


@pytest.fixture
def row(client: running.Client, library: str, request: pytest.FixtureRequest) -> Callable[[SegmentPage], Locator]:
    """The row of a run of this test alone: its definition is named after the test."""
    name = request.node.name[:60]
    job = client.run(library, [{**running.SHOTS[0], "id": name}], engine="fake", custom_id="mine")
    client.finished(job)
    return lambda visit: visit.page.locator(f'[data-run="{job}"]')


def more(row: Locator, action: str) -> None:
    row.locator("summary").click()
    row.get_by_role("button", name=action).click()


def test_history_finds_by_definition_and_filters_by_state(open_page: Open, row: Callable[..., Locator]) -> None:
    visit = open_page("/?view=history")
    expect(row(visit)).to_be_visible()
    visit.page.get_by_placeholder("Find by video or definition").fill("test_history_finds")
    expect(visit.page.locator("[data-run]")).to_have_count(1)
    visit.page.locator("#history-state").select_option("failed")

    expect(visit.page.get_by_text("No run fits this filter.")).to_be_visible()


def test_history_shows_a_running_run_move_and_end(
    open_page: Open, client: running.Client, library: str, gates: Gates
) -> None:
    job = client.run(library, HELD, engine="gated")
    visit = open_page("/?view=history")
    row = visit.page.locator(f'[data-run="{job}"]')
    expect(row).to_have_attribute("data-run-state", "processing", timeout=15_000)
    gates.open("held_in_history")

    expect(row).to_have_attribute("data-run-state", "done", timeout=15_000)
    expect(row).not_to_have_attribute("hx-trigger", "every 2s")
    expect(row.locator("[data-unread]")).to_be_hidden()


def test_history_marks_what_finished_while_away(open_page: Open, client: running.Client, library: str) -> None:
    visit = open_page("/")
    job = client.run(library, running.SHOTS, engine="fake")
    client.finished(job)
    visit.goto("/")
    expect(visit.page.get_by_role("tab", name="History").locator("[data-unread]")).to_be_visible()
    visit.page.get_by_role("tab", name="History").click()
    expect(visit.page.locator(f'[data-run="{job}"] [data-unread]')).to_be_visible()
    visit.page.get_by_role("tab", name="Examples").click()
    visit.page.get_by_role("tab", name="History").click()

    expect(visit.page.locator(f'[data-run="{job}"]')).to_be_visible()
    expect(visit.page.locator(f'[data-run="{job}"] [data-unread]')).to_be_hidden()


def test_history_runs_again_without_loading_the_page(open_page: Open, row: Callable[..., Locator]) -> None:
    visit = open_page("/?view=history")
    visit.page.evaluate("() => { window.stayed = true; }")
    known = row(visit).get_attribute("data-run")
    more(row(visit), "Run again")
    visit.wait_for_result()

    assert visit.page.evaluate("() => window.stayed") is True
    assert visit.query()["task"] not in ("", known)
    assert "test_history_runs_again" in visit.page.locator("[data-definitions]").input_value()


def test_history_duplicates_settings_into_the_form(open_page: Open, row: Callable[..., Locator], library: str) -> None:
    visit = open_page("/?view=history")
    more(row(visit), "Duplicate settings")

    expect(visit.page.locator("[data-toasts]")).to_contain_text("are in the form")
    expect(visit.card).to_have_attribute("data-video", library)
    assert "test_history_duplicates" in visit.page.locator("[data-definitions]").input_value()
    assert visit.page.locator("#custom_id").input_value() == "mine"
    assert "task" not in visit.query()


def test_history_copies_the_link_of_a_run(open_page: Open, row: Callable[..., Locator]) -> None:
    visit = open_page("/?view=history", permissions=["clipboard-read", "clipboard-write"])
    more(row(visit), "Copy link")

    expect(row(visit).get_by_text("Copied")).to_be_visible()
    copied = visit.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.endswith(f"/?task={row(visit).get_attribute('data-run')}&view=visual")


def test_history_deletes_with_undo(open_page: Open, row: Callable[..., Locator]) -> None:
    visit = open_page("/?view=history")
    more(row(visit), "Delete")
    expect(row(visit)).to_contain_text("Deleted the run")
    row(visit).get_by_role("button", name="Undo").click()

    expect(row(visit).locator("a[data-task]")).to_be_visible()
