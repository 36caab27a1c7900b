"""Every control and every state of the Segment page has a browser test that is named after it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"

CONTROLS = (
    "video area",
    "picker grid",
    "upload in picker",
    "address field",
    "definition dropdown",
    "edit in builder",
    "advanced settings",
    "reset",
    "cost line",
    "segment",
    "tabs",
    "cancel",
    "view code",
    "export menu",
    "history row",
    "example card",
    "theme",
    "live",
)
STATES = ("empty", "uploading", "waiting", "processing", "partial", "done", "none found", "failed", "cancelled")


def _tests(*files: Path) -> list[str]:
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text())))
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


@pytest.mark.parametrize("control", CONTROLS)
def test_control_has_a_browser_test_of_its_name(control: str) -> None:
    prefix = f"test_{control.replace(' ', '_')}_"

    assert any(name.startswith(prefix) for name in _tests(*BROWSER.glob("test_*.py")))


@pytest.mark.parametrize("state", STATES)
def test_state_has_a_browser_test_of_its_name(state: str) -> None:
    prefix = f"test_{state.replace(' ', '_')}_"

    assert any(name.startswith(prefix) for name in _tests(BROWSER / "test_states.py"))
