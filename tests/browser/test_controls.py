"""The controls of the page, each with its states; tests/test_page_rows.py keeps the list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests import running
from tests.browser.conftest import Troubles
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]

DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name));
  const init = { dataTransfer: data, bubbles: true, cancelable: true };
  const card = document.querySelector("#_video_card");
  for (const kind of ["dragover", "drop"]) card.dispatchEvent(new DragEvent(kind, init));
}"""

# the second press comes while the first is sent, the third in the very moment of its answer
PRESS_TWICE_AND_WHEN_ANSWERED = """() => {
  const init = { key: "Enter", ctrlKey: true, bubbles: true };
  const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", init));
  document.body.addEventListener("htmx:afterRequest", press, { once: true });
  press();
  press();
}"""


def _definition(**more: object) -> str:
    return json.dumps([{"id": "shot", "description": "A stretch that fits.", "fields": [], **more}])


def test_video_area_opens_the_dialog_and_takes_a_dropped_file(open_page: Open, library: str, film: Path) -> None:
    visit = open_page()
    expect(visit.card).to_contain_text("Choose a video")
    visit.use_video(library)
    expect(visit.card).to_contain_text("four_scenes.mp4")
    expect(visit.card).to_contain_text("0:12")
    expect(visit.card).to_contain_text("Change")
    visit.page.evaluate(DROP, ["dropped.mp4", list(film.read_bytes())])

    expect(visit.card).to_contain_text("dropped.mp4", timeout=30_000)
    expect(visit.card).to_have_attribute("data-video-state", "ready", timeout=30_000)


def test_picker_grid_is_walked_by_arrows_renames_and_deletes_with_undo(
    open_page: Open, client: running.Client, library: str, film: Path
) -> None:
    client.upload(film)
    visit = open_page()
    visit.open_picker()
    cards = visit.picker.locator("input[name=picked-video]")
    expect(cards.nth(1)).to_be_attached()
    cards.first.focus()
    visit.page.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_checked()
    visit.picker.get_by_role("button", name="Rename four_scenes.mp4").first.click()
    visit.picker.get_by_label("New name of").first.fill("renamed")
    visit.page.keyboard.press("Enter")
    expect(visit.picker.locator("[data-tile]").first).to_contain_text("renamed")
    visit.picker.get_by_role("button", name="Delete renamed").click()
    visit.picker.get_by_role("button", name="Undo").click()
    expect(visit.picker.get_by_role("button", name="Delete renamed")).to_be_visible()
    cards.first.focus()
    visit.page.keyboard.press("Space")
    visit.page.keyboard.press("Enter")

    expect(visit.picker).to_be_hidden()
    expect(visit.card).to_contain_text("renamed")


def test_address_field_takes_public_addresses_and_says_errors_in_place(open_page: Open, troubles: Troubles) -> None:
    troubles.expect("422")
    visit = open_page()
    visit.open_picker()
    field = visit.picker.get_by_label("or paste an address")
    add = visit.picker.get_by_role("button", name="Add", exact=True)
    add.click()
    expect(visit.picker.get_by_text("Paste the address of a video first.")).to_be_visible()
    field.fill("ftp://example.com/film.mp4")
    add.click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    field.fill("http://films.invalid/away.mp4")
    add.click()

    expect(field).to_have_value("")
    tile = visit.picker.locator("[data-tile]", has_text="away.mp4")
    expect(tile.locator(".error-text")).to_be_visible(timeout=30_000)


def test_edit_in_builder_counts_the_problems_and_opens_the_builder(open_page: Open) -> None:
    visit = open_page()
    visit.write_definitions(_definition(description=""))
    button = visit.page.get_by_role("button", name="Edit in Builder")
    expect(button).to_contain_text("1 problem")
    button.click()

    expect(visit.builder).to_be_visible()


def test_advanced_settings_are_locked_by_time_ranges_and_stay_open(open_page: Open) -> None:
    visit = open_page()
    visit.page.get_by_text("Advanced Settings").click()
    start = visit.page.get_by_label("Start", exact=True)
    expect(start).to_be_enabled()
    visit.write_definitions(_definition(time_ranges=[{"start_time": 0, "end_time": 5}]))
    expect(start).to_be_disabled()
    expect(visit.page.locator("[data-range-help]")).to_have_text("Not used together with time ranges.")
    visit.page.reload()

    expect(start).to_be_visible()


