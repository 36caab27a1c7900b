"""The function of a part of a programme, where its place and shape leave little doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from segments.core.engines.local.measures import sound_share, texts
from segments.core.engines.local.segmenters.dialogue import dialogues
from segments.core.engines.local.segmenters.structure import is_break
from segments.core.evidence.model import Evidence, SoundKind
from segments.core.timeline import Span

_TALK, _MUSIC = 0.35, 0.4
#: An opening and an end need something between them.
_PARTS = 3
#: What a description may call the part that it is after.
_CALLED = (
    (r"intros?|openings?|opening (?:sequence|titles?|credits)|title sequence|beginning of the \w+", "intro"),
    (
        r"outros?|closings?|(?:closing|end) (?:sequence|credits)|sign ?off|farewell|end of the (?:show|programme)",
        "outro",
    ),
)


@dataclass(frozen=True, slots=True)
class UnitRole:
    """`name` is the role; `others` are further words for it."""

    name: str
    because: str
    confidence: float
    others: tuple[str, ...] = ()


def unit_role(evidence: Evidence, span: Span, every: Sequence[Span]) -> UnitRole | None:
    """By place, title, music, cutting and talk among all parts; None rather than a guess."""
    if _frames(evidence, span) and len(every) >= _PARTS:
        if span == every[0]:
            because = "The first part, short, with a title or music."
            return UnitRole("intro", because, 0.75, ("opening", "title"))
        if span == every[-1]:
            because = "The last part, short, with text or music."
            return UnitRole("outro", because, 0.75, ("closing", "credits", "end"))
    if is_break(evidence, span, every):
        because = "It is cut far more quickly than the rest."
        return UnitRole("ad_break", because, 0.7, ("advertisement", "commercial", "ad"))
    if sum(found.overlap(span) for found in dialogues(evidence)) >= 0.6 * span.length:
        return UnitRole("interview", "People are shown and heard in turn.", 0.65, ("conversation", "discussion"))
    if len(every) > 1 and _share(evidence, span, "speech") >= _TALK:
        return UnitRole("segment", "A part with talk.", 0.55, ("report", "story", "main", "content"))
    return None


def called(description: str) -> str:
    """The role that a plain description names; empty when all parts are meant or several roles are named."""
    named = {role for pattern, role in _CALLED if re.search(rf"\b(?:{pattern})\b", description)}
    return named.pop() if len(named) == 1 else ""


def _frames(evidence: Evidence, span: Span) -> bool:
    """Short, with music or a title, and hardly any talk."""
    short = span.length <= max(20.0, 0.15 * evidence.window.length)
    written = [t for t in texts(evidence, span) if t.role not in ("caption", "lower_third", "scoreboard")]
    titled = bool(written) or _share(evidence, span, "music") >= _MUSIC
    return short and titled and _share(evidence, span, "speech") < 0.5


def _share(evidence: Evidence, span: Span, kind: SoundKind) -> float:
    return sound_share(evidence, span, kind) or 0.0
