"""The Builder in the words of its users."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.segment_page import SegmentPage


class Builder:
    def __init__(self, visit: SegmentPage) -> None:
        self.visit = visit
        self.page = visit.page
        self.root = visit.builder
        self.page.get_by_role("button", name="Edit in Builder").click()
        expect(self.root).to_be_visible()
        expect(self.root.locator(".cm-content")).to_be_visible()

    @property
    def text(self) -> str:
        return "\n".join(line.strip("\n") for line in self.root.locator(".cm-line").all_inner_texts())

    @property
    def definitions(self) -> Any:
        return json.loads(self.text)

    def part(self, name: str) -> Locator:
        return self.root.locator(f"[data-part={name}]")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def write(self, text: str) -> None:
        """Replace what the editor holds, as pasting does."""
        self.root.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def use(self) -> Any:
        self.button("Use these").click()
        expect(self.root).to_be_hidden()
        return json.loads(self.page.locator("#definitions").input_value())


def dragged(page: Page, bar: Locator, start: float, end: float) -> None:
    """Drag on a bar between two shares of its width."""
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + (start + end) / 2 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + end * box["width"], box["y"] + box["height"] / 2)
    page.mouse.up()
