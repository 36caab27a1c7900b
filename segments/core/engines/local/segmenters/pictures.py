"""Stretches by how the picture is: black, dark, still, moving, or with a moving camera."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.local.colouring import colourless
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged, runs
from segments.core.engines.local.segmenters.edges import candidates
from segments.core.evidence.model import Evidence, Looks
from segments.core.timeline import clip

Test = Callable[[Looks], NDArray[np.bool_]]


def finder(test: Test, starts: str, ends: str, gap: float, shortest: float) -> Callable[[Evidence, str], Found]:
    def find(evidence: Evidence, _description: str) -> Found:
        looks = evidence.looks
        if looks is None or not len(looks.times):
            return Found([])
        times = [float(time) for time in looks.times]
        stretches = bridged(runs(test(looks), times, evidence.window.end), gap, shortest)
        return Found(candidates(stretches, starts, ends, 0.7))

    return find


def black(looks: Looks) -> NDArray[np.bool_]:
    return (looks.brightness < 0.08) & (looks.contrast < 0.06)


def dark(looks: Looks) -> NDArray[np.bool_]:
    return looks.brightness < 0.22


def bright(looks: Looks) -> NDArray[np.bool_]:
    return looks.brightness > 0.6


def still(looks: Looks) -> NDArray[np.bool_]:
    return looks.motion < 0.006


def lively(looks: Looks) -> NDArray[np.bool_]:
    return (looks.motion > 0.01) & (looks.motion > 1.8 * float(np.median(looks.motion)))


def camera_moves(looks: Looks) -> NDArray[np.bool_]:
    return (np.hypot(looks.pan, looks.tilt) > 0.05) | (np.abs(looks.zoom) > 0.05)


def monochrome(looks: Looks) -> NDArray[np.bool_]:
    return colourless(looks) & ~black(looks)


def _pans(looks: Looks) -> NDArray[np.bool_]:
    return (np.abs(looks.pan) > 0.04) & (np.abs(looks.pan) >= np.abs(looks.tilt))


def _tilts(looks: Looks) -> NDArray[np.bool_]:
    return (np.abs(looks.tilt) > 0.04) & (np.abs(looks.tilt) > np.abs(looks.pan))


def _zooms(looks: Looks) -> NDArray[np.bool_]:
    return (np.abs(looks.zoom) > 0.04) & (np.hypot(looks.pan, looks.tilt) < 0.08)


_CAMERA_KINDS: tuple[tuple[str, str, Test], ...] = (
    (r"\bpan(?:s|ning)?\b", "pan", _pans),
    (r"\btilt(?:s|ing)?\b", "tilt", _tilts),
    (r"\bzoom(?:s|ing)?\b", "zoom", _zooms),
)


def find_camera(evidence: Evidence, description: str) -> Found:
    """The movement that the description names, else any; a movement ends at a cut."""
    named = [(kind, test) for pattern, kind, test in _CAMERA_KINDS if re.search(pattern, description.lower())]
    kind, test = named[0] if len(named) == 1 else ("", camera_moves)
    looks = evidence.looks
    if looks is None or not len(looks.times):
        return Found([])
    times = [float(time) for time in looks.times]
    moving = runs(test(looks), times, evidence.window.end)
    steady = [part for shot in evidence.shots() for part in bridged(clip(moving, shot), 0.8, 0.8)]
    found = candidates(steady, "The camera begins to move.", "The camera comes to rest, or a cut.", 0.6)
    return Found(found, said=(f"only {kind}",) if kind else ())


_PICTURES = frozenset({"pictures"})
GREY = Segmenter(
    "monochrome",
    "pictures without colour",
    "the picture has no colour, black and white, monochrome",
    _PICTURES,
    ((r"black and white|monochrome|gr[ae]yscale|colou?rless|without colou?rs?|sepia", 1.2),),
    finder(monochrome, "The colour goes.", "The colour comes back.", 1.0, 1.0),
)
BLACK = Segmenter(
    "black",
    "black picture",
    "the picture is black, blank screen",
    _PICTURES,
    (
        (
            r"black (?:frames?|screens?|pictures?)|blank screen|fades? to black|(?:screen|picture) (?:is|goes) black",
            1.1,
        ),
    ),
    finder(black, "The picture turns black.", "The picture is no longer black.", 0.1, 0.1),
)
DARK = Segmenter(
    "dark",
    "dark pictures",
    "the picture is dark, night",
    _PICTURES,
    ((r"dark|dim|night ?time|at night", 0.7),),
    finder(dark, "The picture gets dark.", "The picture gets brighter.", 1.0, 1.0),
)
BRIGHT = Segmenter(
    "bright",
    "bright pictures",
    "the picture is bright, light",
    _PICTURES,
    ((r"bright|brightly lit", 0.7),),
    finder(bright, "The picture gets bright.", "The picture gets darker.", 1.0, 1.0),
)
STILL = Segmenter(
    "still",
    "still pictures",
    "nothing moves, still or frozen picture, no movement",
    _PICTURES,
    (
        (r"no (?:movement|motion)|nothing moves|freeze frames?|frozen|motionless|still (?:picture|image|frame)s?", 1.0),
        (r"static|still", 0.6),
    ),
    finder(still, "The picture comes to rest.", "The picture moves again.", 0.5, 1.0),
)
MOTION = Segmenter(
    "motion",
    "strong movement in the picture",
    "strong movement, motion and activity in the picture",
    _PICTURES,
    (
        (r"(?:fast|strong|much|lots of|rapid|a lot of) (?:movement|motion|action|activity)", 1.0),
        (r"movement|motion|moving", 0.6),
    ),
    finder(lively, "Strong movement begins.", "The movement calms down.", 1.5, 1.0),
)
CAMERA = Segmenter(
    "camera_movement",
    "camera movement",
    "the camera moves, pans, tilts or zooms",
    _PICTURES,
    (
        (
            r"camera (?:is )?(?:mov(?:es?|ing|ement)|motion|tilts?|tilting)|pans?|panning|zooms?|zooming|tilts",
            1.0,
        ),
    ),
    find_camera,
)
