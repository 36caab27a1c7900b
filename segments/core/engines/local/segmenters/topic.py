"""Topics: where the vocabulary of what is said and shown changes (after the idea of TextTiling)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev

from segments.core.engines.candidates import Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import cosine, rarity, stems
from segments.core.engines.local.segmenters.edges import middle, tiled
from segments.core.engines.local.segmenters.on_screen_text import standing_marks
from segments.core.evidence.model import Evidence

#: How many stems are compared on each side of a gap: a quarter of all, within these.
_SMALLEST_BLOCK, _LARGEST_BLOCK = 6, 24
_SNAP = 2.0
_NOTE = "No words were found in the picture, the subtitles or the speech, so subjects could not be told apart."


@dataclass(frozen=True, slots=True)
class _Unit:
    start: float
    end: float
    stems: tuple[str, ...]


def find(evidence: Evidence, _description: str) -> Found:
    units = _units(evidence)
    if sum(len(unit.stems) for unit in units) < 6:
        return Found([], (_NOTE,))
    shortest = max(4.0, 0.01 * evidence.window.length)
    cuts: list[tuple[float, Reason]] = []
    for index, depth in _deep_gaps(units):
        time = _snapped(units[index + 1].start, evidence)
        far = not cuts or time - cuts[-1][0] >= shortest
        if far and evidence.window.start + shortest <= time <= evidence.window.end - shortest:
            confidence = min(0.85, 0.35 + depth / 2)
            cuts.append((time, Reason("The words used before and after differ.", confidence, {"depth": depth})))
    return Found(tiled(evidence.window, cuts, 0.7))


def _units(evidence: Evidence) -> list[_Unit]:
    marks = standing_marks(evidence)
    texts = [_Unit(t.start, t.end, tuple(stems(t.text))) for t in evidence.texts or () if t not in marks]
    lines = [_Unit(w.start, w.end, tuple(stems(w.text))) for w in evidence.words or ()]
    return sorted((u for u in [*texts, *lines] if u.stems), key=lambda unit: (unit.start, unit.end, unit.stems))


def _deep_gaps(units: Sequence[_Unit]) -> list[tuple[int, float]]:
    """Gaps (after unit `index`) where likeness dips clearly below both sides, with the depth of the dip."""
    weights = rarity(unit.stems for unit in units)
    block = min(_LARGEST_BLOCK, max(_SMALLEST_BLOCK, sum(len(unit.stems) for unit in units) // 4))
    likeness = [_likeness(units, gap, weights, block) for gap in range(len(units) - 1)]
    if not likeness:
        return []
    depths = [_depth(likeness, gap) for gap in range(len(likeness))]
    enough = max(0.15, fmean(depths) - pstdev(depths) / 4)
    together = [second.start - first.start < 1.0 for first, second in pairwise(units)]
    return [
        (gap, round(depth, 4))
        for gap, depth in enumerate(depths)
        if depth >= enough and not together[gap] and likeness[gap] <= min(likeness[max(0, gap - 1) : gap + 2])
    ]


def _likeness(units: Sequence[_Unit], gap: int, weights: dict[str, float], block: int) -> float:
    left: list[str] = []
    for unit in reversed(units[: gap + 1]):
        left += unit.stems
        if len(left) >= block:
            break
    right: list[str] = []
    for unit in units[gap + 1 :]:
        right += unit.stems
        if len(right) >= block:
            break
    before, after = ({w: n * weights[w] for w, n in Counter(side).items()} for side in (left, right))
    return cosine(before, after)


def _depth(likeness: Sequence[float], gap: int) -> float:
    """How far likeness climbs to the left and to the right of a gap; the ends of a video count as alike."""
    here = likeness[gap]
    left = right = here
    for value in reversed(likeness[:gap]):
        if value < left:
            break
        left = value
    for value in likeness[gap + 1 :]:
        if value < right:
            break
        right = value
    if gap == 0:
        left = max(here, right, 0.5)
    if gap == len(likeness) - 1:
        right = max(here, left, 0.5)
    return (left - here) + (right - here)


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
