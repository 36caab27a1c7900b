"""Scenes: shots of one place follow each other, also when two views alternate; what is cut quickly is one scene.

After the scene transition graph (Yeung and Yeo 1996): shots that look alike are linked, also over those between them,
and a scene ends where no link passes. Sound, titles and kinds of transition make a link at that place dearer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.candidates import Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import rows, sound_share
from segments.core.engines.local.segmenters.edges import NO_PICTURES, tiled
from segments.core.engines.local.segmenters.structure import Turn, turns
from segments.core.evidence.model import Evidence, Looks
from segments.core.timeline import Lookup, Span

#: Likeness from which neighbours are linked, and views that come back over others; set on composed programmes.
_NEXT, _BACK = 0.45, 0.6
#: What differing light, contrast and saturation take from it, and the signs of a new part; what talk over a cut adds.
_LIGHT, _SIGNS, _TALK = 0.8, 0.1, 0.2
#: Views come back over so many shots and seconds at most; dark pictures are all alike and prove nothing.
_LOOK_AHEAD, _AWAY, _DARK = 3, 10.0, 0.1
#: Shots this short on both sides of a cut are one montage.
_MONTAGE = 2.5


@dataclass(frozen=True, slots=True)
class _View:
    """Mean look of a shot: shares of colours; brightness, contrast and saturation."""

    shot: Span
    colour: NDArray[np.float64]
    light: NDArray[np.float64]


def find(evidence: Evidence, _description: str) -> Found:
    looks = evidence.looks
    if evidence.transitions is None or looks is None:
        return Found([], (NO_PICTURES,))
    views = [_view(evidence, looks, shot) for shot in evidence.shots()]
    signs = Lookup(evidence.remember("turns", lambda: turns(evidence)))
    cuts: list[tuple[float, Reason]] = []
    reach = 0
    for index, view in enumerate(views[:-1]):
        strength = _strength(evidence, view, views[index + 1], signs)
        later = [n for n in range(index + 2, index + 1 + _LOOK_AHEAD) if n < len(views) and _back(view, views[n])]
        reach = max([reach, *later, index + 1 if strength >= _NEXT else 0])
        if reach <= index:
            cuts.append((view.shot.end, _reason(strength)))
    return Found(tiled(evidence.window, cuts, 0.6))


def _view(evidence: Evidence, looks: Looks, shot: Span) -> _View:
    where = rows(evidence, shot)
    if where is None:
        return _View(shot, np.zeros(looks.colour.shape[1]), np.zeros(3))
    light = (track[where].mean(dtype=np.float64) for track in (looks.brightness, looks.contrast, looks.saturation))
    return _View(shot, looks.colour[where].mean(axis=0, dtype=np.float64), np.array(list(light)))


def _likeness(one: _View, other: _View) -> float:
    shared = float(np.minimum(one.colour, other.colour).sum())
    return shared - _LIGHT * float(np.abs(one.light - other.light).sum())


def _strength(evidence: Evidence, one: _View, other: _View, signs: Lookup[Turn]) -> float:
    """How surely two neighbours are of one scene."""
    at = one.shot.end
    near = signs.touching(at - 0.1, at + 0.1)
    if max(one.shot.length, other.shot.length) <= _MONTAGE and not any(turn.start > turn.end for turn in near):
        return 1.0
    weight = max([0.0, *(turn.weight for turn in near)])
    talk = _TALK if _speech_carries_over(evidence, at) else 0.0
    return _likeness(one, other) + talk - _SIGNS * weight


def _speech_carries_over(evidence: Evidence, time: float) -> bool:
    share = sound_share(evidence, Span(max(0.0, time - 0.75), time + 0.75), "speech")
    return share is not None and share > 0.95


def _back(one: _View, other: _View) -> bool:
    away = other.shot.start - one.shot.end
    lit = min(one.light[0], other.light[0]) > _DARK
    return away <= _AWAY and lit and _likeness(one, other) >= _BACK


def _reason(strength: float) -> Reason:
    confidence = min(0.8, 0.4 + max(0.0, _NEXT - strength))
    because = "A cut to pictures whose colours differ from the shots before, or a new part of the programme."
    return Reason(because, confidence, {"alike": round(strength, 3)})


SEGMENTER = Segmenter(
    name="scene",
    title="scenes (shots that look alike)",
    description="continuous scene in one location, place or setting",
    needs=frozenset({"pictures", "sound"}),
    cues=(
        (r"^(?:(?:all|every|each|the|any|an?|one|single) )*scenes?", 1.5),
        (r"scenes?", 1.0),
        (r"(?:one|same|single|continuous) (?:location|place|setting|room)", 0.9),
        (r"locations?|settings?", 0.6),
    ),
    find=find,
)
