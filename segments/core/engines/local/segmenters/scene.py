"""Scenes: neighbouring shots that look alike, also when two views alternate."""

from __future__ import annotations

from segments.core.engines.candidates import Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import colour_likeness, sound_share
from segments.core.engines.local.segmenters.edges import NO_PICTURES, tiled
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Shots this much alike belong together, and so does what stands between them.
ALIKE = 0.72
_LOOK_AHEAD = 3


def find(evidence: Evidence, _description: str) -> Found:
    if evidence.transitions is None or evidence.looks is None:
        return Found([], (NO_PICTURES,))
    shots = evidence.shots()
    likeness = colour_likeness(evidence)
    cuts: list[tuple[float, Reason]] = []
    reach = 0
    for index, shot in enumerate(shots[:-1]):
        ahead = {later: likeness(shot, shots[later]) for later in _after(index, len(shots))}
        reach = max([reach, *(later for later, alike in ahead.items() if alike >= ALIKE)])
        if reach <= index and not _speech_carries_over(evidence, shot.end):
            cuts.append((shot.end, _reason(ahead[index + 1])))
    return Found(tiled(evidence.window, cuts, 0.6))


def _after(index: int, total: int) -> range:
    return range(index + 1, min(index + 1 + _LOOK_AHEAD, total))


def _reason(best: float) -> Reason:
    confidence = min(0.8, 0.4 + (ALIKE - best))
    return Reason(
        "A cut to pictures whose colours differ from the shots before.", confidence, {"alike": round(best, 3)}
    )


def _speech_carries_over(evidence: Evidence, time: float) -> bool:
    """Talk that goes on over a cut holds a scene together."""
    share = sound_share(evidence, Span(max(0.0, time - 0.75), time + 0.75), "speech")
    return share is not None and share > 0.95


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
