"""The Segment page in the words of its users."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

#: The mean colour in the middle of what the player shows.
SHOWN_COLOUR = """() => {
  const video = document.querySelector("[data-player] video");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0, 8, 8);
  const pixels = context.getImageData(0, 0, 8, 8).data;
  return [0, 1, 2].map((channel) => pixels.filter((_, at) => at % 4 === channel).reduce((a, b) => a + b) / 64);
}"""


class SegmentPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.locator("#_job_panel")
        self.picker = page.locator("#_video_picker")
        self.builder = page.locator("#_definition_modal")
        self.card = page.locator("#_video_card")
        self.segment_button = page.locator("#run-form [data-submit]")
        self.timeline = page.locator("segment-timeline")
        self.facts = page.locator("[data-facts]")

    def goto(self, path: str) -> SegmentPage:
        self.page.goto(path)
        return self

    def wait_for_state(self, state: str, seconds: float = 30) -> None:
        expect(self.panel).to_have_attribute("data-state", state, timeout=seconds * 1000)

    def wait_for_result(self, seconds: float = 30) -> None:
        expect(self.page.locator("[data-visual]")).to_have_attribute("data-ready", "true", timeout=seconds * 1000)

    def open_picker(self) -> None:
        self.card.get_by_role("button").first.click()
        expect(self.picker).to_be_visible()

    def choose_files(self, *paths: Path) -> None:
        self.page.set_input_files("[data-files]", list(paths))

    def use_video(self, uid: str) -> None:
        """Pick a known video in the dialog."""
        self.open_picker()
        self.picker.locator(f'input[value="{uid}"]').check(force=True)
        self.picker.get_by_role("button", name="Use it").click()
        expect(self.card).to_have_attribute("data-video-state", "ready")

    def write_definitions(self, text: str) -> None:
        """Put definitions into the form past the Builder, as a page without scripts would."""
        self.page.evaluate(
            "text => document.dispatchEvent(new CustomEvent('definitions:use', { detail: { text } }))", text
        )

    def choose_engine(self, name: str) -> None:
        self.page.evaluate(
            """name => {
              const select = document.getElementById("engine");
              if (![...select.options].some((option) => option.value === name)) select.add(new Option(name, name));
              select.value = name;
            }""",
            name,
        )

    def segments(self, lane: str) -> Locator:
        return self.page.get_by_role("listbox", name=lane).get_by_role("option")

    def video(self, what: str) -> Any:
        """A property of the video element."""
        return self.page.evaluate("what => document.querySelector('[data-player] video')[what]", what)

    def wait_until_paused(self) -> None:
        self.page.wait_for_function(
            "() => { const v = document.querySelector('[data-player] video'); return v.paused && !v.seeking; }"
        )

    def wait_until_playing(self) -> None:
        self.page.wait_for_function("() => !document.querySelector('[data-player] video').paused")

    def shown_colour(self) -> list[float]:
        return list(self.page.evaluate(SHOWN_COLOUR))

    def query(self) -> dict[str, str]:
        return dict(self.page.evaluate("() => Object.fromEntries(new URLSearchParams(location.search))"))
