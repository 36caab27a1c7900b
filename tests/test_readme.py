"""README is tested like code: every setting, command and target it names exists, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
SETTINGS = (ROOT / "playground" / "settings.py").read_text()


def documented_settings() -> set[str]:
    rows = [line for line in README.splitlines() if line.startswith("| `") and line.count("|") == 4]
    return set(re.findall(r"`([A-Z_]{4,})`", " ".join(row.split("|")[1] for row in rows)))


def test_settings_table_names_every_environment_variable() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    assert documented_settings() == read


def test_every_make_target_in_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z]+(?:-[a-z]+)*)(?:`|    #)", README))
    assert named <= targets


def test_every_command_of_ours_is_in_readme() -> None:
    folder = ROOT / "segments" / "management" / "commands"
    commands = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {name for name in commands if name in README} == commands


def test_pictures_and_links_of_readme_exist() -> None:
    local = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert [link for link in local if not (ROOT / link).exists()] == []
