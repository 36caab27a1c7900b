"""Transcription: one segment per line of the subtitles, or of the speech where a recogniser is installed."""

from __future__ import annotations

from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment, Skipped
from segments.core.progress import Report

#: Where a line comes from, in the words of the contract.
_SOURCES = {"subtitles": "embedded_subtitles", "upload": "sidecar", "speech": "asr"}


class Transcription:
    name = "transcription"
    title = "Transcription"
    description = "What is said, from subtitles in the film or beside it, else from speech recognition"
    group: Group = "audio"
    depends_on: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        return []

    def needs(self) -> frozenset[str]:
        return frozenset({"words"})

    def find(self, evidence: Evidence, _earlier: Earlier, _report: Report) -> list[ModuleSegment]:
        if not evidence.words and evidence.wordless:
            raise Skipped(f"{self.title} had nothing to go by. {evidence.wordless}")
        return [
            ModuleSegment(
                word.start,
                word.end,
                word.text,
                {
                    "language": word.language or None,
                    "speaker": word.speaker or None,
                    "confidence": word.confidence,
                    "source": _SOURCES[word.source],
                    "words": [{"word": text, "start": start, "end": end} for text, start, end in word.parts],
                },
            )
            for word in evidence.words or ()
        ]
