"""Evidence stage: ask the children for what is said: the subtitle track of a video, else its speech."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from segments.core.errors import CuepointError
from segments.core.evidence import words
from segments.core.evidence.model import Word
from segments.core.media.child import Child
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.pool import Pool, Work
from segments.core.progress import Progress, Report
from segments.core.timeline import Span

log = logging.getLogger(__name__)

SUBTITLES_TASK = "segments.core.evidence.inside.subtitled:read"
SPEECH_TASK = "segments.core.evidence.inside.transcribing:transcribe"
#: A recogniser's model is as large as the user wants it; half a minute of sound may take it minutes.
SPEECH_BYTES = 16 << 30
SPEECH_SILENCE_SECONDS = 900.0


class WordsReader:
    """Of one video. The subtitle track is read once, as its lines lie all over the file; speech window by window."""

    def __init__(
        self, base: Mapping[str, object], decoders: Pool, facts: MediaFacts, limits: MediaLimits, speech: words.Speech
    ) -> None:
        self._base = dict(base)
        self._decoders = decoders
        self._facts = facts
        self._limits = limits
        self._speech = speech
        self._listener = Pool(self._listening, 1)
        self._captions: list[Word] | None = None
        self._failure = ""

    def close(self) -> None:
        self._listener.close()

    def read(self, window: Span, report: Report) -> bytes:
        """The payload of the module `words`."""

        def tell(share: float = 0.0) -> None:
            report(Progress("words", share * window.length, window.length))

        tell()
        if self._captions is None:
            self._captions = self._subtitles(tell)
        if self._captions:
            found = [word for word in self._captions if word.start < window.end and word.end > window.start]
        else:
            found = self._spoken(window, tell) if self._speech.folder and self._facts.audio_codec else []
        tell(1.0)
        return words.payload(found, self._reason(bool(found)))

    def _reason(self, found: bool) -> str:
        """Why there are no words; "" where there are, or where a recogniser listened and heard nobody."""
        heard = self._speech.folder is not None and self._facts.audio_codec is not None and not self._failure
        if self._captions or found or heard:
            return ""
        return " ".join(part for part in (words.NO_TRACK, self._failure or self._speech.problem) if part)

    def _subtitles(self, tell: Callable[[], None]) -> list[Word]:
        found: list[Word] = []
        for _, message in self._decoders.run([Work(0, SUBTITLES_TASK, self._base)], tell):
            if "words" in message.header:
                found = list(words.decide([message.payload], self._facts.whole))
        return found

    def _spoken(self, window: Span, tell: Callable[[], None]) -> list[Word]:
        """A model that fails costs the words and nothing else."""
        header = {**self._base, "start": window.start, "end": window.end, "model": str(self._speech.folder)}
        found: list[Word] = []
        try:
            for _, message in self._listener.run([Work(0, SPEECH_TASK, header)], tell):
                if "spoken" in message.header:
                    found = lines_heard(message.payload)
        except CuepointError as error:
            log.warning("speech recognition failed: %s", error.message)
            self._listener.close()
            self._failure = words.SPEECH_FAILED
        return found

    def _listening(self) -> Child:
        cpu_seconds = 600 + int(self._facts.duration_seconds * 60)
        patient = replace(self._limits, silence_seconds=SPEECH_SILENCE_SECONDS)
        folder = self._speech.folder
        assert folder is not None  # noqa: S101 - only asked when there is one
        return Child(folder, patient, ChildLimits(SPEECH_BYTES, cpu_seconds))


def lines_heard(payload: bytes) -> list[Word]:
    """What the recogniser's child sent."""
    return [_heard(row) for row in json.loads(payload)]


def _heard(row: list[Any]) -> Word:
    start, end, said, sure, language, parts = row
    known = tuple((text, begin, over) for text, begin, over in parts)
    return Word(start, end, said, "speech", confidence=sure, language=language, parts=known)
