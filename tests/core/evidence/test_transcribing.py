"""What is taken from a recogniser: lines on the video's clock, their language and words; guesses are left out.

The recogniser itself is half a gigabyte and not here; what it answers has the attributes of faster-whisper 1.x.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from segments.core.evidence import words
from segments.core.evidence.inside.transcribing import transcribe
from segments.core.evidence.model import Word
from segments.core.evidence.saying import lines_heard
from segments.core.media.inside.loop import Outlet
from segments.core.media.probe import probe
from segments.core.media.wire import Message, Unpacker
from segments.core.timeline import Span
from tests import clips
from tests.core.evidence.conftest import LIMITS


@dataclass
class Spoken:
    word: str
    start: float
    end: float


@dataclass
class Heard:
    start: float
    end: float
    text: str
    avg_logprob: float = -0.1
    no_speech_prob: float = 0.0
    words: list[Spoken] = field(default_factory=list)


@dataclass
class About:
    language: str = "deu"


class WhisperModel:
    def __init__(self, folder: str, **_options: object) -> None:
        self.folder = folder

    def transcribe(self, sound: Any, **options: object) -> tuple[Iterator[Heard], About]:
        assert sound.dtype == np.float32
        assert options["word_timestamps"] is True
        parts = [Spoken(" Guten", 0.2, 0.6), Spoken(" ", 0.6, 0.6), Spoken(" Tag", 0.7, 1.0)]
        return iter([Heard(0.2, 1.0, " Guten  Tag ", words=parts), Heard(1.0, 2.0, "…", avg_logprob=-3.0)]), About()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("faster_whisper")
    package.WhisperModel = WhisperModel  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", package)


def test_lines_have_their_language_and_words(installed: None, tmp_path: Path) -> None:
    film = clips.two_shots(tmp_path / "film.mp4", sound=clips.noise(4.0))
    facts = probe(film, filename=film.name, limits=LIMITS)
    header = {"path": str(film), "facts": asdict(facts), "limits": asdict(LIMITS), "model": str(tmp_path)}
    sent = os.open(tmp_path / "sent", os.O_RDWR | os.O_CREAT)
    transcribe(Message({**header, "start": 1.0, "end": 4.0}, b""), Outlet(sent))
    os.close(sent)
    unpacker = Unpacker(bytearray((tmp_path / "sent").read_bytes()))
    (message,) = [each for each in iter(unpacker.pull, None) if "spoken" in each.header]
    lines = lines_heard(message.payload)
    parts = (("Guten", 1.2, 1.6), ("Tag", 1.7, 2.0))
    assert lines == [Word(1.2, 2.0, "Guten Tag", "speech", "", 0.905, "de", parts)]
    assert words.decide([words.payload(lines)], Span(0, 4)) == tuple(lines), "the same from the store"
