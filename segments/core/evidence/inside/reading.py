"""Inside the child: read the writing on one grey picture with the models that come with rapidocr."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any, cast

import cv2
import numpy as np

from segments.core.media.inside.loop import Outlet
from segments.core.media.wire import Message

LEAST_SCORE = 0.5
#: The detector enlarges pictures whose shorter side is below this; ours are 480 lines at most.
DETECTOR_SIDE = 480


@cache
def _reader() -> Any:
    # imported here: loading the models takes a second that no other task should pay
    from rapidocr import RapidOCR

    logging.disable(logging.WARNING)
    cv2.setNumThreads(1)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": LEAST_SCORE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_side_len": DETECTOR_SIDE,
            "Det.limit_type": "min",
        }
    )


def read(request: Message, outlet: Outlet) -> None:
    """Emit the lines: text, score, and box as shares of the picture (x, y, width, height), from top to bottom."""
    height, width = cast(list[int], request.header["shape"])
    grey = np.frombuffer(request.payload, np.uint8).reshape(height, width)
    outlet.emit({"beat": 0.0})
    result = _reader()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    lines = []
    if result.txts is not None and result.boxes is not None:
        for text, score, corners in zip(result.txts, result.scores, result.boxes, strict=True):
            low, high = corners.min(axis=0) / (width, height), corners.max(axis=0) / (width, height)
            box = [round(float(v), 4) for v in (low[0], low[1], high[0] - low[0], high[1] - low[1])]
            if text.strip():
                lines.append({"text": text.strip(), "score": round(float(score), 3), "box": box})
    outlet.emit({"lines": lines})
