"""Person of focus: one face dominates the picture."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import fmean

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged, runs
from segments.core.evidence.model import Evidence, Face
from segments.core.timeline import Span

_SMALLEST = 0.12
_NEXT = 0.7
_GAP = 2.6
_MOSTLY, _SHORT_SHOT = 0.5, 20.0
_SHORTEST = 1.0
#: "Close-up of a face": it must be this high.
_CLOSE = re.compile(r"\bclose ?-?ups?\b|\bfills? the (?:picture|frame|screen)\b|\blarge face\b", re.IGNORECASE)
_CLOSE_HEIGHT = 0.3
_PLURAL = re.compile(r"\b(?:people|persons|faces|groups?|crowds?|two|three|several)\b", re.IGNORECASE)


def find(evidence: Evidence, description: str) -> Found:
    seen = evidence.faces or ()
    focus = not _PLURAL.search(description)
    least = _CLOSE_HEIGHT if _CLOSE.search(description) else _SMALLEST
    flags = [_dominant(face, least) if focus else bool(face.boxes) for face in seen]
    stretches = [part for shot in evidence.shots() for part in _in_shot(flags, seen, shot)]
    said = ("close-up",) if least > _SMALLEST else ()
    return Found([_candidate(span, seen, focus) for span in stretches], said=said)


def _in_shot(flags: list[bool], seen: tuple[Face, ...], shot: Span) -> list[Span]:
    """Somebody seen on most looks of a short shot is there for all of it: finders miss faces, people rarely vanish."""
    inside = [flag for flag, face in zip(flags, seen, strict=True) if shot.start <= face.time < shot.end]
    if inside and sum(inside) >= _MOSTLY * len(inside) and shot.length <= _SHORT_SHOT:
        return [shot]
    return bridged(_inside(flags, seen, shot), _GAP, min(_SHORTEST, shot.length))


def _inside(flags: list[bool], seen: tuple[Face, ...], shot: Span) -> list[Span]:
    """Runs within one shot; the first and the last sample stand for the time up to the cut next to them."""
    at = [index for index, face in enumerate(seen) if shot.start <= face.time < shot.end]
    if not at:
        return []
    times = [seen[index].time for index in at]
    step = max((b - a for a, b in pairwise(times)), default=1.0)
    if times[0] - shot.start <= step:
        times[0] = shot.start
    last = shot.end if shot.end - times[-1] <= 1.5 * step else times[-1] + step
    return runs([flags[index] for index in at], times, last)


def _dominant(face: Face, least: float = _SMALLEST) -> bool:
    """Large enough, and clearly larger than the next one."""
    heights = sorted((box[3] for box in face.boxes), reverse=True)
    return bool(heights) and heights[0] >= least and (len(heights) == 1 or heights[1] <= _NEXT * heights[0])


def _candidate(span: Span, seen: tuple[Face, ...], focus: bool) -> Candidate:
    inside = [face for face in seen if span.start <= face.time < span.end]
    share = fmean([_dominant(face) if focus else bool(face.boxes) for face in inside]) if inside else 0.0
    confidence = round(0.25 + 0.4 * share, 4)
    what = "One face dominates the picture" if focus else "Faces are visible"
    numbers = {"samples": len(inside), "share": round(share, 3)}
    return Candidate(
        span.start,
        span.end,
        Reason(f"{what} from here.", confidence, numbers),
        Reason(f"{what} up to here.", confidence, numbers),
        confidence,
    )


SEGMENTER = Segmenter(
    name="person",
    title="faces in the picture",
    description="a person, face or people in the focus of the picture",
    needs=frozenset({"pictures", "faces"}),
    cues=(
        (r"(?:person|man|woman|face|somebody|someone) (?:is )?(?:clearly )?(?:the |in )?(?:focus|foreground)", 1.3),
        (r"(?:focus|centre|center) of (?:the )?(?:picture|frame|shot|image)", 1.0),
        (r"faces?|talking heads?|portraits?", 0.9),
        (
            r"(?:person|people|someone) (?:is |are )?(?:visible|on (?:screen|camera)|in (?:the )?(?:frame|picture))",
            1.0,
        ),
        (r"^(?:an? |the |one |every )?(?:persons?|people|humans?)$", 1.0),
        (r"persons?|people", 0.35),
    ),
    find=find,
)
