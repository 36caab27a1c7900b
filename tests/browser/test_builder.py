"""The Builder: one text seen as form and as editor, in step both ways."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.builder_dialog import Builder
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]


@pytest.fixture
def builder(open_page: Open) -> Builder:
    return Builder(open_page())


def test_typing_in_the_form_appears_in_the_text(builder: Builder) -> None:
    builder.part("description").fill("A goal is scored.")

    expect(builder.root.locator(".cm-content")).to_contain_text("A goal is scored.")
    assert builder.definitions[0]["description"] == "A goal is scored."


def test_typing_in_the_text_appears_in_the_form(builder: Builder) -> None:
    builder.write('[{"id": "goal", "description": "A goal.", "fields": []}]')

    expect(builder.part("id")).to_have_value("goal")
    expect(builder.part("description")).to_have_value("A goal.")
    expect(builder.part("name")).to_have_count(0)
    expect(builder.root.locator("[data-builder-state]")).to_have_text("✓ valid")


def test_an_edit_in_the_form_keeps_the_formatting_of_the_text(builder: Builder) -> None:
    written = '[ {"id":"goal",   "description":"A goal.",\n\n"fields":[]} ]'
    builder.write(written)
    expect(builder.part("id")).to_have_value("goal")
    builder.part("id").fill("score")

    assert builder.text == written.replace('"goal"', '"score"')


def test_fields_are_added_renamed_moved_and_removed(builder: Builder) -> None:
    builder.button("Add field").click()
    builder.page.keyboard.type("mood")
    expect(builder.part("name")).to_have_count(4)
    builder.root.get_by_role("button", name="Move field up").last.click()
    builder.root.get_by_role("button", name="Remove field").first.click()

    assert [field["name"] for field in builder.use()[0]["fields"]] == ["camera_motion", "mood", "summary"]


def test_a_field_changes_its_kind_with_what_the_kind_needs(builder: Builder) -> None:
    kinds = builder.part("kind")
    kinds.last.select_option("timestamp")
    kinds.nth(0).select_option("text")
    kinds.nth(1).select_option("array")

    fields = builder.use()[0]["fields"]
    assert fields[2] == {
        "name": "summary",
        "type": "timestamp",
        "description": "What happens, in one sentence",
        "format": "hh:mm:ss",
    }
    assert "enum" not in fields[0]
    assert fields[1]["items"] == {"type": "string"}


def test_choices_are_added_several_at_once_and_removed(builder: Builder) -> None:
    choices = builder.part("choice-input").first
    choices.fill("aerial, other")
    choices.press("Enter")
    builder.root.get_by_role("button", name="Remove extreme_wide").click()

    enum = builder.use()[0]["fields"][0]["enum"]
    assert enum == ["wide", "medium", "close_up", "extreme_close_up", "aerial", "other"]


def test_definitions_are_added_duplicated_and_deleted(builder: Builder) -> None:
    builder.root.get_by_role("button", name="Duplicate definition").click()
    builder.button("Add definition").click()
    builder.page.keyboard.type("A person enters the room.")
    builder.root.get_by_role("button", name="Delete definition").first.click()

    assert [each["id"] for each in builder.use()] == ["shot_2", "segment"]


def test_time_ranges_are_typed_as_clock_or_seconds(builder: Builder) -> None:
    builder.button("Add range").click()
    builder.part("start").fill("1:15.5")
    builder.part("start").press("Tab")
    builder.part("end").fill("90")
    builder.part("end").press("Tab")

    assert builder.use()[0]["time_ranges"] == [{"start_time": 75.5, "end_time": 90}]
    for name in ("start_time", "max_segment_duration"):
        expect(builder.page.locator(f"#{name}")).to_be_disabled()


def test_a_mistake_in_the_text_makes_the_form_read_only_until_it_is_mended(builder: Builder) -> None:
    builder.write('[{"id": "goal",\n"description" "A goal."}]')

    notice = builder.root.locator("[data-builder-mistake]")
    expect(notice).to_contain_text("The text has a mistake in line 2.")
    expect(builder.part("description")).to_be_disabled()
    expect(builder.button("Use these")).to_be_disabled()
    notice.get_by_role("button", name="Go back").click()
    expect(notice).to_be_hidden()
    expect(builder.part("description")).to_be_enabled()


def test_undo_and_redo_are_one_history_for_both_sides(builder: Builder) -> None:
    before = builder.text
    builder.part("description").fill("Changed in the form.")
    builder.root.locator(".cm-content").click()
    builder.page.keyboard.press("Control+Home")
    builder.page.keyboard.type(" ")
    builder.page.keyboard.press("Control+z")
    builder.page.keyboard.press("Control+z")

    assert builder.text == before
    expect(builder.part("description")).not_to_have_value("Changed in the form.")
    builder.page.keyboard.press("Control+Shift+z")
    expect(builder.part("description")).to_have_value("Changed in the form.")


def test_a_broken_rule_is_shown_under_the_field_and_in_the_text(builder: Builder) -> None:
    builder.part("description").fill("")

    expect(builder.part("description")).to_have_attribute("aria-invalid", "true")
    expect(builder.root.locator("[data-builder-state]")).to_contain_text("1 problem")
    expect(builder.root.locator(".cm-lintRange-error, .cm-lint-marker-error").first).to_be_visible()
    described = builder.part("description").get_attribute("aria-describedby") or ""
    assert builder.page.locator(f"#{described.split()[-1]}").inner_text() != ""


def test_a_double_id_is_told_with_a_jump_to_its_place(builder: Builder) -> None:
    builder.write('[{"id": "a", "description": "One."}, {"id": "a", "description": "Two."}]')
    jump = builder.root.locator("[data-builder-summary] button").first
    expect(jump).to_contain_text("used by two definitions")
    jump.click()

    expect(builder.part("id").nth(1)).to_be_focused()


def test_closing_with_changes_asks_and_discard_leaves_the_form_as_it_was(builder: Builder) -> None:
    before = builder.page.locator("#definitions").input_value()
    builder.part("description").fill("Something else.")
    builder.page.keyboard.press("Escape")
    expect(builder.button("Keep editing")).to_be_focused()
    builder.button("Discard").click()

    expect(builder.root).to_be_hidden()
    assert builder.page.locator("#definitions").input_value() == before


def test_tab_leaves_the_editor(builder: Builder) -> None:
    builder.root.locator(".cm-content").click()
    builder.page.keyboard.press("Tab")

    expect(builder.root.locator(".cm-content")).not_to_be_focused()
    assert "\t" not in builder.text


def test_keys_and_values_of_the_schema_are_offered(builder: Builder) -> None:
    builder.write('[{"id": "goal", }]')
    for _ in range(2):
        builder.page.keyboard.press("ArrowLeft")
    builder.page.keyboard.press("Control+Space")

    offered = builder.page.locator(".cm-tooltip-autocomplete li")
    expect(offered.filter(has_text='"description"')).to_be_visible()
    expect(offered.filter(has_text='"id"')).to_have_count(0)


def test_choosing_a_template_over_changes_asks_to_replace_or_keep(builder: Builder) -> None:
    builder.part("description").fill("My own words.")
    mine = builder.use()
    builder.page.locator("#preset").select_option("ocr")
    builder.page.get_by_role("button", name="Keep", exact=True).click()
    assert json.loads(builder.page.locator("#definitions").input_value()) == mine
    builder.page.locator("#preset").select_option("ocr")
    builder.page.get_by_role("button", name="Replace", exact=True).click()

    assert json.loads(builder.page.locator("#definitions").input_value())[0]["id"] == "on_screen_text"


def test_write_my_own_opens_the_builder_at_the_empty_description(open_page: Open) -> None:
    visit = open_page()
    visit.page.locator("#preset").select_option("write-my-own")

    expect(visit.builder).to_be_visible()
    expect(visit.builder.locator("[data-part=description]")).to_be_focused()
