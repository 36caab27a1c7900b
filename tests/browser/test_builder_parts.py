"""Ranges, reference images, limits and keys of the Builder, and the bar of the run's own window."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.builder_dialog import Builder, dragged
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]


@pytest.fixture
def builder(open_page: Open) -> Builder:
    return Builder(open_page())


@pytest.fixture
def film_builder(open_page: Open, library: str) -> Builder:
    """With a video of twelve seconds."""
    return Builder(open_page(f"/?video={library}"))


def test_time_ranges_are_drawn_moved_and_stretched_on_the_bar(film_builder: Builder) -> None:
    builder, bar = film_builder, film_builder.part("range-bar")
    dragged(builder.page, bar, 0.25, 0.5)
    expect(builder.part("start")).to_have_value("00:03")
    expect(builder.part("end")).to_have_value("00:06")
    dragged(builder.page, bar, 0.4, 0.65)
    expect(builder.part("start")).to_have_value("00:06")
    dragged(builder.page, bar, 0.749, 0.999)
    expect(builder.part("end")).to_have_value("00:12")
    builder.page.keyboard.press("Control+z")

    (only,) = builder.use()[0]["time_ranges"]
    assert [only["start_time"], only["end_time"]] == pytest.approx([6, 9], abs=0.1)


def test_a_range_that_is_too_short_or_overlaps_is_told_while_it_is_typed(film_builder: Builder) -> None:
    builder = film_builder
    builder.button("Add range").click()
    builder.part("end").fill("1.5")
    expect(builder.part("range-problem")).to_have_text("At least 2 seconds long.")
    builder.part("end").fill("5")
    expect(builder.part("range-problem")).to_have_text("")
    builder.button("Add range").click()
    expect(builder.part("start").nth(1)).to_be_focused()
    builder.part("start").nth(1).fill("4")

    expect(builder.part("range-problem").nth(0)).to_have_text("Overlaps with range 2.")
    expect(builder.part("range-problem").nth(1)).to_have_text("Overlaps with range 1.")


def test_a_reference_image_is_chosen_named_and_mentioned(builder: Builder, tmp_path: Path) -> None:
    picture = tmp_path / "team logo.png"
    Image.new("RGB", (900, 300), "red").save(picture)
    builder.part("description").fill("The logo of the team is shown.")
    builder.part("image-file").set_input_files(picture)
    expect(builder.part("image-name")).to_have_value("team_logo")
    expect(builder.part("unused")).to_be_visible()
    builder.part("description").evaluate("area => area.setSelectionRange(8, 8)")
    builder.button("Insert <@team_logo>").click()
    expect(builder.part("description")).to_be_focused()
    builder.part("image-name").fill("logo")

    expect(builder.part("unused")).to_be_hidden()
    expect(builder.root.locator(".cm-long-text")).to_have_text(re.compile(r"… \d KB …"))
    (definition,) = builder.use()
    assert definition["description"] == "The logo <@logo> of the team is shown."
    (image,) = definition["media_sources"]
    assert {**image, "base64_string": ""} == {"name": "logo", "media_type": "image", "base64_string": ""}
    with Image.open(io.BytesIO(base64.b64decode(image["base64_string"]))) as sent:
        assert sent.size == (640, 213)


def test_a_reference_image_by_address_is_judged_and_four_are_the_most(builder: Builder) -> None:
    builder.button("Add by address").click()
    builder.part("image-place").fill("http://example.com/a.png")
    builder.part("image-place").press("Tab")
    expect(builder.root.locator("[data-builder-summary]")).to_contain_text("https://")
    expect(builder.part("image-place")).to_have_attribute("aria-invalid", "true")
    builder.part("image-place").fill("https://example.com/a.png")
    for _ in range(3):
        builder.button("Add by address").click()

    expect(builder.button("Add by address")).to_be_disabled()
    expect(builder.part("image-file")).to_be_disabled()
    expect(builder.part("image-counter")).to_have_text("4/4")


def test_what_is_no_picture_is_said_beside_the_button(builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("no picture")
    builder.part("image-file").set_input_files(tmp_path / "notes.png")

    expect(builder.part("image-problem")).to_contain_text("notes.png could not be read as a picture.")


def test_twenty_definitions_with_twenty_fields_are_the_most(builder: Builder) -> None:
    fields = [{"name": f"field_{n}", "type": "string", "description": "Something."} for n in range(20)]
    each = [{"id": f"part_{n}", "description": "A part.", "fields": fields} for n in range(20)]
    builder.write(json.dumps(each, separators=(",", ":")))

    expect(builder.root.locator("[data-definition-counter]")).to_have_text("20/20")
    expect(builder.button("Add definition")).to_be_disabled()
    expect(builder.part("add-field").first).to_be_disabled()
    expect(builder.part("field-counter").last).to_have_text("20/20")


def test_undo_and_redo_name_their_step(builder: Builder) -> None:
    builder.part("id").fill("goal")
    builder.button("Add field").click()

    expect(builder.button("Undo")).to_have_attribute("title", "Add field")
    builder.button("Undo").click()
    expect(builder.button("Undo")).to_have_attribute("title", "Rename definition")
    expect(builder.button("Redo")).to_have_attribute("title", "Add field")


def test_the_whole_builder_goes_without_a_pointer(open_page: Open) -> None:
    page = open_page().page
    page.wait_for_selector("[role=tab][aria-selected=true]")
    page.keyboard.press("e")
    root = page.locator("#_definition_modal")
    part = lambda name: root.locator(f"[data-part={name}]")  # noqa: E731

    def walk_to(target: Locator, key: str = "Tab") -> None:
        for _ in range(80):
            if target.evaluate("each => each === document.activeElement"):
                return
            page.keyboard.press(key)
        pytest.fail(f"{key} never came to {target}")

    expect(part("description")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("A goal is scored.")
    walk_to(part("id"))
    page.keyboard.press("Control+a")
    page.keyboard.type("goal")
    walk_to(part("add-field"))
    page.keyboard.press("Enter")
    page.keyboard.type("team")
    page.keyboard.press("Tab")
    page.keyboard.type("Choice")
    walk_to(part("field-description").last)
    page.keyboard.type("Which team scores")
    walk_to(part("choice-input").last)
    page.keyboard.type("home, away")
    page.keyboard.press("Enter")
    walk_to(part("field-up").last, "Shift+Tab")
    page.keyboard.press("Enter")
    walk_to(part("add-range"))
    page.keyboard.press("Enter")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    walk_to(root.locator(".cm-content"))
    walk_to(root.get_by_role("button", name="Use these"))
    page.keyboard.press("Enter")

    expect(root).to_be_hidden()
    (definition,) = json.loads(page.locator("#definitions").input_value())
    assert definition["id"] == "goal"
    assert definition["time_ranges"] == [{"start_time": 2, "end_time": 8}]
    assert [each["name"] for each in definition["fields"]][2] == "team"
    assert definition["fields"][2]["enum"] == ["other", "home", "away"]


def test_start_and_end_are_dragged_on_the_bar_or_typed(open_page: Open, library: str) -> None:
    visit = open_page(f"/?video={library}")
    bar = visit.page.locator("[data-window-bar]")
    start, end = (visit.page.locator(f"#{name}") for name in ("start_time", "end_time"))
    expect(bar).to_be_hidden()
    visit.page.locator("#_advanced_settings summary").click()
    dragged(visit.page, bar, 0.25, 0.75)
    expect(start).to_have_value("00:03")
    expect(end).to_have_value("00:09")
    expect(visit.page.locator("[data-cost]")).to_have_text("analyses 6.0 s")
    start.fill("6")
    expect(bar.locator("span")).to_have_attribute("style", "left: 50%; width: 25%;")
    dragged(visit.page, bar, 0.749, 1)
    expect(end).to_have_value("")
    dragged(visit.page, bar, 0.1, 0.3)

    expect(end).to_have_value(re.compile("00:03"))
    expect(bar.locator("span")).to_have_count(1)
