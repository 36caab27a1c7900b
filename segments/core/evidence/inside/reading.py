"""Inside the child: read the writing on one grey picture with the models that come with rapidocr."""

from __future__ import annotations

import logging
import unicodedata
from functools import cache
from typing import Any, cast

import cv2
import numpy as np

from segments.core.media.inside.loop import Outlet
from segments.core.media.wire import Message

LEAST_SCORE = 0.5
#: The detector enlarges pictures whose shorter side is below this; ours are 480 lines at most.
DETECTOR_SIDE = 480


#: Stands for a line that was found and could not be read; the library would drop it.
NOTHING_READ = "\ufffd"
#: A line without letters that is this wide for its height is writing in other letters rather than a speck.
LONG = 4.0
#: Width by height that one character of a line takes at most; with fewer, most of the line was not read.
WIDEST_CHARACTER = 1.5


@cache
def _reader() -> Any:
    # imported here: loading the models takes a second that no other task should pay
    from rapidocr import RapidOCR

    class Reader(RapidOCR):
        def build_final_output(self, picture: Any, found: Any, turned: Any, read: Any, *rest: Any) -> Any:
            if read.txts is not None:
                read.txts = tuple(text if text.strip() else NOTHING_READ for text in read.txts)
            return super().build_final_output(picture, found, turned, read, *rest)

    logging.disable(logging.WARNING)
    cv2.setNumThreads(1)
    return Reader(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_side_len": DETECTOR_SIDE,
            "Det.limit_type": "min",
        }
    )


def read(request: Message, outlet: Outlet) -> None:
    """Emit the lines: text, score, and box as shares of the picture (x, y, width, height), from top to bottom.

    The text is "" where a line stands that the models cannot read, as they know Latin letters and Chinese only.
    """
    height, width = cast(list[int], request.header["shape"])
    grey = np.frombuffer(request.payload, np.uint8).reshape(height, width)
    outlet.emit({"beat": 0.0})
    result = _reader()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    lines = []
    if result.txts is not None and result.boxes is not None:
        for text, score, corners in zip(result.txts, result.scores, result.boxes, strict=True):
            low, high = corners.min(axis=0) / (width, height), corners.max(axis=0) / (width, height)
            box = [round(float(v), 4) for v in (low[0], low[1], high[0] - low[0], high[1] - low[1])]
            shape = (high[0] - low[0]) * width / max(1.0, (high[1] - low[1]) * height)
            known = readable(text.strip(), float(score), float(shape))
            if known is not None:
                lines.append({"text": known, "score": round(float(score), 3), "box": box})
    outlet.emit({"lines": lines})


def readable(text: str, score: float, shape: float) -> str | None:
    """The text as read, "" for a line in letters that the models do not know, None for what is no writing.

    `shape` is width by height. Letters of other alphabets come out as nothing, as a few strokes, or as their own kind
    with most accents lost: none of that may be taken for what is written.
    """
    foreign = sum(_is_foreign(character) for character in text)
    letters = sum(character.isalnum() for character in text)
    sparse = shape > WIDEST_CHARACTER * len(text)
    if score >= LEAST_SCORE and letters and not sparse and foreign <= 0.3 * letters:
        return text
    return "" if shape >= LONG and (sparse or foreign > 0.3 * letters) else None


def _is_foreign(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").split(" ")[0] in ("GREEK", "CYRILLIC")
