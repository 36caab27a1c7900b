"""The definition dropdown with "Mine": save in the Builder, choose, rename, delete with undo, export and import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]
MINE = [{"id": "goal", "description": "The ball crosses the line.", "fields": []}]


def save_as(visit: SegmentPage, name: str) -> None:
    """From the run form through the Builder."""
    visit.page.locator("#run-form [data-edit-definitions]").click()
    expect(visit.builder).to_be_visible()
    visit.builder.get_by_role("button", name="Save as template").click()
    visit.builder.get_by_label("Name", exact=True).fill(name)
    visit.builder.get_by_label("Name", exact=True).press("Enter")


def manage(page: Page) -> None:
    page.get_by_role("button", name="My templates").click()
    expect(page.locator("#_saved")).to_be_visible()


@pytest.fixture
def with_mine(open_page: Open, request: pytest.FixtureRequest) -> tuple[SegmentPage, str]:
    """A page whose list has one template of the person's own, and its name."""
    name = f"Goals of {request.node.name}"[:90]
    visit = open_page("/")
    visit.write_definitions(json.dumps(MINE))
    save_as(visit, name)
    expect(visit.builder.get_by_text(f"Saved as {name}")).to_be_visible()
    visit.builder.get_by_role("button", name="Use these").click()
    expect(visit.page.locator("[data-preset] option:checked")).to_have_text(name)
    return visit, name


def test_definition_dropdown_offers_what_was_saved_also_after_a_reload(with_mine: tuple[SegmentPage, str]) -> None:
    visit, name = with_mine
    visit.goto("/")
    visit.page.locator("[data-preset]").select_option(label=name)

    assert json.loads(visit.page.locator("[data-definitions]").input_value()) == MINE
    assert visit.page.locator("[data-mine]").get_attribute("label") == "Mine"


def test_a_taken_name_asks_before_it_replaces(with_mine: tuple[SegmentPage, str], troubles: Troubles) -> None:
    troubles.expect("409")
    visit, name = with_mine
    other = [{**MINE[0], "id": "save"}]
    visit.write_definitions(json.dumps(other))
    save_as(visit, name)
    expect(visit.builder.get_by_role("alert").filter(has_text="You have a template called")).to_be_visible()
    visit.builder.get_by_role("button", name="Replace").click()
    expect(visit.builder.get_by_text(f"Saved as {name}")).to_be_visible()
    visit.goto("/")
    visit.page.locator("[data-preset]").select_option(label=name)

    assert json.loads(visit.page.locator("[data-definitions]").input_value()) == other


def test_my_templates_are_renamed_and_deleted_with_undo(with_mine: tuple[SegmentPage, str]) -> None:
    visit, name = with_mine
    page = visit.page
    options = page.locator("[data-mine] option")
    manage(page)
    row = page.locator("#_saved li").filter(has=page.get_by_label(f"Name of the template {name}", exact=True))
    row.get_by_role("textbox").fill(f"{name} II")
    row.get_by_role("textbox").press("Enter")
    expect(options.filter(has_text=f"{name} II")).to_have_count(1)
    page.get_by_role("button", name=f"Delete {name} II").click()
    expect(options.filter(has_text=f"{name} II")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo").last).to_be_focused()
    page.keyboard.press("Enter")

    expect(options.filter(has_text=f"{name} II")).to_have_count(1)


def test_my_templates_go_to_a_file_and_come_back(with_mine: tuple[SegmentPage, str], tmp_path: Path) -> None:
    visit, name = with_mine
    page = visit.page
    manage(page)
    with page.expect_download() as started:
        page.get_by_role("link", name=f"Export {name}").click()
    started.value.save_as(tmp_path / "mine.json")
    assert json.loads((tmp_path / "mine.json").read_text())["templates"] == [{"name": name, "definitions": MINE}]
    page.set_input_files("[data-saved-import]", tmp_path / "mine.json")

    expect(page.locator("[data-mine] option").filter(has_text=f"{name} 2")).to_have_count(1)


def test_a_file_that_holds_no_templates_is_refused_in_words(
    open_page: Open, troubles: Troubles, tmp_path: Path
) -> None:
    troubles.expect("422")
    (tmp_path / "other.json").write_text("{}")
    visit = open_page("/")
    manage(visit.page)
    visit.page.set_input_files("[data-saved-import]", tmp_path / "other.json")

    expect(visit.page.locator("[data-saved-problem]")).to_contain_text("holds no templates")
