"""How much speaks for a new part of a programme at each change of the picture: many weak signs together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from segments.core.engines.local.language import like_a_name, stems
from segments.core.engines.local.measures import (
    bridged,
    changes_between,
    colour_likeness,
    covered_share,
    runs,
    sound_share,
    sounds_near,
    texts_near,
)
from segments.core.engines.local.segmenters.edges import middle
from segments.core.engines.local.segmenters.pictures import black
from segments.core.evidence.model import Evidence, Transition
from segments.core.timeline import Span

#: Signs and their weights, set on composed programmes.
WEIGHTS = {
    "black picture": 1.1,
    "fade": 0.8,
    "blend": 0.45,
    "title appears": 0.55,
    "new headline": 0.9,
    "the headline goes on": -1.0,
    "music starts or ends": 0.5,
    "talk begins": 0.45,
    "silence": 0.25,
    "other colours": 0.5,
    "talk goes on": -0.6,
    "the picture before comes back": -0.4,
    "cut quickly around it": -0.6,
}
_TITLE_WITHIN, _MUSIC_WITHIN = (-0.3, 2.5), 1.0
_TALKED_AROUND = 0.5
_SILENT_BEFORE, _TALKS_WITHIN = 4.0, 2.0
_HEADLINES = ("title", "lower_third")
#: How far headlines before and after are compared, and how long one stands.
_HEAD_BEFORE, _HEAD_AFTER, _STANDS = 20.0, 10.0, 1.8
#: So many transitions within so many seconds are an edit for its own sake.
_QUICK, _AROUND = 6, 6.0
_LOOK_AHEAD = 2
_ALIKE = 0.75
#: Gradual transitions mean something only where most are cuts.
_MOSTLY_CUTS = 0.4


#: Advertisements are cut this quickly, and so much more quickly than the rest.
_BREAK_CUTS_PER_MINUTE, _BREAK_FACTOR = 15.0, 1.5
_LONGEST_BREAK = 300.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the picture that may begin a new part: from `end` of the old to `start` of the new one."""

    end: float
    start: float
    signs: tuple[str, ...]

    @property
    def weight(self) -> float:
        return sum(WEIGHTS[sign] for sign in self.signs)


def turns(evidence: Evidence) -> list[Turn]:
    """All changes of the picture, in order; a black stretch is one change with room between."""
    dark = black_stretches(evidence)
    found = [Turn(s.start, s.end, _signs(evidence, s, None, dark)) for s in dark]
    for transition in evidence.transitions or ():
        at = Span(middle(transition), middle(transition))
        if not any(s.start - 0.3 <= at.start <= s.end + 0.3 for s in dark):
            found.append(Turn(at.start, at.start, _signs(evidence, at, transition, dark)))
    return sorted(found, key=lambda turn: turn.start)


def black_stretches(evidence: Evidence) -> list[Span]:
    looks = evidence.looks
    if looks is None or not len(looks.times):
        return []
    times = [float(time) for time in looks.times]
    written = [Span(t.start, t.end) for t in evidence.texts or ()]
    stretches = bridged(runs(black(looks), times, evidence.window.end), 0.2, 0.2)
    return [s for s in stretches if covered_share(written, s) < 0.2]


def _signs(evidence: Evidence, at: Span, transition: Transition | None, dark: Sequence[Span]) -> tuple[str, ...]:
    before, after = (
        _headlines(evidence, at.start - _HEAD_BEFORE, at.start + _TITLE_WITHIN[0]),
        _headlines(evidence, *_soon(at.end)),
    )
    fresh = bool(after)
    later = _headlines(evidence, at.end + _TITLE_WITHIN[0], at.end + _HEAD_AFTER)
    lasting = _much_shared(before, after) or _much_shared(before, later)
    checks = {
        "black picture": transition is None,
        "fade": transition is not None and transition.kind == "fade" and transition.end - transition.start >= 0.3,
        "blend": transition is not None and transition.kind in ("dissolve", "wipe") and _rare(evidence),
        "title appears": _title_appears(evidence, at.end),
        "new headline": fresh and not lasting,
        "the headline goes on": lasting,
        "music starts or ends": _music_changes(evidence, at),
        "talk begins": _talk_begins(evidence, at),
        "silence": _heard(evidence, "silence", at) and transition is not None,
        "other colours": transition is not None and not _looks_alike(evidence, at),
        "talk goes on": _talk_goes_on(evidence, at),
        "cut quickly around it": transition is not None and _quick(evidence, at.start),
        "the picture before comes back": transition is not None and _comes_back(evidence, at),
    }
    return tuple(name for name, holds in checks.items() if holds)


def _rare(evidence: Evidence) -> bool:
    every = evidence.transitions or ()
    return sum(t.kind != "cut" for t in every) <= _MOSTLY_CUTS * len(every)


