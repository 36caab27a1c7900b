"""Topics: where the vocabulary of what is said and shown changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.cohesion import changes
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import stems
from segments.core.engines.local.measures import covered_share, texts
from segments.core.engines.local.segmenters import editorial
from segments.core.engines.local.segmenters.edges import middle, tiled
from segments.core.engines.local.segmenters.on_screen_text import standing_marks
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: More units than this are joined, as the search for the best split takes quadratic time.
_MOST_UNITS = 400
_SNAP = 2.0
#: Share of the time with pages of text from which the vocabulary is worth counting.
_MOSTLY_PAGES = 0.6
_NOTE = "Too few words were found in the picture, the subtitles or the speech to tell subjects apart."


@dataclass(frozen=True, slots=True)
class _Unit:
    start: float
    stems: tuple[str, ...]


def find(evidence: Evidence, _description: str) -> Found:
    units = _joined(_units(evidence))
    if sum(len(unit.stems) for unit in units) < 6:
        return Found([], (_NOTE,))
    if _sparse(evidence):
        return Found(_joined_by_words(evidence, editorial.units(evidence)))
    cuts = []
    for change in changes([unit.stems for unit in units]):
        confidence = min(0.85, 0.1 + change.clearness / 2)
        why = Reason("The words used before and after differ.", confidence, {"clearness": round(change.clearness, 2)})
        cuts.append((_snapped(units[change.index].start, evidence), why))
    return Found(tiled(evidence.window, cuts, 0.7))


def _sparse(evidence: Evidence) -> bool:
    """A programme whose few words are titles and names: its shape says more than its vocabulary."""
    if evidence.words or not evidence.transitions:
        return False
    read = [Span(t.start, t.end) for t in evidence.texts or () if t.role in ("slide", "other") or "\n" in t.text]
    return covered_share(read, evidence.window) < _MOSTLY_PAGES


def _joined_by_words(evidence: Evidence, parts: Sequence[Candidate]) -> list[Candidate]:
    """Neighbours that show the same words are one subject."""
    joined: list[Candidate] = []
    for part in parts:
        if joined and _share_words(evidence, joined[-1].span, part.span):
            last = joined[-1]
            sure = min(last.confidence, part.confidence)
            joined[-1] = Candidate(last.start, part.end, last.start_reason, part.end_reason, sure)
        else:
            joined.append(part)
    return joined


def _share_words(evidence: Evidence, left: Span, right: Span) -> bool:
    marks = standing_marks(evidence)
    one, other = (
        {stem for t in texts(evidence, span) if t not in marks for stem in stems(t.text)} for span in (left, right)
    )
    return bool(one and other) and len(one & other) >= max(2, 0.5 * min(len(one), len(other)))


def _units(evidence: Evidence) -> list[_Unit]:
    """Lines and texts that hold words, by time; what comes at the same moment is one unit."""
    marks = standing_marks(evidence)
    shown = [(t.start, tuple(stems(t.text))) for t in evidence.texts or () if t not in marks]
    lines = [(w.start, tuple(stems(w.text))) for w in evidence.words or ()]
    units: list[_Unit] = []
    for start, words in sorted(entry for entry in [*shown, *lines] if entry[1]):
        if units and start - units[-1].start < 1.0:
            units[-1] = _Unit(units[-1].start, units[-1].stems + words)
        else:
            units.append(_Unit(start, words))
    return units


def _joined(units: Sequence[_Unit]) -> list[_Unit]:
    size = -(-len(units) // _MOST_UNITS)
    if size <= 1:
        return list(units)
    groups = [units[first : first + size] for first in range(0, len(units), size)]
    return [_Unit(group[0].start, tuple(word for unit in group for word in unit.stems)) for group in groups]


def _snapped(time: float, evidence: Evidence) -> float:
    """The nearest cut within two seconds, as subjects mostly change with the picture."""
    near = [middle(t) for t in evidence.transitions or () if abs(middle(t) - time) <= _SNAP]
    return min(near, key=lambda cut: (abs(cut - time), cut), default=time)


SEGMENTER = Segmenter(
    name="topic",
    title="topics (changes of vocabulary)",
    description="one subject, theme, story or chapter is discussed, until the subject changes",
    needs=frozenset({"pictures", "text", "words", "sound"}),
    cues=(
        (r"topics?|themes?", 1.0),
        (r"(?:one|same|single|each|every) subject|subject (?:is|changes)", 1.0),
        (r"chapters?|news (?:story|stories|items?)|agenda (?:items?|points?)|stories|story", 0.9),
        (r"(?:everything|anything|all|parts?) (?:about|concerning|dealing with)", 1.0),
        (r"(?:reports?|stor(?:y|ies)|sections?|articles?|items?) (?:about|on|concerning|dealing with)", 1.0),
        (r"subjects?|discuss(?:ed|ion|es)?|lessons?", 0.6),
    ),
    find=find,
)
