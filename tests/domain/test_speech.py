"""Which recogniser there is, said in words; what one heard is not taken for what another would hear."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from segments.core.evidence.words import Speech
from segments.domain import speech


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is found, without its half a gigabyte."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "faster_whisper.py").write_text(
        "def download_model(name, output_dir):\n"
        "    if name != 'small':\n        raise ValueError('no such model')\n"
        "    open(output_dir + '/model.bin', 'wb').close()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))


def fetch(*names: Sequence[str]) -> str:
    out = StringIO()
    call_command("fetch_speech_model", *names, stdout=out)
    return out.getvalue()


def test_without_a_setting_there_is_none() -> None:
    assert speech.speech() == Speech(None, "Speech recognition is not set up: README, SPEECH_MODEL, says how.")


def test_missing_model_is_named(settings: Any, installed: None) -> None:
    settings.SPEECH_MODEL = "small"
    assert "there is no model 'small': run manage.py fetch_speech_model" in speech.speech().problem


def test_fetched_model_is_used_by_its_name(settings: Any, tmp_path: Path, installed: None) -> None:
    settings.DATA_DIR, settings.SPEECH_MODEL = tmp_path, "small"
    assert fetch("small") == "Fetched. Start the server with SPEECH_MODEL=small.\n"
    assert speech.speech() == Speech(tmp_path / "models" / "small")


def test_folder_is_used_as_it_is(settings: Any, tmp_path: Path, installed: None) -> None:
    (tmp_path / "model.bin").touch()
    settings.SPEECH_MODEL = str(tmp_path)
    assert speech.speech() == Speech(tmp_path)


@pytest.mark.parametrize(("name", "words"), [("a/b", "a folder needs no fetching"), ("huge", "no such model")])
def test_model_that_cannot_be_fetched_is_said(
    name: str, words: str, settings: Any, tmp_path: Path, installed: None
) -> None:
    settings.DATA_DIR = tmp_path
    with pytest.raises(CommandError, match=words):
        fetch(name)


def test_evidence_of_another_recogniser_is_other_evidence(settings: Any, tmp_path: Path, installed: None) -> None:
    before = speech.kept_name("words")
    settings.SPEECH_MODEL = "small"
    assert speech.kept_name("words") != before
    assert speech.kept_name("sound") == "sound"
