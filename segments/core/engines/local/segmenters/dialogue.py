"""Dialogues: people who speak and are shown in turn."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import colour_likeness, faces, sound_share
from segments.core.engines.local.segmenters.edges import NO_PICTURES, candidates
from segments.core.engines.local.segmenters.sounds import NO_SOUND
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Share of talk in each shot and in all of them, and of looks that see a face.
_TALK, _TALK_IN_ALL, _FACE = 0.25, 0.5, 0.35
#: The middle of the face, in picture widths, from which two shots show two people.
_MOVED = 0.12
#: A view that comes back is this much alike, and so much more than the one between.
_BACK, _MORE = 0.9, 0.03
_LEAST_SHOTS = 3


def find(evidence: Evidence, _description: str) -> Found:
    if evidence.transitions is None or evidence.faces is None:
        return Found([], (NO_PICTURES,))
    if not evidence.sounds:
        return Found([], (NO_SOUND,))
    return Found(candidates(dialogues(evidence), "Two people begin to talk in turn.", "They no longer do.", 0.65))


def dialogues(evidence: Evidence) -> list[Span]:
    """Runs of at least three shots with talk in which views or faces come back over one between."""
    return list(evidence.remember("dialogues", lambda: _dialogues(evidence)))


def _dialogues(evidence: Evidence) -> list[Span]:
    shots = evidence.shots()
    back = _coming_back(evidence, shots)
    returning = {n for first in back for n in (first, first + 2)}
    found: list[Span] = []
    group: list[int] = []
    for index in range(len(shots) + 1):
        if index < len(shots) and _takes_part(evidence, shots[index], index in returning):
            group.append(index)
            continue
        if len(group) >= _LEAST_SHOTS and _in_turn(evidence, shots, group, back):
            found.append(Span(shots[group[0]].start, shots[group[-1]].end))
        group = []
    return found


def _takes_part(evidence: Evidence, shot: Span, comes_back: bool) -> bool:
    return (comes_back or _face_share(evidence, shot) >= _FACE) and (
        sound_share(evidence, shot, "speech") or 0.0
    ) >= _TALK


def _in_turn(evidence: Evidence, shots: Sequence[Span], group: Sequence[int], back: set[int]) -> bool:
    whole = Span(shots[group[0]].start, shots[group[-1]].end)
    turns = sum(index in back for index in group[:-2])
    faces_seen = sum(_face_share(evidence, shots[index]) >= _FACE for index in group)
    talk = sound_share(evidence, whole, "speech") or 0.0
    return turns >= 1 and turns >= 0.5 * (len(group) - 2) and faces_seen >= 2 and talk >= _TALK_IN_ALL


def _coming_back(evidence: Evidence, shots: Sequence[Span]) -> set[int]:
    """Numbers of shots whose view, or the place of whose face, is that of the shot after the next."""
    likeness = colour_likeness(evidence)
    found = set()
    for index in range(len(shots) - 2):
        one, between, again = shots[index : index + 3]
        alike = likeness(one, again)
        views = alike >= _BACK and alike >= likeness(one, between) + _MORE
        places = [_place(evidence, shot) for shot in (one, between, again)]
        if views or _moves_and_returns(places):
            found.add(index)
    return found


def _moves_and_returns(places: Sequence[float | None]) -> bool:
    one, between, again = places
    if one is None or between is None or again is None:
        return False
    return abs(one - between) >= _MOVED and abs(one - again) < _MOVED / 2


def _face_share(evidence: Evidence, shot: Span) -> float:
    seen = faces(evidence, shot)
    return sum(bool(face.boxes) for face in seen) / len(seen) if seen else 0.0


def _place(evidence: Evidence, shot: Span) -> float | None:
    middles = sorted(face.boxes[0][0] + face.boxes[0][2] / 2 for face in faces(evidence, shot) if face.boxes)
    return middles[len(middles) // 2] if middles else None


SEGMENTER = Segmenter(
    name="dialogue",
    title="dialogues (people shown and heard in turn)",
    description="dialogue, conversation or interview between two people",
    needs=frozenset({"pictures", "faces", "sound"}),
    cues=(
        (r"(?:dialogues?|conversations?|discussions?) (?:between|of|with)|interviews?(?! segments?)", 1.1),
        (r"(?:two|both|several) (?:people|persons|speakers) (?:\w+ )?(?:talk|speak|discuss)(?:ing)?", 1.1),
        (r"(?:talk|speak|shown) in turn|shot reverse shot", 1.0),
    ),
    find=find,
)
