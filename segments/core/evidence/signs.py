"""Evidence stage: boards and banners that the camera passes, told from writing that is put over the picture.

Such writing is read anew wherever it has moved to, often cut off by the edge of the picture and with wrong letters.
The readings of one shot are put together here: one line for as long as the same words are in the picture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from segments.core.evidence.faces import overlap
from segments.core.evidence.standing import SAME_PLACE, Box, Standing, letters, ratio, scores

#: Words out of sight for so long are still the same ones.
_OUT_OF_SIGHT = 3.0
#: Readings with a few wrong letters, or a part that is left at the edge of the picture.
_ALIKE, _LEAST_PART, _LEAST_LETTERS = 0.7, 2, 3
_EDGE = 0.008
#: What stands this long at the edge of the picture was put there.
_PUT_THERE = 3.0
#: Words that moved in so many shots are on the same boards where they stand still.
_SHOTS = 2
#: Below this, what moves is a ticker.
_TICKER = 0.85


@dataclass(slots=True)
class _Family:
    """Lines of one shot with the same letters, with few interruptions."""

    words: str
    lines: list[Standing] = field(default_factory=list)
    board: bool = False

    @property
    def end(self) -> float:
        return max(line.end for line in self.lines)


def told_apart(lines: Sequence[Standing], changes: Sequence[float]) -> list[Standing]:
    """The lines with those of boards joined and marked, and without what is left of words at the picture's edge.

    `changes` are the times at which shots begin, in order: what is joined is joined within a shot.
    """
    shots: dict[int, list[Standing]] = {}
    for line in sorted(lines, key=lambda each: each.start):
        shots.setdefault(bisect_right(changes, (line.start + line.end) / 2), []).append(line)
    families = [_families(shot) for shot in shots.values()]
    moved_in = Counter(words for shot in families for words in {each.words for each in shot if each.board})
    known = [words for words, count in moved_in.items() if count >= _SHOTS]
    return [line for shot in families for line in _put_together(shot, known) if line.sign or not _left_over(line)]


def _families(shot: Sequence[Standing]) -> list[_Family]:
    families: list[_Family] = []
    latest: dict[str, _Family] = {}
    for line in shot:
        words = letters(line.best.text)
        home = latest.get(words)
        if home is None or home.end < line.start - _OUT_OF_SIGHT:
            home = latest[words] = _Family(words)
            families.append(home)
        home.lines.append(line)
    for family in families:
        family.board = _has_moved(family)
    return families


def _has_moved(family: _Family) -> bool:
    """Between two readings the words went from one place and came to another, more to the side than up or down."""
    if len(family.words) < _LEAST_LETTERS or scores(family.lines[0].best.text):
        return False
    places: dict[float, list[Box]] = {}
    for line in family.lines:
        for reading in line.readings:
            places.setdefault(reading.time, []).append(reading.box)
    return any(_moved(places[before], places[after]) for before, after in pairwise(sorted(places)))


def _moved(before: Sequence[Box], after: Sequence[Box]) -> bool:
    gone = [box for box in before if all(overlap(box, other) < SAME_PLACE for other in after)]
    came = [box for box in after if all(overlap(box, other) < SAME_PLACE for other in before)]
    return any(
        abs(one[0] - other[0]) >= abs(one[1] - other[1]) and one[1] + one[3] / 2 < _TICKER
        for one in gone
        for other in came
    )


def _put_together(shot: Sequence[_Family], known: Sequence[str]) -> list[Standing]:
    """Boards first, the most often read ones before others; then their shreds, and words known from other shots."""
    boards: list[_Family] = []
    rest: list[Standing] = []
    for family in sorted(shot, key=lambda each: (not each.board, -sum(len(line.readings) for line in each.lines))):
        home = next((board for board in boards if _near(board, family) and _alike(board.words, family.words)), None)
        word = next((word for word in known if _alike(word, family.words)), None)
        if home is not None:
            home.lines += family.lines
        elif family.board or word is not None:
            boards.append(_Family(word or family.words, list(family.lines), True))
        else:
            rest += family.lines
    return [*(_joined(board) for board in boards), *rest]


def _near(board: _Family, family: _Family) -> bool:
    first = min(line.start for line in board.lines)
    return min(line.start for line in family.lines) <= board.end + _OUT_OF_SIGHT and family.end >= first - _OUT_OF_SIGHT


def _alike(whole: str, part: str) -> bool:
    """With a few wrong letters, or what the picture's edge has left of it; scores and numbers are never alike."""
    if part.isdigit() or min(len(whole), len(part)) < _LEAST_PART:
        return whole == part
    if part in whole:
        return True
    ends = whole[:2] == part[:2] or whole[-2:] == part[-2:]
    return ends and len(part) >= _LEAST_LETTERS and ratio(whole, part) >= _ALIKE


def _joined(board: _Family) -> Standing:
    first = min(board.lines, key=lambda line: line.start)
    readings = [reading for line in board.lines for reading in line.readings]
    return Standing(first.start, board.end, first.box, readings, sign=True)


def _left_over(line: Standing) -> bool:
    left, _, width, _ = line.best.box
    at_edge = left < _EDGE or left + width > 1 - _EDGE
    return at_edge and line.end - line.start < _PUT_THERE
