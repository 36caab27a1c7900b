"""How the camera moves, how large the subject is framed and where it stands."""

from __future__ import annotations

import numpy as np

from segments.core.engines.local.camera import MOTION_WORDS, SIZES, measured_motion, measured_size
from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.measures import faces

#: Just beyond the line between the thirds.
_LEFT = 0.38


def camera_motion(asked: Asked) -> Value | None:
    return measured_motion(asked.evidence, asked.span)


def shot_size(asked: Asked) -> Value | None:
    return measured_size(asked.evidence, asked.span)


def screen_position(asked: Asked) -> Value | None:
    """Where the largest face stands."""
    boxes = [face.boxes[0] for face in faces(asked.evidence, asked.span) if face.boxes]
    if not boxes:
        return None
    x = float(np.median([box[0] + box[2] / 2 for box in boxes]))
    height = float(np.median([box[3] for box in boxes]))
    numbers = {"x": round(x, 3), "face_height": round(height, 3)}
    if height < 0.08:
        return Value("background", "The face is small.", 0.45, numbers, ("background", "far"))
    name = "left" if x < _LEFT else "right" if x > 1 - _LEFT else "center"
    words = (name, "centre", "middle") if name == "center" else (name,)
    because = f"The middle of the face is at {round(100 * x)} % of the picture width."
    return Value(name, because, 0.65, numbers, words)


FILLERS = (
    Filler(
        "camera_motion",
        "movement of the camera",
        frozenset({"string"}),
        frozenset({"pictures"}),
        ((r"camera (?:motion|movement|move|work)|movement of the camera", 1.2), (r"camera", 0.6)),
        camera_motion,
        tuple(dict.fromkeys(word for words in MOTION_WORDS.values() for word in words)),
    ),
    Filler(
        "shot_size",
        "framing by face height",
        frozenset({"string"}),
        frozenset({"faces"}),
        ((r"shot (?:size|scale|type)|framing|field size", 1.2),),
        shot_size,
        tuple(dict.fromkeys(word for _, words in SIZES for word in words)),
    ),
    Filler(
        "screen_position",
        "place of the face",
        frozenset({"string"}),
        frozenset({"faces"}),
        (
            (
                r"(?:screen )?position|(?:place|where) in the (?:frame|picture)|side of the screen",
                1.2,
            ),
        ),
        screen_position,
        ("left", "right", "center", "centre", "middle", "background", "far"),
    ),
)
