"""Visual elements: how the picture looks, in windows of three seconds that cover the film."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from segments.core.engines.local.measures import colours, faces, mean, moving_rows, rows
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.progress import Report
from segments.core.timeline import Span

WINDOW_SECONDS = 3.0
#: A shorter rest joins the window before it.
LEAST_SECONDS = 0.5
#: A colour that covers less of the picture is not worth a word.
LEAST_SHARE, NAMED_SHARE = 0.02, 0.15
#: What the basic colour names look like; the share is measured, the shade is the name's.
HEX = {
    "black": "#000000",
    "white": "#ffffff",
    "grey": "#808080",
    "red": "#e6261f",
    "orange": "#f08c1e",
    "yellow": "#f5d823",
    "green": "#2ea043",
    "blue": "#1f6feb",
    "purple": "#8a3ffc",
    "pink": "#f778ba",
    "brown": "#8b5a2b",
}


class VisualElements:
    name = "visualelements"
    title = "Visual elements"
    description = (
        "Colours, brightness, contrast, sharpness, motion and faces, every three seconds; no objects are named"
    )
    group: Group = "visual"
    depends_on: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        return []

    def needs(self) -> frozenset[str]:
        return frozenset({"pictures", "faces"})

    def find(self, evidence: Evidence, _earlier: Earlier, _report: Report) -> list[ModuleSegment]:
        return [_element(evidence, window) for window in windows(evidence.facts.duration_seconds)]


def windows(duration: float) -> list[Span]:
    """`[0, duration]` in windows of three seconds; the last one is half a second to three and a half long."""
    count = max(1, int((duration + WINDOW_SECONDS - LEAST_SECONDS) / WINDOW_SECONDS + 1e-9))
    edges = [*(n * WINDOW_SECONDS for n in range(count)), duration]
    return [Span(start, end) for start, end in pairwise(edges)]


def _element(evidence: Evidence, window: Span) -> ModuleSegment:
    """Values are null where no picture could be decoded, or none was looked at."""
    shown = [(name, share) for name, share in colours(evidence, window) if share >= LEAST_SHARE]
    measured = _measured(evidence, window)
    looked = faces(evidence, window)
    metadata = {
        "objects": [],  # nothing here tells objects apart
        "faces": max(len(each.boxes) for each in looked) if looked else None,
        "colors": [{"name": name, "hex": HEX[name], "share": round(share, 3)} for name, share in shown],
        **measured,
    }
    labels = {
        "Colors": ", ".join(name for n, (name, share) in enumerate(shown) if n == 0 or share >= NAMED_SHARE),
        "Brightness": _word(measured["brightness"], (0.25, "dark"), (0.6, "medium"), "bright"),
        "Motion": _word(measured["motion"], (0.004, "hardly any"), (0.06, "some"), "much"),
    }
    content = "; ".join(f"{label}: {words}" for label, words in labels.items() if words)
    return ModuleSegment(window.start, window.end, content, metadata)


def _measured(evidence: Evidence, window: Span) -> dict[str, Any]:
    where, looks = rows(evidence, window), evidence.looks
    if where is None or looks is None:
        return dict.fromkeys(("frame_time", "brightness", "contrast", "sharpness", "motion"))
    middle = (window.start + window.end) / 2
    nearest = where.start + int(np.argmin(np.abs(looks.times[where] - middle)))
    return {
        "frame_time": round(float(looks.times[nearest]), 3),
        "brightness": round(mean(looks.brightness, where), 3),
        "contrast": round(mean(looks.contrast, where), 3),
        "sharpness": round(mean(looks.sharpness, where), 1),
        "motion": round(mean(looks.motion, moving_rows(evidence, window) or where), 4),
    }


def _word(value: float | None, low: tuple[float, str], middle: tuple[float, str], high: str) -> str:
    if value is None:
        return ""
    return next((word for limit, word in (low, middle) if value < limit), high)
