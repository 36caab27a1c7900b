"""Every state, both themes, two widths: axe finds nothing, nothing scrolls sideways, targets are large enough."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import running
from tests.browser.segment_page import SegmentPage
from tests.browser.slow_upload import SlowUpload
from tests.running import ROOT

Open = Callable[..., SegmentPage]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}
LOOKS = [
    pytest.param(scheme, width, id=f"{scheme}-{width['width']}")
    for scheme in ("light", "dark")
    for width in ({"width": 1440, "height": 900}, PHONE)
]


def findings(page: Page) -> list[str]:
    """What axe says, one line for each element."""
    page.evaluate(AXE.read_text())
    found: Any = page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })", RULES
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> list[str]:
    """The elements that reach past the right edge, when the page scrolls sideways because of them."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll("body *")]
            .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
            .map((each) => `${each.tagName}.${each.className} ${each.getBoundingClientRect().right}`)"""
    )
    return found


@pytest.fixture(scope="session")
def states(client: running.Client, library: str, result: str) -> dict[str, str]:
    """Addresses of states that stay as they are."""
    nothing = {"id": "text", "description": "On-screen text that says: Hippopotamus.", "fields": []}
    none_found = client.run(library, [nothing])
    failed = client.run(library, running.SHOTS, engine="breaking")
    cancelled = client.run(library, running.SHOTS, engine="gated")
    client.ask("POST", f"/jobs/{cancelled}/cancel/", b"")
    for job in (none_found, failed, cancelled):
        client.finished(job)
    return {
        "empty": "/",
        "chosen": f"/?video={library}",
        "done": f"/?task={result}",
        "json": f"/?task={result}&view=json",
        "history": "/?view=history",
        "examples": "/?view=examples",
        "none-found": f"/?task={none_found}",
        "failed": f"/?task={failed}",
        "cancelled": f"/?task={cancelled}",
    }


def _settle(visit: SegmentPage, name: str) -> None:
    if name == "done":
        visit.wait_for_result()
        visit.page.get_by_text("Segments as list").click()
        visit.page.get_by_text("Why here?").click()
    if name == "json":
        expect(visit.page.locator("[data-json-text]")).to_contain_text("task_id")
    if name == "history":
        expect(visit.page.locator("[data-run]").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "viewport"), LOOKS)
def test_axe_finds_nothing_in_any_state(
    open_page: Open, states: dict[str, str], scheme: str, viewport: dict[str, int]
) -> None:
    visit = open_page("/", color_scheme=scheme, viewport=viewport)
    for name, address in states.items():
        visit.goto(address)
        _settle(visit, name)
        assert (name, findings(visit.page)) == (name, [])
        assert (name, sideways(visit.page)) == (name, [])


@contextmanager
def _dialog(visit: SegmentPage, opener: str) -> Iterator[None]:
    visit.page.evaluate("selector => document.querySelector(selector).click()", opener)
    expect(visit.page.locator("dialog[open]")).to_be_visible()
    yield
    visit.page.keyboard.press("Escape")


@pytest.mark.parametrize(("scheme", "viewport"), LOOKS)
def test_axe_finds_nothing_in_dialogs(open_page: Open, result: str, scheme: str, viewport: dict[str, int]) -> None:
    visit = open_page(f"/?task={result}", color_scheme=scheme, viewport=viewport)
    with _dialog(visit, "#_video_card button"):
        expect(visit.page.locator("[data-tile]").first).to_be_visible()
        assert findings(visit.page) == []
    with _dialog(visit, "[data-open=shortcuts]"):
        assert findings(visit.page) == []
    with _dialog(visit, "#run-form [data-edit-definitions]"):
        expect(visit.builder.locator(".cm-content")).to_be_visible()
        visit.builder.locator("[data-part=description]").first.fill("")
        for name in ("Add range", "Add by address"):
            visit.builder.get_by_role("button", name=name).first.click()
        expect(visit.builder.locator("[data-builder-state]")).to_contain_text("problem")
        assert findings(visit.page) == []


@pytest.mark.parametrize(("scheme", "viewport"), LOOKS)
def test_axe_finds_nothing_while_something_is_on_its_way(
    open_page: Open, client: running.Client, library: str, film: Path, scheme: str, viewport: dict[str, int]
) -> None:
    running_job, waiting_job = (client.run(library, running.SHOTS, engine="gated") for _ in range(2))
    visit = open_page(f"/?task={running_job}", color_scheme=scheme, viewport=viewport)
    visit.wait_for_state("processing")
    assert findings(visit.page) == []
    visit.goto(f"/?task={waiting_job}")
    visit.wait_for_state("waiting")
    assert findings(visit.page) == []
    for job in (waiting_job, running_job):
        client.ask("POST", f"/jobs/{job}/cancel/", b"")

    visit.goto("/")
    slow = SlowUpload(visit.page)
    visit.page.evaluate("() => document.querySelector('#_video_card button').click()")
    visit.choose_files(film)
    slow.wait_until_held()
    assert findings(visit.page) == []
    visit.page.keyboard.press("Escape")
    visit.wait_for_state("uploading")
    assert findings(visit.page) == []
    slow.release()
    expect(visit.card).to_have_attribute("data-video-state", "ready", timeout=30_000)


def test_nothing_scrolls_sideways_at_320_pixels(open_page: Open, states: dict[str, str]) -> None:
    visit = open_page("/", viewport=SMALLEST)
    for name, address in states.items():
        visit.goto(address)
        _settle(visit, name)
        assert (name, sideways(visit.page)) == (name, [])


def test_targets_are_at_least_24_pixels(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}")
    visit.wait_for_result()
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, summary, [role=option]")]
          .filter((each) => each.checkVisibility() && !each.closest("dialog:not([open])"))
          .filter((each) => !each.classList.contains("visually-hidden"))
          .filter((each) => each.type !== "checkbox" && each.type !== "radio")
          .map((each) => [each, each.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([each, box]) => `${each.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
    )

    assert small == []


def test_theme_is_drawn_by_the_server_after_it_was_chosen(open_page: Open) -> None:
    visit = open_page()
    switch = visit.page.locator("[data-theme-switch]")
    switch.click()
    switch.click()
    assert visit.page.locator("html").get_attribute("data-theme") == "dark"
    answer = visit.page.request.get("/")

    assert '<html lang="en" data-theme="dark">' in answer.text()


def test_without_script_the_result_still_plays(open_page: Open, states: dict[str, str]) -> None:
    visit = open_page(states["done"], java_script_enabled=False)

    expect(visit.page.locator("[data-player] video")).to_have_attribute("controls", "")
    expect(visit.page.locator("#definitions")).to_be_visible()
    assert json.loads(visit.page.locator("#definitions").input_value())[0]["id"] == "shot"


def test_page_scripts_and_styles_stay_within_their_budget() -> None:
    import gzip

    def size(*paths: Path) -> int:
        return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)

    static = ROOT / "static"
    styles = size(*(static / "css").glob("*.css"))
    assert styles <= 20_000
    assert size(static / "build" / "editor.js") <= 140_000
    assert size(static / "build" / "uploader.js") <= 18_000
