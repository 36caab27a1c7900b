"""What stands around the segments of a result: find and filters, ribbons, captions, words for what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import running
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]

SRT = b"00:00:00,000 --> 00:00:12,000\nGood evening.\n"


@pytest.fixture
def visit(open_page: Open, result: str) -> SegmentPage:
    visit = open_page(f"/?task={result}&view=visual")
    visit.wait_for_result()
    return visit


def test_find_and_filter_fade_the_rest_and_go_into_the_address(visit: SegmentPage) -> None:
    count = visit.page.locator("[data-find-count]")
    visit.page.get_by_role("combobox", name="Summary").select_option("summary of 4")

    expect(count).to_have_text("1 of 15 match")
    expect(visit.segments("shot")).to_have_count(2)  # the match, and the selected one
    expect(visit.segments("part")).to_have_count(0)
    expect(visit.page.locator("[data-list-count]")).to_have_text("1 of 15")
    assert visit.query()["q"] == 'summary:"summary of 4"'
    visit.page.get_by_label("Find in fields").press("Enter")
    expect(visit.facts.locator("[data-facts-counter]")).to_have_text("2/3")
    visit.page.reload()
    expect(visit.page.get_by_role("combobox", name="Summary")).to_have_value("summary of 4")
    expect(count).to_have_text("1 of 15 match")
    visit.page.get_by_role("button", name="Clear").click()
    expect(count).to_have_text("")
    assert "q" not in visit.query()


def test_view_menu_shows_and_remembers_ribbons(visit: SegmentPage) -> None:
    visit.timeline.get_by_text("View", exact=False).first.click()
    coverage = visit.page.get_by_label("Coverage")
    expect(visit.page.get_by_label("Unreadable parts")).to_be_checked()
    expect(visit.page.get_by_label("Analysed range")).to_be_checked()
    expect(visit.timeline).to_contain_text("time ranges of 1 definition")
    coverage.check()

    expect(visit.timeline.get_by_text("Looked at", exact=True)).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(coverage).to_be_hidden()
    visit.page.reload()
    expect(visit.timeline.get_by_text("Looked at", exact=True)).to_be_visible()


def test_what_could_not_be_read_has_words_on_hover(open_page: Open, partial: str) -> None:
    visit = open_page(f"/?task={partial}")
    visit.wait_for_result()
    area = visit.timeline.locator("[data-area]")
    box = area.bounding_box()
    assert box is not None
    start, _, end = (visit.panel.locator("[data-partial] [data-seek]").text_content() or "").partition("–")
    middle = (int(start[2:]) + int(end[2:])) / 2
    area.hover(position={"x": box["width"] * middle / 30, "y": 8})

    expect(visit.timeline.locator("[data-note]")).to_have_text(f"Could not be read: {start}–{end}")


def test_captions_are_offered_where_words_are_known(
    open_page: Open, client: running.Client, visit: SegmentPage, result: str, library: str
) -> None:
    button = visit.page.get_by_role("button", name="Captions")
    expect(button).to_be_hidden()
    visit.page.keyboard.press("c")
    expect(visit.page.get_by_text("There are no captions")).to_be_visible()
    visit.page.set_input_files(
        "#_video_card input[type=file]", [{"name": "a.srt", "mimeType": "text/plain", "buffer": SRT}]
    )
    expect(visit.card).to_contain_text("Subtitles: a.srt")
    visit.page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")
    visit.wait_for_result()
    visit.page.keyboard.press("5")
    visit.page.keyboard.press("c")

    expect(button).to_have_attribute("aria-pressed", "true")
    visit.page.wait_for_function(
        "() => document.querySelector('[data-player] video').textTracks[0].activeCues?.[0]?.text === 'Good evening.'"
    )
    client.ask("POST", f"/videos/{library}/subtitles/remove/", b"")


def test_unknown_parts_of_an_address_are_told(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}&colour=red&z=5-2")
    visit.wait_for_result()

    expect(visit.page.get_by_text("Parts of this address are not known here: colour.")).to_be_visible()
    expect(visit.page.get_by_text("The zoom in this address is not a part of this video")).to_be_visible()


def test_why_here_is_folded_and_opened_by_key_for_boundaries_and_values(open_page: Open, partial: str) -> None:
    visit = open_page(f"/?task={partial}&segment=shot:2")
    visit.wait_for_result()
    why = visit.facts.locator("[data-facts-why]")
    expect(why.locator("dl")).to_be_hidden()
    why.locator("summary").focus()
    visit.page.keyboard.press("Enter")

    expect(why).to_contain_text("Understood as: shots.")
    expect(why).to_contain_text("sure of this segment")
    for place in ("Starts here", "Ends here"):
        told = why.locator("dt", has_text=place).locator("+ dd")
        expect(told).to_contain_text("A cut: the picture changes at once.")
        expect(told).to_contain_text("cut of strength 0.")


def test_print_has_the_list_and_the_fields_without_player_and_timeline(visit: SegmentPage) -> None:
    visit.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")

    expect(visit.page.locator("tr[data-lane]")).to_have_count(15)
    expect(visit.page.locator("tr[data-lane]").last).to_be_visible()
    expect(visit.facts).to_be_visible()
    for hidden in ("[data-player]", "segment-timeline", "#run-form", ".banner"):
        expect(visit.page.locator(hidden)).to_be_hidden()
