"""Topics: where the vocabulary of what is said and shown changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segments.core.engines.candidates import Reason
from segments.core.engines.local.cohesion import changes
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import stems
from segments.core.engines.local.segmenters.edges import middle, tiled
from segments.core.engines.local.segmenters.on_screen_text import standing_marks
from segments.core.evidence.model import Evidence

#: More units than this are joined, as the search for the best split takes quadratic time.
_MOST_UNITS = 400
_SNAP = 2.0
_NOTE = "Too few words were found in the picture, the subtitles or the speech to tell subjects apart."


@dataclass(frozen=True, slots=True)
class _Unit:
    start: float
    stems: tuple[str, ...]


def find(evidence: Evidence, _description: str) -> Found:
    units = _joined(_units(evidence))
    if sum(len(unit.stems) for unit in units) < 6:
        return Found([], (_NOTE,))
    cuts = []
    for change in changes([unit.stems for unit in units]):
        confidence = min(0.85, 0.1 + change.clearness / 2)
        why = Reason("The words used before and after differ.", confidence, {"clearness": round(change.clearness, 2)})
        cuts.append((_snapped(units[change.index].start, evidence), why))
    return Found(tiled(evidence.window, cuts, 0.7))


def _units(evidence: Evidence) -> list[_Unit]:
    """Lines and texts that hold words, by time; what comes at the same moment is one unit."""
    marks = standing_marks(evidence)
    texts = [(t.start, tuple(stems(t.text))) for t in evidence.texts or () if t not in marks]
    lines = [(w.start, tuple(stems(w.text))) for w in evidence.words or ()]
    units: list[_Unit] = []
    for start, words in sorted(entry for entry in [*texts, *lines] if entry[1]):
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
    needs=frozenset({"pictures", "text", "words"}),
    cues=(
        (r"topics?|themes?", 1.0),
        (r"(?:one|same|single|each|every) subject|subject (?:is|changes)", 1.0),
        (r"chapters?|news (?:story|stories|items?)|agenda (?:items?|points?)|stories|story", 0.9),
        (r"subjects?|discuss(?:ed|ion|es)?|lessons?", 0.6),
    ),
    find=find,
)
