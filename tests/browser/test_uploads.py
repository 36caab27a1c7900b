"""Uploads as people see them: going on after a reload, without a network, and refusals."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Troubles
from tests.browser.segment_page import SegmentPage
from tests.browser.slow_upload import SlowUpload

Open = Callable[..., SegmentPage]
PART = 8 << 20


def _large(film: Path, folder: Path) -> Path:
    """The film with bytes behind it that players ignore: three parts on the wire."""
    path = folder / "large.mp4"
    shutil.copyfile(film, path)
    with path.open("ab") as file:
        file.write((2 * PART).to_bytes(4, "big") + b"free" + bytes(2 * PART - 8))
    return path


def test_an_upload_goes_on_after_a_reload_where_it_was(open_page: Open, film: Path, tmp_path: Path) -> None:
    visit = open_page()
    large = _large(film, tmp_path)
    slow = SlowUpload(visit.page, after_parts=1)
    visit.open_picker()
    visit.choose_files(large)
    slow.wait_until_held()
    visit.page.on("dialog", lambda dialog: dialog.accept())
    visit.page.reload()

    visit.open_picker()
    row = visit.picker.locator("[data-upload-rows] li")
    expect(row).to_contain_text("is safe. Choose the same file again to go on.")
    slow.release()
    offsets: list[str] = []
    visit.page.on("request", lambda sent: sent.method == "PATCH" and offsets.append(sent.headers["upload-offset"]))
    visit.choose_files(large)
    expect(row).to_have_count(0, timeout=30_000)
    assert offsets[0] == str(PART)


def test_without_network_an_upload_waits_and_goes_on_by_itself(open_page: Open, film: Path, tmp_path: Path) -> None:
    visit = open_page()
    large = _large(film, tmp_path)
    slow = SlowUpload(visit.page, after_parts=1)
    visit.open_picker()
    visit.choose_files(large)
    slow.wait_until_held()
    row = visit.picker.locator("[data-upload-rows] li")
    visit.page.evaluate("() => dispatchEvent(new Event('offline'))")
    expect(row).to_contain_text("Waiting for the network.")
    expect(row).to_contain_text("% is safe.")

    slow.release()
    visit.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(row).to_have_count(0, timeout=30_000)


def test_pause_holds_an_upload_and_resume_finishes_it(open_page: Open, film: Path, tmp_path: Path) -> None:
    visit = open_page()
    slow = SlowUpload(visit.page, after_parts=1)
    visit.open_picker()
    visit.choose_files(_large(film, tmp_path))
    slow.wait_until_held()
    row = visit.picker.locator("[data-upload-rows] li")
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused.")

    slow.release()
    row.get_by_role("button", name="Resume").click()
    expect(row).to_have_count(0, timeout=30_000)


def test_a_cancelled_upload_leaves_the_list(open_page: Open, film: Path, tmp_path: Path) -> None:
    visit = open_page()
    slow = SlowUpload(visit.page, after_parts=1)
    visit.open_picker()
    visit.choose_files(_large(film, tmp_path))
    slow.wait_until_held()
    visit.picker.locator("[data-upload-rows] li").get_by_role("button", name="Cancel").click()

    expect(visit.picker.locator("[data-upload-rows] li")).to_have_count(0)
    expect(visit.card).to_have_attribute("data-video-state", "aborted", timeout=10_000)
    expect(visit.segment_button).to_be_disabled()


def test_an_empty_file_is_refused_at_once_in_its_row(open_page: Open, tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    visit = open_page()
    visit.open_picker()
    visit.choose_files(empty)

    row = visit.picker.locator("[data-upload-rows] li")
    expect(row).to_contain_text("This file is empty (0 bytes).")
    row.get_by_role("button", name="Dismiss").click()
    expect(row).to_have_count(0)


def test_a_refusal_of_the_server_is_said_in_the_row(open_page: Open, troubles: Troubles, film: Path) -> None:
    troubles.expect("413")
    visit = open_page()
    refusal = '{"code": "too_large", "message": "This server takes up to 1 MB."}'
    visit.page.route("**/uploads/", lambda route: route.fulfill(status=413, body=refusal))
    visit.open_picker()
    visit.choose_files(film)

    expect(visit.picker.locator("[data-upload-rows] li")).to_contain_text("This server takes up to 1 MB.")


def test_upload_in_picker_takes_several_files_one_after_the_other(open_page: Open, film: Path, tmp_path: Path) -> None:
    visit = open_page()
    other = tmp_path / "other.mp4"
    shutil.copyfile(film, other)
    slow = SlowUpload(visit.page)
    visit.open_picker()
    visit.choose_files(film, other)

    rows = visit.picker.locator("[data-upload-rows] li")
    expect(rows.filter(has_text="other.mp4")).to_contain_text("Waits for the upload before it")
    slow.release()
    expect(rows).to_have_count(0, timeout=30_000)
    expect(visit.picker.get_by_role("radio", name="other.mp4").first).to_be_attached()


def test_leaving_while_bytes_move_asks_once(open_page: Open, film: Path) -> None:
    visit = open_page()
    slow = SlowUpload(visit.page)
    visit.open_picker()
    visit.choose_files(film)
    slow.wait_until_held()
    asked: list[str] = []
    visit.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    visit.page.reload()

    assert asked == ["beforeunload"]