def test_reset_sets_every_parameter_back_and_can_be_undone(open_page: Open, library: str) -> None:
    visit = open_page(f"/?video={library}")
    visit.page.get_by_text("Advanced Settings").click()
    reset = visit.page.get_by_role("button", name="Reset")
    expect(reset).to_be_disabled()
    visit.page.get_by_label("Temperature").fill("0.7")
    expect(visit.page.locator("[data-changed-dot]")).to_be_visible()
    reset.click()
    expect(visit.page.get_by_label("Temperature")).to_have_value("")
    expect(visit.page.get_by_text("Settings are back to their defaults")).to_be_visible()
    visit.page.get_by_role("button", name="Undo").click()

    expect(visit.page.get_by_label("Temperature")).to_have_value("0.7")
    expect(visit.card).to_contain_text("four_scenes.mp4")


def test_cost_line_follows_the_form_and_warns(open_page: Open, library: str) -> None:
    visit = open_page(f"/?video={library}")
    cost = visit.page.locator("[data-cost]")
    expect(cost).to_have_text("analyses 12.0 s")
    visit.page.get_by_text("Advanced Settings").click()
    visit.page.get_by_label("Start", exact=True).fill("4")
    expect(cost).to_have_text("analyses 8.0 s")
    visit.page.get_by_label("Start", exact=True).fill("40")

    expect(cost).to_contain_text("Start is after the end of the video")


def test_segment_says_why_it_waits_and_a_double_press_starts_one_run(open_page: Open, library: str) -> None:
    visit = open_page()
    expect(visit.segment_button).to_be_disabled()
    expect(visit.page.locator("[data-submit-reason]")).to_have_text("Choose a video first")
    visit.use_video(library)
    visit.choose_engine("fake")
    sent: list[str] = []
    visit.page.on("request", lambda request: request.url.endswith("/jobs/") and sent.append(request.post_data or ""))
    visit.page.evaluate(PRESS_TWICE_AND_WHEN_ANSWERED)
    visit.wait_for_result()

    assert len(sent) == 1
    assert "idempotency_key=" in sent[0]


def test_cancel_says_stopping_and_when_the_worker_takes_long(
    open_page: Open, client: running.Client, library: str
) -> None:
    job = client.run(library, running.SHOTS, engine="gated")
    visit = open_page()
    visit.page.clock.install()
    visit.goto(f"/?task={job}")
    visit.wait_for_state("processing")
    held: list[Route] = []

    def hold(route: Route) -> None:  # playwright wants a plain function
        held.append(route)

    visit.page.route("**/panel/", hold)
    visit.panel.get_by_role("button", name="Cancel").click()
    expect(visit.panel.get_by_role("button", name="Stopping…")).to_be_disabled()
    visit.page.clock.fast_forward(10_500)
    expect(visit.panel).to_contain_text("Still stopping, the worker has not answered.")
    for route in held:
        route.continue_()
    visit.page.unroute("**/panel/")

    visit.wait_for_state("cancelled")


def test_live_says_live_then_reconnecting_then_checking(
    open_page: Open, client: running.Client, library: str, troubles: Troubles
) -> None:
    troubles.expect("WebSocket")
    job = client.run(library, running.SHOTS, engine="gated")
    visit = open_page(f"/?task={job}")
    words = visit.page.locator("[data-live-words]")
    expect(words).to_have_text("live")
    visit.page.clock.install()
    visit.page.route_web_socket("**/ws/**", lambda socket: socket.close())
    visit.page.reload()
    expect(words).to_have_text("Reconnecting…")
    visit.page.clock.fast_forward(11_000)

    expect(words).to_have_text("checking every 2 s")
    client.ask("POST", f"/jobs/{job}/cancel/", b"")
    visit.page.clock.fast_forward(3_000)
    visit.wait_for_state("cancelled")


@pytest.mark.parametrize("way", ["keys", "pointer"])
def test_splitter_moves_by_keys_and_pointer_and_is_remembered(open_page: Open, way: str) -> None:
    visit = open_page()
    line = visit.page.get_by_role("separator", name="Width of the settings")
    if way == "keys":
        line.focus()
        visit.page.keyboard.press("ArrowRight")
        visit.page.keyboard.press("ArrowRight")
    else:
        line.hover(position={"x": 12, "y": 40})
        visit.page.mouse.down()
        box = line.bounding_box()
        assert box is not None
        visit.page.mouse.move(box["x"] + 12 + 32, box["y"] + 40)
        visit.page.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", "432")
    visit.page.reload()

    expect(line).to_have_attribute("aria-valuenow", "432")
    form = visit.page.locator("#run-form").bounding_box()
    assert form is not None
    assert form["width"] == pytest.approx(432, abs=1)
