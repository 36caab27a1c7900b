"""`cuepoint segment`: the same result with a server and without; every way to end has its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from segments import cli
from segments.client import AuthenticationError, ClientTimeoutError, VideoAnalysisError, VideoUploadError
from segments.core.console import TEMPLATES, bar, template_named
from segments.core.errors import EngineUnavailable, InvalidRequest, MediaUnreadable, Problem
from segments.domain import api_keys, pipeline
from segments.models import Job
from tests import clips, factories
from tests.api import live


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.two_shots(tmp_path_factory.mktemp("film") / "film.mp4")


@pytest.fixture
def served() -> Iterator[str]:
    with live.serving() as address:
        yield address


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """Runs whatever waits, as a worker process would."""
    stop = threading.Event()

    def work() -> None:
        from django.db import connection

        while not stop.wait(0.05):
            for job in Job.objects.filter(status="pending").order_by("queued_at"):
                pipeline.run_job(job.uid)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join()


def edges(text: str) -> list[tuple[float, float]]:
    return [(shot["start_time"], shot["end_time"]) for shot in json.loads(text)["result"]["shot"]]


def test_installed_command_segments_here(film: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    command = [sys.executable, "-m", "segments.cli", "segment", str(film), "--template", "shots", "--out", str(out)]
    away = {key: value for key, value in os.environ.items() if not key.startswith("CUEPOINT")}
    done = subprocess.run(command, env={**away, "DATA_DIR": str(tmp_path)}, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert edges(out.read_text()) == [(0, 2), (2, 4)]
    assert not (tmp_path / "secret-key").exists()


def test_server_gives_the_same_result(film: Path, served: str, worker: None, capsys: Any) -> None:
    key = api_keys.create(factories.user(), name="cli")[1]
    arguments = ["segment", str(film), "--template", "shot-detection", "--server", served, "--api-key", key]
    assert cli.main(arguments) == cli.DONE
    there = capsys.readouterr().out
    assert cli.main(arguments[:4]) == cli.DONE
    assert json.loads(capsys.readouterr().out)["result"] == json.loads(there)["result"]


def test_subtitles_beside_the_film_are_read_here_and_there(
    film: Path, served: str, worker: None, tmp_path: Path, capsys: Any
) -> None:
    lines, definitions = tmp_path / "said.vtt", tmp_path / "definitions.json"
    lines.write_text("WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nWelcome to the harbour.\n")
    spoken = {"name": "quote", "type": "string", "description": "What is said, word for word"}
    definitions.write_text(json.dumps([{"id": "shot", "description": "One camera take.", "fields": [spoken]}]))
    key = api_keys.create(factories.user(), name="cli")[1]
    here = ["segment", str(film), "--definitions", str(definitions), "--subtitles", str(lines)]
    for arguments in (here, [*here, "--server", served, "--api-key", key]):
        assert cli.main(arguments) == cli.DONE
        assert "harbour" in capsys.readouterr().out
    assert cli.main([*here[:-1], str(tmp_path / "none.vtt")]) == cli.REFUSED


def test_broken_film_is_refused_by_the_server(served: str, worker: None, tmp_path: Path, capsys: Any) -> None:
    key = api_keys.create(factories.user(), name="cli")[1]
    text = tmp_path / "film.mp4"
    text.write_text("no film")
    assert cli.main(["segment", str(text), "--template", "ocr", "--server", served, "--api-key", key]) == cli.REFUSED
    assert "cuepoint: " in capsys.readouterr().err


def test_wrong_key_and_missing_server_have_a_code(film: Path, served: str, transactional_db: None) -> None:
    arguments = ["segment", str(film), "--template", "ocr", "--server", served, "--api-key"]
    for key in ("cue_live_" + "0" * 64, "nonsense"):
        assert cli.main([*arguments, key]) == cli.NO_SERVER


def test_refusals_name_the_file_and_the_field(film: Path, tmp_path: Path, capsys: Any) -> None:
    definitions = tmp_path / "definitions.json"
    definitions.write_text('[{"id": "a", "description": ""}]')
    for arguments, words in (
        ([str(tmp_path / "nothing.mp4"), "--template", "ocr"], "There is no file"),
        ([str(film), "--definitions", str(tmp_path / "none.json")], "No such file"),
        ([str(film), "--definitions", str(definitions)], "description"),
        ([str(definitions), "--template", "ocr"], "cuepoint: "),
    ):
        assert cli.main(["segment", *arguments]) == cli.REFUSED
        assert words in capsys.readouterr().err


def test_wrong_use_is_two(film: Path, capsys: Any) -> None:
    for arguments in ([], ["segment"], ["segment", str(film)], ["segment", str(film), "--template", "nonsense"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        assert ended.value.code == cli.WRONG_USE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (ClientTimeoutError("late"), 5),
        (AuthenticationError("no"), 4),
        (ConnectionRefusedError("no"), 1),
        (MediaUnreadable("no"), 3),
        (InvalidRequest([Problem("a", "no")]), 3),
        (VideoUploadError("no"), 1),
        (VideoAnalysisError("no"), 1),
        (EngineUnavailable("no"), 1),
        (ZeroDivisionError(), None),
    ],
)
def test_every_end_has_its_code(error: BaseException, code: int | None) -> None:
    assert cli._verdict(error)[0] == code


def test_templates_go_by_their_first_word() -> None:
    assert [template_named(text) for text in ("shots", "shot", "topics", "ocr", "person", "sports")] == [
        "shot-detection",
        "shot-detection",
        "topic-changes",
        "ocr",
        "person-of-focus",
        "sports-highlights",
    ]
    assert [template_named(text) for text in ("", "write", "nonsense")] == [None, None, None]
    assert all(template_named(name) == name for name in TEMPLATES)


def test_bar_fills_from_left_to_right() -> None:
    assert bar(0, "x").startswith("\r[....")
    assert bar(100, "x").startswith("\r[" + "#" * 40 + "] 100 % x")
