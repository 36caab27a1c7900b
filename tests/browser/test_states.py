"""Each state of the right panel, reached as people reach it, and drawn by the server: a reload shows the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests import running
from tests.browser.conftest import Gates, Troubles
from tests.browser.segment_page import SegmentPage
from tests.browser.slow_upload import SlowUpload

Open = Callable[..., SegmentPage]


def _definition(name: str) -> str:
    return json.dumps([{"id": name, "description": "A stretch that fits.", "fields": []}])


def _start(visit: SegmentPage, name: str, engine: str) -> None:
    visit.write_definitions(_definition(name))
    visit.choose_engine(engine)
    visit.segment_button.click()


def test_empty_says_the_three_steps_and_why_segment_waits(open_page: Open) -> None:
    visit = open_page()

    visit.wait_for_state("empty")
    expect(visit.panel.locator("ol li")).to_have_text(
        ["1 Choose a video", "2 Pick what a segment is", "3 Press Segment"]
    )
    expect(visit.segment_button).to_be_disabled()
    expect(visit.page.locator("[data-submit-reason]")).to_have_text("Choose a video first")


def test_uploading_shows_the_upload_and_arms_the_run(open_page: Open, film: Path) -> None:
    visit = open_page()
    slow = SlowUpload(visit.page)
    visit.open_picker()
    visit.choose_files(film)
    expect(visit.card).to_have_attribute("data-video-state", "uploading")
    visit.page.keyboard.press("Escape")

    visit.wait_for_state("uploading")
    expect(visit.segment_button).to_contain_text("Segment when uploaded")
    expect(visit.panel.get_by_role("button", name="Pause")).to_be_visible()
    visit.segment_button.click()
    expect(visit.panel).to_contain_text("Will start when the upload is done.")
    slow.release()
    visit.wait_for_state("done", 60)


def test_an_armed_run_can_be_undone(open_page: Open, film: Path) -> None:
    visit = open_page()
    slow = SlowUpload(visit.page)
    visit.open_picker()
    visit.choose_files(film)
    expect(visit.card).to_have_attribute("data-video-state", "uploading")
    visit.page.keyboard.press("Escape")
    visit.segment_button.click()
    visit.panel.get_by_role("button", name="Undo").click()

    expect(visit.panel).not_to_contain_text("Will start when the upload is done.")
    assert "task" not in visit.query()
    slow.release()
    expect(visit.card).to_have_attribute("data-video-state", "ready", timeout=30_000)
    visit.wait_for_state("empty")


def test_waiting_says_how_many_runs_are_before(open_page: Open, library: str, gates: Gates) -> None:
    first = open_page(f"/?video={library}")
    _start(first, "first", "gated")
    first.wait_for_state("processing")
    second = open_page(f"/?video={library}")
    _start(second, "second", "gated")

    second.wait_for_state("waiting")
    expect(second.panel).to_contain_text("You may close this page.")
    second.page.reload()
    second.wait_for_state("waiting")
    gates.open("first")
    second.wait_for_state("processing")
    gates.open("second")
    second.wait_for_state("done")


def test_processing_shows_stages_and_stops_when_cancelled(open_page: Open, library: str) -> None:
    visit = open_page(f"/?video={library}")
    _start(visit, "never", "gated")

    visit.wait_for_state("processing")
    expect(visit.panel.locator("[data-stages] [data-stage-state=running]")).to_be_visible()
    expect(visit.panel.locator("[data-coverage-words]")).to_contain_text("looked at")
    expect(visit.page.locator("[data-live-words]")).to_have_text("live")
    visit.panel.get_by_role("button", name="Cancel").click()
    visit.wait_for_state("cancelled", 10)
    expect(visit.panel).to_contain_text("by you.")
    expect(visit.panel.get_by_role("button", name="Run again")).to_be_visible()


def test_the_form_stays_editable_during_a_run_and_says_that_it_differs(
    open_page: Open, library: str, gates: Gates
) -> None:
    visit = open_page(f"/?video={library}")
    _start(visit, "held", "gated")
    gates.open("held")
    visit.wait_for_state("done")
    visit.page.locator("#preset").select_option("ocr")

    expect(visit.page.locator("[data-edited]")).to_be_visible()
    visit.page.get_by_role("button", name="Restore settings of this run").click()
    expect(visit.page.locator("[data-edited]")).to_be_hidden()
    assert json.loads(visit.page.locator("#definitions").input_value())[0]["id"] == "held"


def test_done_counts_and_offers_to_segment_again(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}")

    visit.wait_for_state("done")
    expect(visit.panel).to_contain_text("15 segments found in")
    expect(visit.segment_button).to_contain_text("Segment again")


def test_none_found_explains_what_was_searched(open_page: Open, client: running.Client, library: str) -> None:
    nothing = {"id": "text", "description": "On-screen text that says: Hippopotamus.", "fields": []}
    job = client.run(library, [nothing])
    client.finished(job)
    visit = open_page(f"/?task={job}")

    visit.wait_for_state("none-found")
    expect(visit.panel).to_contain_text("No part of this video fits your definition.")
    expect(visit.panel).to_contain_text("Looked at 0:00–0:12")
    visit.panel.get_by_role("button", name="Edit definition").click()
    expect(visit.builder).to_be_visible()


def test_partial_names_the_parts_that_could_not_be_read(open_page: Open, partial: str) -> None:
    visit = open_page(f"/?task={partial}")
    visit.wait_for_state("partial")
    visit.wait_for_result()
    notice = visit.panel.locator("[data-partial]")
    expect(notice).to_contain_text("1 part could not be read:")
    expect(notice).to_contain_text("Everything else was analysed.")
    link = notice.locator("[data-seek]")
    link.click()
    visit.page.wait_for_function(
        "at => Math.abs(document.querySelector('[data-player] video').currentTime - at) < 0.1",
        arg=float(link.get_attribute("data-seek") or 0),
    )
    notice.get_by_role("button", name="Hide this notice").click()
    expect(notice).to_be_hidden()
    visit.panel.get_by_role("button", name="1 unread part").click()

    expect(notice).to_be_visible()


def test_cancelled_says_how_it_ended_and_runs_again(open_page: Open, client: running.Client, library: str) -> None:
    job = client.run(library, running.SHOTS, engine="gated")
    client.ask("POST", f"/jobs/{job}/cancel/", b"")
    client.finished(job)
    visit = open_page(f"/?task={job}")

    visit.wait_for_state("cancelled")
    expect(visit.panel).to_contain_text(re.compile(r"Stopped( at \d+ %)? by you."))
    expect(visit.panel).to_contain_text("Nothing was kept except what speeds up the next run.")
    expect(visit.segment_button).to_contain_text("Segment")
    visit.panel.get_by_role("button", name="Run again").click()
    expect(visit.panel).to_have_attribute("data-state", re.compile("waiting|processing|done"))
    client.ask("POST", f"/jobs/{job}/cancel/", b"")


@pytest.mark.parametrize("content", [b"This is a letter, not a film. " * 400])
def test_failed_names_the_cause_and_folds_the_details(
    open_page: Open, troubles: Troubles, tmp_path: Path, content: bytes
) -> None:
    letter = tmp_path / "letter.mp4"
    letter.write_bytes(content)
    visit = open_page()
    slow = SlowUpload(visit.page)
    visit.open_picker()
    visit.choose_files(letter)
    expect(visit.card).to_have_attribute("data-video-state", "uploading")
    visit.page.keyboard.press("Escape")
    visit.segment_button.click()
    slow.release()

    visit.wait_for_state("failed")
    expect(visit.panel.get_by_role("alert")).to_contain_text("This file contains text, not a video.")
    expect(visit.panel.get_by_role("button", name="Choose another video")).to_be_visible()
    visit.panel.get_by_text("Technical details").click()
    expect(visit.panel.locator("pre")).to_contain_text("media_unreadable")


def test_run_is_shown_also_when_its_panel_was_drawn_anew_while_it_was_started(open_page: Open, library: str) -> None:
    visit = open_page(f"/?video={library}")
    held: list[Route] = []

    def hold(route: Route) -> None:  # playwright wants a plain function
        held.append(route)

    visit.page.route("**/jobs/", hold)
    with visit.page.expect_request("**/jobs/"):
        visit.segment_button.click()
    with visit.page.expect_response(re.compile(r"/\?video=")) as answer:
        visit.page.evaluate(
            "video => document.dispatchEvent(new CustomEvent('upload:done', { detail: { video } }))", library
        )
    answer.value.finished()
    held.pop().continue_()

    expect(visit.panel).to_have_attribute("data-job", re.compile(".+"))
    visit.wait_for_result()


def test_a_refused_run_says_what_to_change_beside_the_button(open_page: Open, troubles: Troubles, library: str) -> None:
    troubles.expect("422")
    visit = open_page(f"/?video={library}")
    visit.page.get_by_text("Advanced Settings").click()
    visit.page.get_by_label("Shortest segment").fill("1")
    visit.segment_button.click()

    expect(visit.page.locator("#_run_problems")).to_contain_text("2")
    expect(visit.page.get_by_label("Shortest segment")).to_be_focused()
    expect(visit.page.get_by_label("Shortest segment")).to_have_attribute("aria-invalid", "true")
    visit.wait_for_state("empty")
