"""Rules about the code itself that no tool of ours knows. Who may import whom is in pyproject.toml (import-linter)."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 400
#: Where a status may be written: the state machine. New rows start in the first state by the model's default.
STATE_MACHINE = Path("segments/domain/jobs.py")
OPENER = Path("segments/core/media/open.py")
HTTP_CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request"}
#: Who may use them: `serve` asks its own web server whether it answers; the Python client is for talking to a server;
#: `outbound` calls the addresses that users give.
TALKERS = {
    Path("segments/core/outbound.py"): ["urllib3"],
    Path("segments/management/commands/serve.py"): ["urllib.request"],
    Path("segments/client/drivers.py"): ["httpx"],
}


def files(folder: str, pattern: str) -> list[Path]:
    """Committed or new, not what tools leave behind."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", f"{folder}/{pattern}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    found = [Path(name) for name in listed] or [p.relative_to(ROOT) for p in (ROOT / folder).rglob(pattern)]
    return sorted(path for path in found if (ROOT / path).exists())


def python(*folders: str) -> list[Path]:
    return [path for folder in folders for path in files(folder, "*.py") if "migrations" not in path.parts]


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def code() -> list[Path]:
    return python("segments", "playground")


def test_there_is_code_to_look_at() -> None:
    assert len(code()) > 100
    assert len(files("templates", "*.html")) > 20


def test_files_stay_short() -> None:
    watched = [*python("segments", "playground", "tests"), *files("static/js", "*.js"), *files("templates", "*.html")]
    long = {str(path): lines for path in watched if (lines := len((ROOT / path).read_text().splitlines())) > MAX_LINES}
    assert long == {}


@pytest.mark.parametrize("folder", ["segments", "playground"])
def test_every_module_says_first_what_it_is(folder: str) -> None:
    silent = [
        path for path in python(folder) if (ROOT / path).read_text().strip() and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def status_writes(path: Path) -> Iterator[int]:
    """Lines that assign `.status` of something, or give `status=` to a call that writes rows."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
                yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            writes = node.func.attr in ("update", "create", "get_or_create", "update_or_create", "bulk_create")
            if writes and any(keyword.arg == "status" for keyword in node.keywords):
                yield node.lineno


def test_only_the_state_machine_writes_a_status() -> None:
    writers = {path: lines for path in python("segments") if (lines := list(status_writes(path)))}
    assert list(writers) == [STATE_MACHINE]


def opened(path: Path) -> Iterator[str]:
    """How media is opened here: "r" or "w" per call."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("av.open", "cv2.VideoCapture"):
            modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
            yield ast.literal_eval(modes[0]) if modes and isinstance(modes[0], ast.Constant) else "r"


def test_media_is_opened_for_reading_in_one_place() -> None:
    assert [path for path in code() if "r" in opened(path)] == [OPENER]


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_one_module_talks_to_the_network() -> None:
    talkers = {
        path: sorted({name.split(".")[0] if name.startswith("urllib3") else name for name in found})
        for path in code()
        if (
            found := {
                name for name in imports(path) if any(name == c or name.startswith(f"{c}.") for c in HTTP_CLIENTS)
            }
        )
    }
    assert talkers == TALKERS


def test_settings_are_not_read_in_core() -> None:
    """Setting the environment of a process that has just begun is no reading."""
    reading = re.compile(r"os\.environ(?!\.(?:update|clear)\()|getenv")
    readers = [path for path in python("segments/core") if {"os.environ", "os.getenv"} & imports(path)]
    readers += [path for path in python("segments/core") if reading.search((ROOT / path).read_text())]
    assert [path for path in readers if path.name != "child.py"] == []


@pytest.mark.parametrize(
    ("rule", "forbidden"),
    [
        ("text is escaped", r"\|\s*safe\b|\{%\s*autoescape\s+off"),
        ("no script inside the page", r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
        ("no style attribute", r"\sstyle\s*=\s*[\"']"),
        ("no style element", r"<style\b(?![^>]*nonce)"),
        ("no handler attribute", r"\son[a-z]+\s*=\s*[\"']"),
        ("nothing from elsewhere", r"(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
    ],
)
def test_templates_keep_to_the_policy_of_the_page(rule: str, forbidden: str) -> None:
    found = {
        str(path): matches
        for path in files("templates", "*.html")
        if (matches := re.findall(forbidden, (ROOT / path).read_text(), re.IGNORECASE))
    }
    assert found == {}, rule


def test_scripts_build_no_html_from_strings() -> None:
    dangerous = re.compile(r"\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(")
    found = {str(p): m for p in files("static/js", "*.js") if (m := dangerous.findall((ROOT / p).read_text()))}
    assert found == {}


def test_no_promise_is_left_in_the_code() -> None:
    promises = re.compile(r"\b(?:TODO|FIXME|XXX)\b|[Cc]oming soon")
    watched = [*code(), *files("templates", "*.html"), *files("static/js", "*.js")]
    assert [str(path) for path in watched if promises.search((ROOT / path).read_text())] == []
