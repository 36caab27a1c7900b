"""Editorial units: parts of a programme, and the advertisement breaks among them."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import plain
from segments.core.engines.local.segmenters.edges import NO_PICTURES, WINDOW_EDGE
from segments.core.engines.local.segmenters.structure import Turn, is_break, turns
from segments.core.engines.local.segmenters.unit_role import called, unit_role
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Weight of signs from which a new part begins, and the shortest part.
_ENOUGH, _SHORTEST = 0.9, 4.0
#: That nothing divides a film is no proof that it is one part.
_UNDIVIDED = 0.5


def find(evidence: Evidence, description: str) -> Found:
    """All parts, or those of the one role that the description names."""
    if evidence.transitions is None:
        return Found([], (NO_PICTURES,))
    parts, role = units(evidence), called(plain(description))
    if not role:
        return Found(parts)
    every = [part.span for part in parts]
    fitting = [part for part in parts if (found := unit_role(evidence, part.span, every)) and found.name == role]
    return Found(fitting, said=(f"only {role}",))


def units(evidence: Evidence) -> list[Candidate]:
    """Parts between the turns that carry enough signs; black pictures between two parts belong to neither."""
    kept: list[Turn] = []
    for turn in turns(evidence):
        if turn.weight < _ENOUGH or not _inner(turn, evidence.window):
            continue
        if kept and turn.end - kept[-1].start < _SHORTEST:
            if turn.weight > kept[-1].weight:
                kept[-1] = turn
            continue
        kept.append(turn)
    sure = 0.85 if kept else _UNDIVIDED
    edges = [(evidence.window.start, WINDOW_EDGE), *((turn.start, _reason(turn)) for turn in kept)]
    ends = [*((turn.end, _reason(turn)) for turn in kept), (evidence.window.end, WINDOW_EDGE)]
    return [
        Candidate(start, end, why, reason, min(sure, why.confidence, reason.confidence))
        for (start, why), (end, reason) in zip(edges, ends, strict=True)
        if end > start
    ]


def _inner(turn: Turn, window: Span) -> bool:
    return window.start + 1.0 < turn.end and turn.start < window.end - 1.0


def _reason(turn: Turn) -> Reason:
    sure = round(min(0.85, 0.3 + 0.3 * turn.weight), 3)
    return Reason(f"A new part begins: {', '.join(turn.signs)}.", sure, {"weight": round(turn.weight, 2)})


def find_breaks(evidence: Evidence, _description: str) -> Found:
    if evidence.transitions is None:
        return Found([], (NO_PICTURES,))
    parts = units(evidence)
    quick = [part for part in parts if is_break(evidence, part.span, [p.span for p in parts])]
    return Found(_joined(quick))


def _joined(parts: Sequence[Candidate]) -> list[Candidate]:
    """Adverts are parted by black too: those that follow each other closely are one break."""
    joined: list[Candidate] = []
    for part in parts:
        if joined and part.start - joined[-1].end <= 2.0:
            last = joined[-1]
            joined[-1] = Candidate(
                last.start, part.end, last.start_reason, part.end_reason, min(last.confidence, part.confidence)
            )
        else:
            joined.append(part)
    return joined


_NEEDS = frozenset({"pictures", "sound", "text", "faces"})
SEGMENTER = Segmenter(
    name="editorial",
    title="parts of the programme",
    description="editorial units of a programme: intro, interview, outro",
    needs=_NEEDS,
    cues=(
        (r"editorial(?: units?| segments?)?", 1.1),
        (r"(?:units?|parts?) of the (?:programme|program|show|broadcast)|programme segments?", 0.9),
        (r"between (?:two )?(?:fades|black (?:frames|pictures|screens))", 0.9),
        (r"intros?|outros?|bumpers?|title sequence|(?:opening|closing) sequence", 0.8),
        (
            r"(?:opening|beginning|closing|end) of (?:the|a|an) (?:programme|program|show|broadcast|episode|bulletin)",
            1.0,
        ),
    ),
    find=find,
)
AD_BREAK = Segmenter(
    name="ad_break",
    title="advertisement breaks (quickly cut parts)",
    description="advertisement break, commercials, adverts",
    needs=_NEEDS,
    cues=(
        (r"(?:ad|ads|advert|advertising|advertisement|commercial) (?:breaks?|blocks?|spots?)", 1.3),
        (r"commercials?|advertisements?|advertising|adverts?|sponsor(?:ed)? (?:breaks?|messages?)", 1.2),
    ),
    find=find_breaks,
)
