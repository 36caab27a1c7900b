"""How the camera moves and how large a face is framed, measured over a stretch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.local.entries import Value
from segments.core.engines.local.measures import faces, moving_rows
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Picture widths (heights) per second, and relative scale per second, from which a movement counts.
_MOVES, _ZOOMS = 0.04, 0.04
#: Below these nothing moves the camera.
_RESTS = 0.012
_SAME_WAY = 0.75


def measured_motion(evidence: Evidence, span: Span) -> Value | None:
    """Static, pan, tilt, zoom or handheld. Tracking looks like a pan in the measures and is never claimed."""
    looks = evidence.looks
    where = moving_rows(evidence, span)
    if looks is None or where is None or where.stop - where.start < 4:
        return None
    pan, tilt, zoom = (_steady(track[where]) for track in (looks.pan, looks.tilt, looks.zoom))
    numbers = {"pan": round(pan[0], 4), "tilt": round(tilt[0], 4), "zoom": round(zoom[0], 4)}
    strengths = {"pan": _excess(pan, _MOVES), "tilt": _excess(tilt, _MOVES), "zoom": _excess(zoom, _ZOOMS)}
    name, strength = max(strengths.items(), key=lambda entry: entry[1])
    if strength > 0:
        return Value(
            name, f"The picture shifts steadily: {name}.", min(0.85, 0.5 + 0.1 * strength), numbers, MOTION_WORDS[name]
        )
    shake = float(np.mean(np.hypot(looks.pan[where], looks.tilt[where]), dtype=np.float64))
    if shake < _RESTS and abs(zoom[0]) < _RESTS:
        return Value(
            "static", "The picture does not shift.", 0.8, numbers | {"shake": round(shake, 4)}, MOTION_WORDS["static"]
        )
    drift = max(abs(float(np.mean(track[where], dtype=np.float64))) for track in (looks.pan, looks.tilt))
    if shake > 2 * _MOVES and drift < shake / 3:
        because = "The picture shifts to and fro without a direction."
        return Value("handheld", because, 0.45, numbers | {"shake": round(shake, 4)}, MOTION_WORDS["handheld"])
    return None


MOTION_WORDS = {
    "static": ("static", "still", "fixed", "locked", "none", "no movement"),
    "pan": ("pan", "panning", "horizontal", "pan or tilt", "moving"),
    "tilt": ("tilt", "tilting", "vertical", "pan or tilt", "moving"),
    "zoom": ("zoom", "zooming", "moving"),
    "handheld": ("handheld", "hand held", "shaky", "moving"),
}


def _steady(track: NDArray[np.float32]) -> tuple[float, float]:
    """Median speed, and the share of pictures that move in its direction."""
    middle = float(np.median(track))
    if middle == 0.0:
        return 0.0, 0.0
    return middle, float(np.mean(np.sign(track) == np.sign(middle)))


def _excess(movement: tuple[float, float], limit: float) -> float:
    speed, same_way = movement
    return abs(speed) / limit if abs(speed) >= limit and same_way >= _SAME_WAY else 0.0


#: From this share of the picture height on, a face makes the framing so.
SIZES = (
    (0.60, ("extreme_close_up", "extreme close up", "close up", "closeup", "close")),
    (0.27, ("close_up", "close up", "closeup", "close")),
    (0.12, ("medium", "medium shot", "mid", "mid shot", "medium close up")),
    (0.05, ("wide", "wide shot", "long", "long shot", "full", "full shot")),
    (0.0, ("extreme_wide", "extreme wide", "wide", "long", "wide shot", "long shot")),
)


def measured_size(evidence: Evidence, span: Span) -> Value | None:
    """By the height of the largest face; None where no face can be measured."""
    seen = faces(evidence, span)
    heights = [face.boxes[0][3] for face in seen if face.boxes]
    if not heights or len(heights) < len(seen) / 3:
        return None
    height = float(np.median(heights))
    words = next(words for limit, words in SIZES if height >= limit)
    share = len(heights) / len(seen)
    because = f"The largest face is {round(100 * height)} % of the picture high."
    numbers = {"face_height": round(height, 3), "samples": len(seen), "with_face": len(heights)}
    return Value(words[0], because, 0.35 + 0.35 * share, numbers, words)
