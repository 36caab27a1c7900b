"""Evidence stage: from lines read on single pictures to writing that stands on screen from one time to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from segments.core.evidence.arrays import unpack
from segments.core.evidence.edges_of_text import Changes
from segments.core.evidence.faces import covered
from segments.core.evidence.model import TextSpan
from segments.core.evidence.roles import role_of
from segments.core.evidence.signs import told_apart
from segments.core.evidence.standing import Line, Standing, letters, same_line
from segments.core.timeline import Lookup, Span, clip, union

NOTHING, LIKE_READ, READ, UNSURE = 0, 1, 2, 3
#: Looks further apart than this do not vouch for each other.
LOOK_SECONDS = 1.0
#: A reading with fewer letters and digits, or standing shorter, is more often chance than writing.
LEAST_CHARACTERS = 2
LEAST_SECONDS = 0.45
#: Confidence from which a single word is believed.
SURE_ALONE = 0.85
LEAST_UNREAD_SECONDS = 1.0
MOSTLY = 0.6
#: Lines of one piece of writing come within this time, and are seen to go within two looks.
COME_TOGETHER, GO_TOGETHER = 0.1, 0.55
#: What is read but once, for less than this, must be read more surely.
SHORT_SECONDS, SURE_SHORT = 1.5, 0.8


def track(payloads: Sequence[bytes], window: Span, transitions: Sequence[Span] = ()) -> tuple[TextSpan, ...]:
    """Writing inside `window` in order of start. Edges are snapped to cuts, `transitions` of no length, where close.

    What is read while two pictures blend is a mixture of both: no writing begins or ends inside such a transition.
    """
    looks, reads = _timeline(payloads)
    said = {moment: [line for line in lines if _says_something(line.text)] for moment, lines in reads.items()}
    changes = Changes(transitions)
    lines = _follow(looks, said, window.end)
    for line in lines:
        line.start = changes.begun(line.start)
    lines = _believed(told_apart([line for line in lines if line.end > line.start], changes.middles))
    everything = Lookup(lines)
    spans = []
    for block in _blocks(lines):
        last = max(block, key=lambda line: line.end)
        start = max(changes.start(block[0].start), window.start)
        end = min(changes.end(last.end, last.unsure), window.end)
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
            moment = float(read["time"])
            reads[moment] = [_line(each, moment) for each in read["lines"]]
    return looks, reads


def _says_something(text: str) -> bool:
    return sum(character.isalnum() for character in text) >= LEAST_CHARACTERS


def _line(each: dict[str, Any], moment: float) -> Line:
    x, y, width, height = each["box"]
    return Line(each["text"], (x, y, width, height), each["score"], moment)


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
            line.end, line.unsure = (moment, 0.0) if missing is None else (missing, moment - missing)
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
        same = next((old for old in gone if same_line(old, line)), None)
        if same is not None:
            gone.remove(same)
        else:
            same = Standing(began, moment, line.box)
        same.readings.append(line)
        same.end, same.box = moment, line.box
        still.append(same)
    return still, gone


def _blocks(lines: list[Standing]) -> list[list[Standing]]:
    """Lines of like height below each other that come and go together are one piece of writing."""
    blocks: list[list[Standing]] = []
    growing: list[list[Standing]] = []
    for line in sorted(lines, key=lambda each: (each.start, each.best.box[1], each.best.box[0])):
        growing = [block for block in growing if line.start - block[-1].start <= COME_TOGETHER]
        home = next((block for block in growing if _belongs(block[-1], line)), None)
        if home is not None:
            home.append(line)
        else:
            growing.append([line])
            blocks.append(growing[-1])
    return blocks


def _believed(lines: Sequence[Standing]) -> list[Standing]:
    """Without what was read but once, for a moment, unsurely or as a part of what stood there just before or after."""
    everything = Lookup(lines)
    return [line for line in lines if not _is_shred(line, everything)]


def _is_shred(line: Standing, everything: Lookup[Standing]) -> bool:
    if len(line.readings) > 1 or line.end - line.start > SHORT_SECONDS:
        return False
    if line.readings[0].score < SURE_SHORT:
        return True
    near = everything.touching(line.start - LOOK_SECONDS, line.end + LOOK_SECONDS)
    return any(_part_of(line, other) for other in near if other is not line)


def _part_of(line: Standing, other: Standing) -> bool:
    part, whole = letters(line.best.text), letters(other.best.text)
    return len(part) < len(whole) and part in whole and covered(line.box, other.box) >= MOSTLY


def _is_chance(span: TextSpan) -> bool:
    """One unsure word by itself: clouds, leaves and drawings give such."""
    return span.confidence < SURE_ALONE and len(span.text.split()) == 1


def _belongs(above: Standing, line: Standing) -> bool:
    if abs(above.start - line.start) > COME_TOGETHER or abs(above.end - line.end) > GO_TOGETHER:
        return False
    x, y, width, height = above.best.box
    left, top, wide, _ = line.best.box
    gap = top - (y + height)
    alike = 0.7 < line.height / max(above.height, 1e-6) < 1.4
    aligned = left < x + width and x < left + wide
    return above.sign == line.sign and alike and aligned and -0.5 * height < gap < 2.2 * height


def _share(line: Standing, start: float, end: float) -> float:
    return (min(line.end, end) - max(line.start, start)) / (end - start)


def _span(block: list[Standing], start: float, end: float, lines: Lookup[Standing]) -> TextSpan:
    best = [line.best for line in block]
    left, top = min(each.box[0] for each in best), min(each.box[1] for each in best)
    right = max(each.box[0] + each.box[2] for each in best)
    bottom = max(each.box[1] + each.box[3] for each in best)
    box = (round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4))
    text = "\n".join(each.text for each in best)
    near = lines.touching(start, end)
    confidence = sum(each.score for each in best) / len(best)
    written = [other for other in near if not other.sign and _share(other, start, end) > 0.5]
    role = role_of(text, box, max(each.box[3] for each in best), [other.box for other in written])
    role = "sign" if all(line.sign for line in block) else role
    return TextSpan(round(start, 3), round(end, 3), text, box, role, round(confidence, 3))
