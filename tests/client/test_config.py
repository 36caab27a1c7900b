"""Construction: what is refused, and what comes from the environment."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from segments import client
from segments.client import AsyncClient, Client, Config
from tests.client.scripted import KEY

PACKAGE = Path(client.__file__).parent


@pytest.mark.parametrize("key", ["", "short", "nounderscore" * 3, "cue_live_" + " " * 30, None])
def test_bad_keys_are_refused_at_construction(key: Any) -> None:
    for kind in (Client, AsyncClient):
        with pytest.raises(ValueError, match="API key"):
            kind(key)


@pytest.mark.parametrize(
    "wrong",
    [{"timeout": 0}, {"retry_delay": -1}, {"polling_interval": 0}, {"polling_timeout": -5}, {"max_retries": -1}],
)
def test_timings_must_be_positive(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Config(KEY, **wrong)


def test_base_url_may_carry_a_version_and_must_be_http() -> None:
    for text in ("http://localhost:1/", "http://localhost:1/api/v2", "http://localhost:1/v1.3/"):
        assert Config(KEY, base_url=text).base_url == "http://localhost:1"
    with pytest.raises(ValueError, match="base_url"):
        Config(KEY, base_url="localhost:8000")


def test_plain_http_to_other_hosts_warns() -> None:
    with pytest.warns(UserWarning, match="unencrypted"):
        Config(KEY, base_url="http://films.example")
    Config(KEY, base_url="https://films.example")
    Config(KEY, base_url="http://127.0.0.9:1")


def test_environment_fills_in_and_overrides_win(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"API_KEY": KEY, "BASE_URL": "http://localhost:9", "MAX_RETRIES": "1", "POLLING_INTERVAL": "0.5"}
    for name, value in values.items():
        monkeypatch.setenv(f"CUEPOINT_{name}", value)
    with Client.from_env(max_retries=2) as made:
        assert made.config == Config(KEY, base_url="http://localhost:9", max_retries=2, polling_interval=0.5)
    monkeypatch.setenv("CUEPOINT_TIMEOUT", "long")
    with pytest.raises(ValueError, match="CUEPOINT_TIMEOUT must be a number"):
        Client.from_env()


def resources(made: object) -> dict[str, Any]:
    """Dotted name → method, of everything public."""
    found: dict[str, Any] = {}
    for name, value in vars(made).items():
        if name.startswith("_") or name == "config":
            continue
        inner = resources(value)
        methods = {n: m for n, m in inspect.getmembers(value, inspect.isfunction) if not n.startswith("_")}
        found |= {f"{name}.{key}": method for key, method in {**inner, **methods}.items()}
    return found


def test_both_clients_have_the_same_methods() -> None:
    with Client(KEY) as plain:
        sync, awaited = resources(plain), resources(AsyncClient(KEY))
    assert list(sync) == list(awaited)
    assert {name: inspect.signature(m) for name, m in sync.items()} == {
        name: inspect.signature(m) for name, m in awaited.items()
    }
    assert all(inspect.iscoroutinefunction(method) for method in awaited.values())
    assert not any(inspect.iscoroutinefunction(method) for method in sync.values())
    assert str(inspect.signature(sync["video_scenes.list"])) == "(video_id: 'str') -> 'VideoSceneList'"
    assert len(sync) == 36


def test_client_stands_alone_under_another_name(tmp_path: Path) -> None:
    """As `pip install ./segments/client` lays it out: no Django, nothing else of ours."""
    shutil.copytree(PACKAGE, tmp_path / "cuepoint_client")
    code = (
        "import sys, cuepoint_client\n"
        "foreign = {'segments', 'django', 'numpy', 'pydantic'} & {name.partition('.')[0] for name in sys.modules}\n"
        "assert not foreign, foreign\n"
        "cuepoint_client.Client('cue_live_' + '0' * 64).close()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


def test_client_package_lists_all_its_folders() -> None:
    """And none is named like a part of Python: builds run inside the folder."""
    names = {path.stem for path in PACKAGE.iterdir()}
    assert names & sys.stdlib_module_names == set()
    listed = set(re.findall(r'"cuepoint_client(?:\.(\w+))?"', (PACKAGE / "pyproject.toml").read_text()))
    assert listed == {"", *(path.parent.name for path in PACKAGE.glob("*/__init__.py"))}
    assert (PACKAGE / "py.typed").exists()
