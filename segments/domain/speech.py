"""The speech recogniser of this installation, if there is one."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from django.conf import settings

from segments.core.evidence.words import Speech


def speech() -> Speech:
    """The recogniser of `SPEECH_MODEL`, or why there is none, in words."""
    if not settings.SPEECH_MODEL:
        return Speech(None, "Speech recognition is not set up: README, SPEECH_MODEL, says how.")
    if importlib.util.find_spec("faster_whisper") is None:
        return Speech(None, "SPEECH_MODEL is set, but its package is missing: pip install 'cuepoint[speech]'.")
    folder = model_folder(settings.SPEECH_MODEL)
    if not (folder / "model.bin").is_file():
        remedy = "run manage.py fetch_speech_model, or name the folder of a faster-whisper model"
        return Speech(None, f"SPEECH_MODEL is set, but there is no model {folder.name!r}: {remedy}.")
    return Speech(folder)


def model_folder(model: str) -> Path:
    """A path as given; a plain name is a model of the hub, kept in DATA_DIR once it was fetched."""
    return Path(model) if "/" in model else Path(settings.DATA_DIR) / "models" / model


def kept_name(module: str) -> str:
    """What this module's evidence is kept under: words with another recogniser, or none, are other evidence."""
    if module != "words":
        return module
    heard = speech()
    return f"words-{hashlib.sha256(f'{heard.folder} {heard.problem}'.encode()).hexdigest()[:12]}"
