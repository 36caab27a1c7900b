"""How the camera moves and how large a face is framed, measured over a stretch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.local.entries import Value
from segments.core.engines.local.measures import cuts, faces, moving_rows
from segments.core.evidence.model import Evidence, Looks
from segments.core.timeline import Span

#: Picture widths (heights) per second, and relative scale per second, from which a movement counts.
_MOVES, _ZOOMS = 0.04, 0.05
#: What the measures say of a camera at rest: their own noise and what moves before it (tried on real films).
_REST_PAN, _REST_TILT, _REST_ZOOM, _REST_CHANGE = 0.022, 0.025, 0.03, 0.025
_SAME_WAY = 0.75

#: What each movement may be called in a list of choices.
MOTION_WORDS = {
    "static": ("static", "still", "fixed", "locked", "none", "no movement"),
    "pan": ("pan", "panning", "horizontal", "pan or tilt", "moving"),
    "tilt": ("tilt", "tilting", "vertical", "pan or tilt", "moving"),
    "zoom": ("zoom", "zooming", "moving"),
}


def measured_motion(evidence: Evidence, span: Span) -> Value | None:
    """Static, pan, tilt or zoom of one take; None over a cut.

    Tracking looks like a pan, and a shaky hand like a lively subject: neither is ever claimed.
    """
    looks = evidence.looks
    where = moving_rows(evidence, span)
    if looks is None or where is None or where.stop - where.start < 4 or cuts(evidence, span):
        return None
    pan, tilt, zoom = (_steady(track[where]) for track in (looks.pan, looks.tilt, looks.zoom))
    numbers = {"pan": round(pan[0], 4), "tilt": round(tilt[0], 4), "zoom": round(zoom[0], 4)}
    strengths = {"pan": _excess(pan, _MOVES), "tilt": _excess(tilt, _MOVES), "zoom": _excess(zoom, _ZOOMS)}
    name, strength = max(strengths.items(), key=lambda entry: entry[1])
    if strength > 0:
        sure = min(0.8, 0.45 + 0.1 * strength)
        return Value(name, f"The picture shifts steadily: {name}.", sure, numbers, MOTION_WORDS[name])
    if _rests(looks, where) and abs(zoom[0]) <= _REST_ZOOM:
        return Value("static", "The picture as a whole does not shift.", 0.65, numbers, MOTION_WORDS["static"])
    return None


def _rests(looks: Looks, where: slice) -> bool:
    """Shifts stay within the noise; and the picture changes little, as unmatched pictures count as no shift."""
    pan, tilt = (float(np.median(np.abs(track[where]))) for track in (looks.pan, looks.tilt))
    return pan <= _REST_PAN and tilt <= _REST_TILT and float(np.median(looks.motion[where])) <= _REST_CHANGE


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
    (0.75, ("extreme_close_up", "extreme close up", "close up", "closeup", "close")),
    (0.36, ("close_up", "close up", "closeup", "close")),
    (0.17, ("medium", "medium shot", "mid", "mid shot", "medium close up")),
    (0.07, ("wide", "wide shot", "long", "long shot", "full", "full shot")),
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
