"""What View code writes. That it runs as pasted is shown in tests/browser/test_view_code.py against a real server."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from typing import Any

import pytest

from segments.core.snippets import ASSET, KEY, snippets
from tests.factories import body

BASE = "http://localhost:8000/v1.3"
NASTY = "Quotes \" ' and `ticks`, $HOME, \\n, !!, </script>, \u2028, JSON, ${x}, né"


def texts(request: dict[str, object], asset_id: str = "abc") -> dict[str, str]:
    return {each.name: each.text for each in snippets(request, asset_id=asset_id, base_url=BASE)}


def nasty(**settings: object) -> dict[str, object]:
    field = {"name": "kind", "type": "string", "description": NASTY, "enum": ["a'b", 'c"d', "e\\f"]}
    ranges = [{"start_time": 1.5, "end_time": 4}]
    return body({"id": "shot", "description": NASTY, "fields": [field], "time_ranges": ranges}, **settings)


def python_arguments(text: str) -> dict[str, Any]:
    """What the Python text hands to `create`, read by Python's own parser."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    create = next(call for call in calls if getattr(call.func, "attr", "") == "create")
    return {each.arg: ast.literal_eval(each.value) for each in create.keywords if each.arg}


def test_each_language_has_the_form_of_the_contract() -> None:
    found = texts(body(temperature=0.5))

    assert 'URL="http://localhost:8000/v1.3/analyze/tasks"' in found["curl"]
    assert '-H "x-api-key: $API_KEY" -H "Content-Type: application/json"' in found["curl"]
    assert f'TwelveLabs(api_key="{KEY}", base_url="{BASE}")' in found["python"]
    assert f'new TwelvelabsApiClient({{ apiKey: "{KEY}", environment: "{BASE}" }})' in found["javascript"]
    assert "segmentDefinitions: [" in found["javascript"]


def test_python_carries_every_value_unchanged() -> None:
    request = nasty(min_segment_duration=None, custom_id="mine", engine="other")

    arguments = python_arguments(texts(request)["python"])

    assert arguments["response_format"] == request["response_format"]
    assert arguments["video"] == {"type": "asset_id", "asset_id": "abc"}
    assert arguments["request_options"] == {"additional_body_parameters": {"engine": "other"}}


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_curl_carries_every_value_unchanged_through_the_shell() -> None:
    """bash reads the text; `curl` is a function of the test that prints what it would send."""
    script = "curl() { cat >&2; };" + texts(nasty())["curl"]
    sent = json.loads(subprocess.run(["bash"], input=script, capture_output=True, text=True, check=True).stderr)

    assert sent["response_format"] == nasty()["response_format"]
    assert "!" not in texts(nasty())["curl"].split("<<'JSON'")[1].split("\nJSON\n")[0]


def test_javascript_falls_back_to_fetch_where_the_client_cannot_send_it() -> None:
    for settings in ({"engine": "other"}, {"model_name": "pegasus1.6"}, {"max_tokens": "unlimited"}):
        found = next(
            each for each in snippets(body(**settings), asset_id="a", base_url=BASE) if each.title == "JavaScript"
        )
        assert "await fetch(" in found.text
        assert "official client cannot send" in found.note


def test_the_default_engine_is_left_out_and_a_missing_video_is_a_gap() -> None:
    found = texts(body(engine="local"), asset_id="")

    assert all("engine" not in text for text in found.values())
    assert all(ASSET in text for text in found.values())


def test_long_values_break_into_lines_and_short_ones_stay_on_one() -> None:
    text = texts(body())["python"]

    assert 'video={"type": "asset_id", "asset_id": "abc"},' in text
    assert max(len(line) for line in text.splitlines()) <= 120
