"""Inside the child: speech to lines by `faster-whisper`, with a model from a local folder; nothing is downloaded."""

from __future__ import annotations

import json
import math
import os
from functools import cache
from typing import Any, cast

import numpy as np

from segments.core.evidence.inside.listening import RATE, samples_of
from segments.core.evidence.languages import bcp47
from segments.core.media.inside.loop import Outlet
from segments.core.media.wire import Message

#: Lines that the model itself doubts more than this are guesses over music or noise.
LEAST_CONFIDENCE = 0.35
MOST_SILENT = 0.6


@cache
def _model(folder: str) -> Any:
    # imported here: an optional extra, and loading it takes seconds that no other task should pay
    from faster_whisper import WhisperModel

    cores = max(1, (os.cpu_count() or 1) // 2)
    return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=cores, local_files_only=True)


def transcribe(request: Message, outlet: Outlet) -> None:
    """Emit JSON rows [start, end, text, confidence 0-1, language, words] on the video's clock.

    `words` are rows [word, start, end].
    """
    header = cast(dict[str, Any], request.header)
    start = float(header["start"])
    samples, _ = samples_of(header, start, outlet)
    lines: list[list[Any]] = []
    if samples is not None and len(samples) >= RATE // 2:
        model = _model(str(header["model"]))
        outlet.emit({"beat": 0.0})
        sound = samples.astype(np.float32) / 32768
        options = {"beam_size": 5, "vad_filter": True, "condition_on_previous_text": False, "word_timestamps": True}
        segments, about = model.transcribe(sound, **options)
        for segment in segments:  # works while it is walked through
            outlet.emit({"beat": float(segment.end)})
            confidence = math.exp(min(0.0, segment.avg_logprob))
            if segment.text.strip() and confidence >= LEAST_CONFIDENCE and segment.no_speech_prob <= MOST_SILENT:
                times = round(start + segment.start, 3), round(start + segment.end, 3)
                said = " ".join(segment.text.split())
                lines.append([*times, said, round(confidence, 3), bcp47(about.language), _words(segment, start)])
    outlet.emit({"spoken": len(lines)}, json.dumps(lines).encode())


def _words(segment: Any, zero: float) -> list[list[Any]]:
    return [
        [each.word.strip(), round(zero + each.start, 3), round(zero + each.end, 3)]
        for each in segment.words or ()
        if each.word.strip()
    ]
