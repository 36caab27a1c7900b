"""View code: what the page shows is pasted and run against the server, and gives what the page shows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import running
from tests.browser.conftest import Troubles
from tests.browser.segment_page import SegmentPage

Open = Callable[..., SegmentPage]
FIELDS = [{"name": "kind", "type": "string", "description": 'What\'s "seen", in $one word!', "enum": ["wide", "other"]}]
SHOT = {"id": "shot", "description": "One camera take between two cuts.", "fields": FIELDS}


@pytest.fixture(scope="module")
def key(server: running.Server) -> str:
    surroundings = os.environ | {"DATA_DIR": str(server.data_dir)}
    command = [sys.executable, "manage.py", "create_key", "pasted"]
    said = subprocess.run(command, cwd=running.ROOT, env=surroundings, capture_output=True, text=True, check=True)
    return re.findall(r"cue_live_\w+", said.stdout)[0]


@pytest.fixture(scope="module")
def measured(client: running.Client, library: str) -> str:
    """A finished run of the engine that every request gets which names none."""
    job = client.run(library, [SHOT], min_segment_duration=2)
    assert client.finished(job)["status"] == "ready"
    return job


def show_code(visit: SegmentPage, language: str) -> str:
    visit.page.get_by_role("button", name="View code").click()
    visit.page.get_by_role("radio", name=language).check()
    place = visit.page.locator("[data-code-text]")
    expect(place).to_contain_text("segment_definitions" if language != "JavaScript" else "egment")
    return place.text_content() or ""


@pytest.mark.parametrize(
    ("language", "command"),
    [
        ("cURL", ["bash"]),
        ("Python", [sys.executable, "-"]),
        ("JavaScript", ["node", "--input-type=module", "-"]),
    ],
)
def test_view_code_runs_as_pasted_and_gives_the_same_segments(
    open_page: Open, client: running.Client, measured: str, key: str, language: str, command: list[str]
) -> None:
    visit = open_page(f"/?task={measured}")
    visit.wait_for_result()
    show_code(visit, language)
    visit.page.get_by_label("API key").fill(key)
    text = visit.page.locator("[data-code-text]").text_content() or ""

    ended = subprocess.run(
        command, input=text, cwd=running.ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert ended.returncode == 0, ended.stderr
    printed = json.loads(ended.stdout)
    answer = json.loads(printed["result"]["data"]) if "task_id" in printed else printed
    assert answer == client.finished(measured)["result"]


def test_view_code_switches_between_this_run_and_the_form_now(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}")
    visit.wait_for_result()
    assert '"part"' in show_code(visit, "Python")
    visit.page.keyboard.press("Escape")
    visit.write_definitions(json.dumps([{**SHOT, "id": "changed"}]))

    now = show_code(visit, "Python")
    visit.page.get_by_role("radio", name="this run").check()

    assert '"id": "changed"' in now
    expect(visit.page.locator("[data-code-text]")).to_contain_text('"part"')


def test_view_code_without_a_video_leaves_a_gap_and_says_what_is_wrong(open_page: Open, troubles: Troubles) -> None:
    troubles.expect("422")
    visit = open_page("/")
    assert "YOUR_ASSET_ID" in show_code(visit, "cURL")
    visit.page.keyboard.press("Escape")
    visit.write_definitions("[]")

    visit.page.keyboard.press("v")

    expect(visit.page.locator("[data-code-problem]")).to_contain_text("segment_definitions")
    expect(visit.page.locator("[data-code-copy]")).to_be_disabled()


def test_view_code_copies_and_selects_where_there_is_no_clipboard(open_page: Open, result: str) -> None:
    visit = open_page(f"/?task={result}", permissions=["clipboard-read", "clipboard-write"])
    text = show_code(visit, "Python")
    visit.page.locator("[data-code-copy]").click()
    expect(visit.page.locator("[data-code-copy]")).to_have_text("Copied")
    assert visit.page.evaluate("() => navigator.clipboard.readText()") == text

    visit.page.evaluate(
        "() => { document.execCommand = () => false; navigator.clipboard.writeText = () => Promise.reject(); }"
    )
    expect(visit.page.locator("[data-code-copy]")).to_have_text("Copy")
    visit.page.locator("[data-code-copy]").click()

    expect(visit.page.locator("[data-code-copy]")).to_have_text("Press Ctrl+C: the text is selected")
    assert (visit.page.evaluate("() => String(getSelection())")).strip() == text.strip()
