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
def states(client: running.Client, library: str, result: str, partial: str) -> dict[str, str]:
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
        "partial": f"/?task={partial}",
        "json": f"/?task={result}&view=json",
        "history": "/?view=history",
        "examples": "/?view=examples",
        "none-found": f"/?task={none_found}",
        "failed": f"/?task={failed}",
        "cancelled": f"/?task={cancelled}",
    }


def _settle(visit: SegmentPage, name: str) -> None:
    if name in ("done", "partial"):
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
    with _dialog(visit, "[data-open-saved]"):
        assert findings(visit.page) == []
    with _dialog(visit, "[data-view-code]"):
        expect(visit.page.locator("#_view_code .code__text")).not_to_be_empty()
        assert findings(visit.page) == []
    visit.page.locator(".result-line summary").click()
    expect(visit.page.locator(".exports")).to_be_visible()
    assert findings(visit.page) == []
    visit.page.keyboard.press("Escape")
    visit.timeline.locator("summary").click()
    expect(visit.page.get_by_label("Coverage")).to_be_visible()
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


def test_nothing_scrolls_sideways_at_twice_the_size(open_page: Open, states: dict[str, str]) -> None:
    half = {"width": 720, "height": 450}  # what is left of 1440 at 200 %
    visit = open_page("/", viewport=half, device_scale_factor=2)
    for name in ("empty", "done", "history", "failed"):
        visit.goto(states[name])
        _settle(visit, name)
        assert (name, sideways(visit.page)) == (name, [])


def test_forced_colours_keep_borders_and_glyphs(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}", forced_colors="active")
    visit.wait_for_result()

    expect(visit.segments("shot").first).to_have_css("border-top-width", "1px")
    expect(visit.timeline.locator("[data-outline]")).to_have_css("outline-style", "solid")
    expect(visit.timeline.locator("[data-label-glyph]")).to_have_text(["●", "◆"])
    assert findings(visit.page) == []


WALK = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const marked = at.classList.contains("visually-hidden") || ["checkbox", "radio"].includes(at.type);
  const shown = (marked && at.closest("label")) || at;
  const box = shown.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const seen = Boolean(middle && (shown.contains(middle) || middle.contains(shown)));
  const places = { header: "banner", "#run-form": "form", main: "result" };
  const place = Object.entries(places).find(([selector]) => at.closest(selector))?.[1] ?? "skip";
  return { place, seen, width: box.width, height: box.height, name: at.outerHTML.slice(0, 90) };
}"""


@pytest.mark.parametrize("name", ["empty", "done", "failed"])
def test_tab_walks_in_reading_order_over_things_that_are_seen_and_large_enough(
    open_page: Open, states: dict[str, str], name: str
) -> None:
    visit = open_page(states[name])
    if name == "done":
        visit.wait_for_result()
    steps: list[dict[str, Any]] = []
    while len(steps) < 90:
        visit.page.keyboard.press("Tab")
        step = visit.page.evaluate(WALK)
        if step is None or (len(steps) > 1 and step["place"] == "skip"):
            break
        steps.append(step)
    order = list(dict.fromkeys(step["place"] for step in steps))

    assert order == ["skip", "banner", "form", "result"]
    assert [step["name"] for step in steps[1:] if not step["seen"]] == []
    # links inside of sentences may be smaller
    small = [step["name"] for step in steps if min(step["width"], step["height"]) < 23.9]
    assert [name for name in small if not name.startswith("<a ")] == []


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
