"""Commands: what they print, and how they refuse."""

from __future__ import annotations

import fcntl
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from segments import checks
from segments.domain import access, api_keys, launch
from tests import clips


def said(command: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue().strip()


def test_launch_link_command_prints_the_link_that_works(settings: Any) -> None:
    settings.HOST, settings.PORT = "127.0.0.1", 8123
    link = said("launch_link")
    assert link == f"http://127.0.0.1:8123/enter/?token={launch.token()}"


def test_launch_link_of_an_ipv6_address_has_brackets(settings: Any) -> None:
    settings.HOST = "::1"
    assert said("launch_link").startswith("http://[::1]:")


@pytest.mark.django_db
def test_created_key_opens_the_owners_door() -> None:
    assert api_keys.caller(said("create_key", "laptop")) == access.local_owner()


@pytest.mark.django_db
def test_created_key_for_an_account_opens_its_door(anna: User) -> None:
    assert api_keys.caller(said("create_key", "laptop", "--user", "anna")) == anna
    with pytest.raises(CommandError, match="no account 'nobody'"):
        said("create_key", "laptop", "--user", "nobody")


def test_second_serve_is_refused_with_words(private_data_dir: Path) -> None:
    run = private_data_dir / "run"
    run.mkdir()
    with (run / "lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError) as refused:
            call_command("serve", skip_checks=True)
    assert str(refused.value) == (
        f"Another serve (process 4711) uses {private_data_dir}. Stop it, or set DATA_DIR to another folder."
    )


def test_segment_file_prints_the_cut(tmp_path: Path) -> None:
    film = clips.two_shots(tmp_path / "film.mp4")
    answer = json.loads(said("segment_file", film, "--template", "shot-detection"))
    edges = [(shot["start_time"], shot["end_time"]) for shot in answer["result"]["shot"]]
    assert edges == [(0, 2), (2, 4)]


def test_segment_file_names_what_is_wrong(tmp_path: Path) -> None:
    text = tmp_path / "film.mp4"
    text.write_text("no film")
    with pytest.raises(CommandError, match="There is no file"):
        said("segment_file", tmp_path / "nothing.mp4", "--template", "ocr")
    with pytest.raises(CommandError):
        said("segment_file", text, "--template", "ocr")
    definitions = tmp_path / "definitions.json"
    definitions.write_text('[{"id": "a", "description": ""}]')
    film = clips.two_shots(tmp_path / "two.mp4")
    with pytest.raises(CommandError, match="description"):
        said("segment_file", film, "--definitions", definitions)


@pytest.mark.parametrize(
    ("access_mode", "host", "errors"),
    [
        ("local", "127.0.0.1", []),
        ("local", "::1", []),
        ("local", "0.0.0.0", ["segments.E001"]),
        ("local", "192.168.1.7", ["segments.E001"]),
        ("token", "0.0.0.0", []),
        ("users", "127.0.0.1", []),
        ("users", "0.0.0.0", ["segments.E002"]),
    ],
)
def test_unsafe_addresses_are_refused(settings: Any, access_mode: str, host: str, errors: list[str]) -> None:
    settings.ACCESS, settings.HOST, settings.ALLOWED_HOSTS = access_mode, host, list(settings.LOCAL_HOSTS)
    found = [*checks.bind_is_safe(None), *checks.users_need_hosts(None)]
    assert [message.id for message in found] == errors


def test_accounts_on_an_open_address_with_host_names_are_fine(settings: Any) -> None:
    settings.ACCESS, settings.HOST = "users", "0.0.0.0"
    settings.ALLOWED_HOSTS = [*settings.LOCAL_HOSTS, "films.example"]
    assert checks.users_need_hosts(None) == []


@pytest.mark.parametrize(("length", "errors"), [(107, []), (108, ["segments.E004"])])
def test_socket_path_has_to_fit(settings: Any, length: int, errors: list[str]) -> None:
    settings.REDIS_URL = f"unix:///{'x' * (length - 1)}"
    assert [message.id for message in checks.socket_path_fits(None)] == errors
    settings.REDIS_URL = f"redis://{'x' * 200}/0"
    assert checks.socket_path_fits(None) == []


def test_a_redis_is_found() -> None:
    binary = checks.redis_binary()
    assert binary is not None
    assert Path(binary).is_file()
