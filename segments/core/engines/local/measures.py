"""Reads evidence inside one stretch of time. Everything returns None where nothing was looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.model import COLOUR_NAMES, Evidence, Face, SoundKind, SoundSpan, TextSpan, Word
from segments.core.timeline import Lookup, Span, union


def rows(evidence: Evidence, span: Span) -> slice | None:
    """Rows of `looks` inside the span; None without pictures there."""
    if evidence.looks is None:
        return None
    first, last = np.searchsorted(evidence.looks.times, [span.start - 1e-6, span.end - 1e-6])
    return slice(int(first), int(last)) if last > first else None


def moving_rows(evidence: Evidence, span: Span) -> slice | None:
    """Like `rows` without the first picture, whose movement is measured against the picture before the span."""
    found = rows(evidence, span)
    return slice(found.start + 1, found.stop) if found and found.stop - found.start > 2 else None


def mean(values: NDArray[np.float32], where: slice) -> float:
    return float(np.mean(values[where], dtype=np.float64))


def colours(evidence: Evidence, span: Span) -> list[tuple[str, float]]:
    """Colour names with their share of the picture, largest first."""
    return list(evidence.remember(("colours", span), lambda: _colours(evidence, span)))


def _colours(evidence: Evidence, span: Span) -> list[tuple[str, float]]:
    where = rows(evidence, span)
    if where is None or evidence.looks is None:
        return []
    shares = evidence.looks.colour[where].mean(axis=0, dtype=np.float64)
    order = sorted(range(len(COLOUR_NAMES)), key=lambda i: (-shares[i], i))
    return [(COLOUR_NAMES[i], float(shares[i])) for i in order]


def colour_likeness(evidence: Evidence) -> Callable[[Span, Span], float]:
    """How alike two stretches look, 0-1: shared area of their mean colours."""

    def likeness(left: Span, right: Span) -> float:
        one, other = dict(colours(evidence, left)), dict(colours(evidence, right))
        return sum(min(share, other.get(name, 0.0)) for name, share in one.items())

    return likeness


def faces(evidence: Evidence, span: Span) -> list[Face]:
    """Looks for faces inside the span, also those that found none."""
    seen = evidence.faces or ()
    first, last = (bisect_left(seen, time, key=lambda face: face.time) for time in (span.start, span.end))
    return list(seen[first:last])


#: A reader this unsure guesses; digits alone need more, as texture reads like digits.
_GUESSED, _SURE_DIGITS = 0.6, 0.85


def legible(evidence: Evidence) -> Evidence:
    """Without what readers see in clouds, windows and crowds: lone characters, unsure digits, rows of one sign."""
    if evidence.texts is None:
        return evidence
    return replace(evidence, texts=tuple(text for text in evidence.texts if _legible(text)))


def _legible(text: TextSpan) -> bool:
    signs = [sign for sign in text.text.lower() if sign.isalnum()]
    if text.confidence < _GUESSED or (len(signs) >= 4 and len(set(signs)) <= 2):
        return False
    if len(signs) >= 2:
        return any(sign.isalpha() for sign in signs) or text.confidence >= _SURE_DIGITS
    return len(signs) == 1 and text.confidence >= 0.95 and text.end - text.start >= 3.0


def texts(evidence: Evidence, span: Span) -> list[TextSpan]:
    """Texts that stand for at least half of their own time, or of the span's, inside the span."""
    return [text for text in texts_near(evidence, span.start, span.end) if _belongs(text, span)]


def texts_near(evidence: Evidence, low: float, high: float) -> list[TextSpan]:
    """Texts that stand at any time from `low` to `high`."""
    return evidence.remember("texts by time", lambda: Lookup(evidence.texts or ())).touching(low, high)


def sounds_near(evidence: Evidence, low: float, high: float) -> list[SoundSpan]:
    """Sounds of any kind heard from `low` to `high`."""
    return evidence.remember("sounds by time", lambda: Lookup(evidence.sounds or ())).touching(low, high)


def words(evidence: Evidence, span: Span) -> list[Word]:
    """Spoken lines whose middle lies inside the span."""
    near = evidence.remember("words by time", lambda: Lookup(evidence.words or ())).touching(span.start, span.end)
    return [word for word in near if span.start <= (word.start + word.end) / 2 < span.end]


def _belongs(inner: TextSpan, span: Span) -> bool:
    shared = min(inner.end, span.end) - max(inner.start, span.start)
    return shared > 0 and shared >= 0.5 * min(inner.end - inner.start, span.length)


def sound_share(evidence: Evidence, span: Span, kind: SoundKind) -> float | None:
    """Share of the span's time that sounds like `kind`; None also for a video without sound: nothing is heard of it."""
    if not evidence.sounds or span.length <= 0:
        return None
    near = sounds_near(evidence, span.start, span.end)
    shared = (min(s.end, span.end) - max(s.start, span.start) for s in near if s.kind == kind)
    return sum(part for part in shared if part > 0) / span.length


def covered_share(spans: Iterable[Span], span: Span) -> float:
    return sum(part.overlap(span) for part in union(spans)) / span.length if span.length > 0 else 0.0


def loudness(evidence: Evidence, span: Span) -> NDArray[np.float32] | None:
    """LUFS per step inside the span; None without sound."""
    if evidence.loudness is None:
        return None
    levels, step = evidence.loudness
    first = max(0, int((span.start - evidence.window.start) / step + 0.5))
    last = max(first + 1, int((span.end - evidence.window.start) / step + 0.5))
    part = levels[first:last]
    return part if len(part) else None


def cuts(evidence: Evidence, span: Span) -> list[float] | None:
    """Times of the transitions strictly inside the span."""
    if evidence.transitions is None:
        return None
    return changes_between(evidence, span.start + 1e-3, span.end - 1e-3)


def changes_between(evidence: Evidence, low: float, high: float) -> list[float]:
    """Times of the transitions, the middle of gradual ones, between two times and at neither."""
    every = evidence.remember(
        "times of changes", lambda: sorted((t.start + t.end) / 2 for t in evidence.transitions or ())
    )
    return every[bisect_right(every, low) : bisect_left(every, high)]


def runs(flags: Sequence[bool] | NDArray[np.bool_], times: Sequence[float], last: float) -> list[Span]:
    """Stretches over which a sampled flag holds; each sample holds until the next one."""
    found: list[Span] = []
    ends = [*times[1:], last]
    for flag, start, end in zip(flags, times, ends, strict=True):
        if flag and end > start:
            found.append(Span(start, end))
    return union(found)


def bridged(spans: Iterable[Span], gap: float, shortest: float) -> list[Span]:
    """Joined over gaps up to `gap` seconds; what is then shorter than `shortest` is left out."""
    joined: list[Span] = []
    for span in union(spans):
        if joined and span.start - joined[-1].end <= gap:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return [span for span in joined if span.length >= shortest]


def most_common(values: Iterable[str]) -> tuple[str, float] | None:
    """The most frequent value and its share; the earlier one on a tie."""
    counts = Counter(values)
    if not counts:
        return None
    value, n = counts.most_common(1)[0]
    return value, n / counts.total()
