"""The export menu: what a person downloads from the page, and the browser's own reader of WebVTT."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests import running
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]
#: The cues of a WebVTT text as the browser reads them: [start, end, text].
CUES = """async (text) => {
  const track = Object.assign(document.createElement("track"), { kind: "metadata" });
  track.src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
  const video = document.createElement("video");
  video.append(track);
  track.track.mode = "hidden";
  await new Promise((done, failed) => { track.onload = done; track.onerror = () => failed(new Error("refused")); });
  return [...track.track.cues].map((cue) => [cue.startTime, cue.endTime, cue.text]);
}"""


def test_export_menu_gives_files_of_all_or_one_definition(
    open_page: Open, client: running.Client, result: str, tmp_path: Path
) -> None:
    visit = open_page(f"/?task={result}")
    visit.wait_for_result()
    menu = visit.page.locator(".result-line [data-menu]")
    menu.get_by_text("Export").click()
    row = menu.get_by_role("listitem").filter(has_text="part")
    with visit.page.expect_download() as started:
        row.get_by_role("link", name="JSON").click()
    started.value.save_as(tmp_path / "part.json")

    assert started.value.suggested_filename == "four_scenes part.json"
    assert json.loads((tmp_path / "part.json").read_text()) == {"part": client.finished(result)["result"]["part"]}
    expect(menu).not_to_have_attribute("open", "")


def test_export_menu_says_why_there_are_no_chapters_and_closes_by_esc(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}")
    visit.wait_for_result()
    menu = visit.page.locator(".result-line [data-menu]")
    menu.locator("summary").press("Enter")

    expect(menu).to_contain_text("Chapters need one definition")
    expect(menu.get_by_text("YouTube chapters").first).to_have_attribute("aria-disabled", "true")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.locator(".menu__body")).to_be_hidden()


def test_webvtt_is_read_by_the_browser(open_page: Open, client: running.Client, result: str) -> None:
    visit = open_page()
    page = visit.page
    # the address of the page allows no blobs: an empty document does
    text = client.ask("GET", f"/jobs/{result}/export/?format=webvtt&definition=shot").body.decode()
    page.goto("about:blank")

    cues = page.evaluate(CUES, text)

    shots = client.finished(result)["result"]["shot"]
    assert [cue[:2] for cue in cues] == [[shot["start_time"], shot["end_time"]] for shot in shots]
    assert all("summary: " in cue[2] for cue in cues)
