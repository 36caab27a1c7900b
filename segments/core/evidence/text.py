"""Evidence stage: from lines read on single pictures to writing that stands on screen from one time to another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from segments.core.evidence.arrays import unpack
from segments.core.evidence.faces import overlap
from segments.core.evidence.model import TextSpan
from segments.core.evidence.roles import role_of
from segments.core.timeline import Lookup, Span, clip, union

Box = tuple[float, float, float, float]
SAME_TEXT = 0.75
#: Readers err in letters of a word; where a whole word differs, another line stands there.
SAME_WORD = 0.5
SAME_PLACE = 0.3
SCORE = re.compile(r"\d+[-–]\d+")
#: An edge this close to a cut is that cut: pictures are read only every 0.4 s.
SNAP_SECONDS = 0.55
NOTHING, LIKE_READ, READ, UNSURE = 0, 1, 2, 3
#: Looks further apart than this do not vouch for each other.
LOOK_SECONDS = 1.0
#: A reading with fewer letters and digits, or standing shorter, is more often chance than writing.
LEAST_CHARACTERS = 2
LEAST_SECONDS = 0.45
#: Confidence from which a single word is believed.
SURE_ALONE = 0.85
#: How far a transition may reach beyond what was measured of it.
BLEND_SECONDS = 0.3
LEAST_UNREAD_SECONDS = 1.0
#: Lines of one piece of writing come and go within this time.
TOGETHER = 0.1


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    box: Box
    score: float


@dataclass(slots=True)
class Standing:
    """One line while it stands; `end` is the last time it was surely there."""

    start: float
    end: float
    box: Box
    readings: list[Line] = field(default_factory=list)

    @property
    def best(self) -> Line:
        """The reading that most others agree with; readers lose blanks but invent none; then the surest."""
        letters = [line.text.replace(" ", "") for line in self.readings]
        return max(
            self.readings,
            key=lambda line: (letters.count(line.text.replace(" ", "")), line.text.count(" "), line.score),
        )


def track(payloads: Sequence[bytes], window: Span, transitions: Sequence[Span] = ()) -> tuple[TextSpan, ...]:
    """Writing inside `window` in order of start. Edges are snapped to cuts, `transitions` of no length, where close.

    What is read while two pictures blend is a mixture of both: no writing begins or ends inside such a transition.
    """
    looks, reads = _timeline(payloads)
    said = {moment: [line for line in lines if _says_something(line.text)] for moment, lines in reads.items()}
    blends = [each for each in transitions if each.length > 0]
    lines = [_outside(line, blends) for line in _follow(looks, said, window.end)]
    lines = [line for line in lines if line.end > line.start]
    cuts = sorted(each.start for each in transitions if each.length == 0)
    everything = Lookup(lines)
    spans = []
    for block in _blocks(lines):
        start, end = _snapped(block[0].start, cuts), _snapped(max(line.end for line in block), cuts)
        start, end = max(start, window.start), min(end, window.end)
        if end - start >= LEAST_SECONDS:
            span = _span(block, start, end, everything)
            spans += [] if _is_chance(span) else [span]
    return tuple(sorted(spans, key=lambda span: (span.start, span.box[1], span.box[0])))


def unread(payloads: Sequence[bytes], window: Span) -> tuple[Span, ...]:
    """When writing stands that the reader cannot read, as its letters are none it knows."""
    looks, reads = _timeline(payloads)
    strange = {moment: [line for line in lines if not line.text] for moment, lines in reads.items()}
    standing = [Span(line.start, line.end) for line in _follow(looks, strange, window.end) if line.end > line.start]
    return tuple(span for span in union(clip(standing, window)) if span.length >= LEAST_UNREAD_SECONDS)


def _timeline(payloads: Sequence[bytes]) -> tuple[list[tuple[float, int]], dict[float, list[Line]]]:
    looks: list[tuple[float, int]] = []
    reads: dict[float, list[Line]] = {}
    for payload in payloads:
        values, arrays = unpack(payload)
        times, states = arrays["text_times"], arrays["text_states"]
        looks += [(float(t), int(s)) for t, s in zip(times, states, strict=True)]
        for read in values["reads"]:
            lines = [_line(each) for each in read["lines"]]
            reads[float(read["time"])] = lines
    return looks, reads


def _says_something(text: str) -> bool:
    return sum(character.isalnum() for character in text) >= LEAST_CHARACTERS


def _line(each: dict[str, Any]) -> Line:
    x, y, width, height = each["box"]
    return Line(each["text"], (x, y, width, height), each["score"])


def _follow(looks: list[tuple[float, int]], reads: dict[float, list[Line]], end: float) -> list[Standing]:
    """Walk through the looks; lines of one reading continue those of the one before when text and place agree.

    What is new in a reading already stood at the look before: that is what made it worth reading.
    """
    active: list[Standing] = []
    done: list[Standing] = []
    missing: float | None = None
    before: float | None = None
    for moment, state in looks:
        gone: list[Standing] = []
        if moment in reads:
            began = before if before is not None and moment - before < LOOK_SECONDS else moment
            active, gone = _matched(active, reads[moment], began, moment)
        elif state == NOTHING:
            active, gone = [], active
        elif state in (LIKE_READ, READ):
            for line in active:
                line.end = moment
        for line in gone:
            line.end = missing if missing is not None else moment
        done += gone
        missing = (missing if missing is not None else moment) if state == UNSURE else None
        before = moment
    for line in active:
        line.end = missing if missing is not None else end
    return done + active


def _matched(
    active: list[Standing], lines: list[Line], began: float, moment: float
) -> tuple[list[Standing], list[Standing]]:
    still: list[Standing] = []
    gone = list(active)
    for line in lines:
        same = next((old for old in gone if _same(old, line)), None)
        if same is not None:
            gone.remove(same)
        else:
            same = Standing(began, moment, line.box)
        same.readings.append(line)
        same.end, same.box = moment, line.box
        still.append(same)
    return still, gone


def _same(old: Standing, line: Line) -> bool:
    if overlap(old.box, line.box) < SAME_PLACE:
        return False
    before, after = old.readings[-1].text.casefold(), line.text.casefold()
    if _scores(before) != _scores(after):
        return False  # "1-0" and "1-1" look alike and mean something else
    if _ratio(before, after) < SAME_TEXT:
        return False
    words = before.split(), after.split()
    return len(words[0]) != len(words[1]) or all(_ratio(a, b) >= SAME_WORD for a, b in zip(*words, strict=True))


def _scores(text: str) -> list[str]:
    return SCORE.findall(text.replace(" ", "").replace("o", "0"))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _blocks(lines: list[Standing]) -> list[list[Standing]]:
    """Lines of like height below each other that come and go together are one piece of writing."""
    blocks: list[list[Standing]] = []
    growing: list[list[Standing]] = []
    for line in sorted(lines, key=lambda each: (each.start, each.end, each.box[1], each.box[0])):
        growing = [block for block in growing if line.start - block[-1].start <= TOGETHER]
        home = next((block for block in growing if _belongs(block[-1], line)), None)
        if home is not None:
            home.append(line)
        else:
            growing.append([line])
            blocks.append(growing[-1])
    return blocks


def _is_chance(span: TextSpan) -> bool:
    """One unsure word by itself: clouds, leaves and drawings give such."""
    return span.confidence < SURE_ALONE and len(span.text.split()) == 1


def _outside(line: Standing, blends: Sequence[Span]) -> Standing:
    """Begun inside a transition means shown from its end; gone inside it means shown until its start."""
    for blend in blends:
        if blend.start - BLEND_SECONDS < line.start < blend.end + BLEND_SECONDS:
            line.start = blend.end
        if blend.start - BLEND_SECONDS < line.end < blend.end + BLEND_SECONDS:
            line.end = blend.start
    return line


def _belongs(above: Standing, line: Standing) -> bool:
    if abs(above.start - line.start) > TOGETHER or abs(above.end - line.end) > TOGETHER:
        return False
    x, y, width, height = above.box
    gap = line.box[1] - (y + height)
    alike = 0.7 < line.box[3] / max(height, 1e-6) < 1.4
    aligned = line.box[0] < x + width and x < line.box[0] + line.box[2]
    return alike and aligned and -0.5 * height < gap < 2.2 * height


def _snapped(moment: float, cuts: Sequence[float]) -> float:
    place = bisect_left(cuts, moment)
    near = min(cuts[max(0, place - 1) : place + 1], key=lambda cut: abs(cut - moment), default=None)
    return near if near is not None and abs(near - moment) <= SNAP_SECONDS else moment


def _span(block: list[Standing], start: float, end: float, lines: Lookup[Standing]) -> TextSpan:
    best = [line.best for line in block]
    left, top = min(each.box[0] for each in best), min(each.box[1] for each in best)
    right = max(each.box[0] + each.box[2] for each in best)
    bottom = max(each.box[1] + each.box[3] for each in best)
    box = (round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4))
    text = "\n".join(each.text for each in best)
    near = lines.touching(start, end)
    company = [other.box for other in near if min(other.end, end) - max(other.start, start) > 0.5 * (end - start)]
    confidence = sum(each.score for each in best) / len(best)
    role = role_of(text, box, max(each.box[3] for each in best), company)
    return TextSpan(round(start, 3), round(end, 3), text, box, role, round(confidence, 3))
