"""Evidence stage: one line of writing over several readings, and whether two readings are of one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from statistics import median

from segments.core.evidence.faces import overlap

Box = tuple[float, float, float, float]
SAME_TEXT = 0.75
#: Readers err in letters of a word; where a whole word differs, another line stands there.
SAME_WORD = 0.5
SAME_PLACE = 0.3
SCORE = re.compile(r"\d+[-–]\d+")
_BULLET = re.compile(r"^[^\w]+ ?")


@dataclass(frozen=True, slots=True)
class Line:
    """As read once, at `time`."""

    text: str
    box: Box
    score: float
    time: float


@dataclass(slots=True)
class Standing:
    """One line while it stands; `end` is the last time it was surely there, `unsure` for how long it may have been.

    `sign` for writing on a thing that the camera passes, rather than put over the picture.
    """

    start: float
    end: float
    box: Box
    readings: list[Line] = field(default_factory=list)
    sign: bool = False
    unsure: float = 0.0

    @property
    def best(self) -> Line:
        """The reading that most others agree with; readers lose blanks but invent none; then the surest."""
        letters = [line.text.replace(" ", "") for line in self.readings]
        return max(
            self.readings,
            key=lambda line: (letters.count(line.text.replace(" ", "")), line.text.count(" "), line.score),
        )

    @property
    def height(self) -> float:
        """Of the middle reading, as a share of the picture's."""
        return median(reading.box[3] for reading in self.readings)


def same_line(old: Standing, line: Line) -> bool:
    """Whether a reading continues a line: the same place and, but for a few letters, the same words."""
    if overlap(old.box, line.box) < SAME_PLACE:
        return False
    before, after = (_BULLET.sub("", text.casefold()) for text in (old.readings[-1].text, line.text))
    if scores(before) != scores(after):
        return False  # "1-0" and "1-1" look alike and mean something else
    if ratio(before, after) < SAME_TEXT:
        return False
    words = before.split(), after.split()
    return len(words[0]) != len(words[1]) or all(ratio(a, b) >= SAME_WORD for a, b in zip(*words, strict=True))


def scores(text: str) -> list[str]:
    return SCORE.findall(text.replace(" ", "").replace("o", "0"))


def letters(text: str) -> str:
    """Letters and digits alone, in lower case: what two readings of one line share."""
    return "".join(character for character in text.casefold() if character.isalnum())


def ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