def _quick(evidence: Evidence, time: float) -> bool:
    return len(changes_between(evidence, time - _AROUND, time + _AROUND)) >= _QUICK


def _headlines(evidence: Evidence, low: float, high: float) -> frozenset[str]:
    """Stems of the headlines that begin to stand in this time; names of people and what stands with them are none."""
    heads = [t for t in texts_near(evidence, low, high) if t.role in _HEADLINES and low <= t.start]
    named = [t.start for t in heads if t.role == "lower_third" and like_a_name(t.text.split("\n")[0])]
    wanted = [
        text.text
        for text in heads
        if text.end - text.start >= _STANDS
        and not (text.role == "lower_third" and any(abs(text.start - start) < 0.5 for start in named))
    ]
    return frozenset(stem for text in wanted for stem in stems(text) if len(stem) > 2)


def _much_shared(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= min(2, 0.4 * min(len(one), len(other)))


def _soon(time: float) -> tuple[float, float]:
    return time + _TITLE_WITHIN[0], time + _TITLE_WITHIN[1]


def _title_appears(evidence: Evidence, time: float) -> bool:
    low, high = _soon(time)
    return any(t.role == "title" and low <= t.start for t in texts_near(evidence, low, high))


def _music_changes(evidence: Evidence, at: Span) -> bool:
    low, high = at.start - _MUSIC_WITHIN, at.end + _MUSIC_WITHIN
    return any(
        s.kind == "music" and s.end - s.start >= 3.0 and any(low <= edge <= high for edge in (s.start, s.end))
        for s in sounds_near(evidence, low, high)
    )


def _heard(evidence: Evidence, kind: str, at: Span) -> bool:
    return any(s.kind == kind and s.end - s.start >= 0.4 for s in sounds_near(evidence, at.start - 0.15, at.end + 0.15))


def _talk_goes_on(evidence: Evidence, at: Span) -> bool:
    low, high = at.start - _TALKED_AROUND, at.end + _TALKED_AROUND
    return any(s.kind == "speech" and s.start <= low and high <= s.end for s in sounds_near(evidence, low, high))


def _talk_begins(evidence: Evidence, at: Span) -> bool:
    """Soon after, and nobody talked for a while before."""
    near = sounds_near(evidence, at.start - _SILENT_BEFORE, at.end + _TALKS_WITHIN)
    spoken = [s for s in near if s.kind == "speech"]
    before = any(s.start < at.start + 0.3 and s.end > at.start - _SILENT_BEFORE for s in spoken)
    after = any(at.end - 0.3 <= s.start <= at.end + _TALKS_WITHIN for s in spoken)
    return after and not before


def _looks_alike(evidence: Evidence, at: Span) -> bool:
    before, after = _around(evidence, at)
    return bool(before and after) and colour_likeness(evidence)(before[-1], after[0]) >= _ALIKE


def _comes_back(evidence: Evidence, at: Span) -> bool:
    """A shot just before looks like one soon after: two views of one thing alternate."""
    before, after = _around(evidence, at)
    likeness = colour_likeness(evidence)
    return any(likeness(old, new) >= 0.93 for old in before for new in after)


def _around(evidence: Evidence, at: Span) -> tuple[list[Span], list[Span]]:
    """The last shots before and the first after."""
    shots, starts, ends = evidence.remember("shots by time", lambda: _edges(evidence))
    before, after = bisect_right(ends, at.start + 0.05), bisect_left(starts, at.end - 0.05)
    return shots[max(0, before - _LOOK_AHEAD) : before], shots[after : after + _LOOK_AHEAD]


def _edges(evidence: Evidence) -> tuple[list[Span], list[float], list[float]]:
    shots = evidence.shots()
    return shots, [shot.start for shot in shots], [shot.end for shot in shots]


def is_break(evidence: Evidence, span: Span, every: Sequence[Span]) -> bool:
    """An inner part that is cut far more quickly than the rest, and is not talk from end to end."""
    if len(every) < 2 or span == every[0] or span == every[-1] or span.length > _LONGEST_BREAK:
        return False
    inside, length = _cuts_inside(evidence, span), max(span.length, 1e-6)
    all_inside, all_length = evidence.remember(("cuts inside", tuple(every)), lambda: _in_all(evidence, every))
    usual = (all_inside - inside) / max(1e-6, all_length - length)
    talk = sound_share(evidence, span, "speech") or 0.0
    return 60 * inside / length >= max(_BREAK_CUTS_PER_MINUTE, _BREAK_FACTOR * 60 * usual) and talk < 0.9


def _in_all(evidence: Evidence, spans: Sequence[Span]) -> tuple[int, float]:
    return sum(_cuts_inside(evidence, span) for span in spans), sum(span.length for span in spans)


def _cuts_inside(evidence: Evidence, span: Span) -> int:
    return len(changes_between(evidence, span.start + 0.1, span.end - 0.1))
