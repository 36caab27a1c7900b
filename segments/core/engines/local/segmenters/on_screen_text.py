"""On-screen text: stretches in which the same readable text stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import content_words
from segments.core.engines.local.patterns import score_in
from segments.core.engines.local.segmenters.which_text import chosen, which_text
from segments.core.evidence.model import Evidence, TextSpan
from segments.core.timeline import Lookup, Span

#: Changes closer together than this are one change (lines of a title come in one after another).
_TOGETHER = 0.6
#: Text that stands for most of the time while others come and go is a mark, not a message.
_MARK_SHARE, _MARK_OTHERS = 0.6, 3
_SAME = 0.6


def find(evidence: Evidence, description: str) -> Found:
    which = which_text(description)
    marks = [] if which.roles or which.contains or which.pattern else standing_marks(evidence)
    texts = chosen([text for text in evidence.texts or () if text not in marks], which)
    found = [_candidate(span, shown) for span, shown in states(texts)]
    if which.only:
        found = found[:1] if which.only == "first" else found[-1:]
    notes = tuple(f'"{mark.text}" stands for most of the time and was left out.' for mark in marks)
    return Found(found, notes, which.said)


def standing_marks(evidence: Evidence) -> list[TextSpan]:
    """Logos, clocks and channel names: there nearly always, while at least three other texts come and go."""
    return evidence.remember("standing marks", lambda: _standing_marks(evidence))


def _standing_marks(evidence: Evidence) -> list[TextSpan]:
    texts = evidence.texts or ()
    long = [t for t in texts if t.end - t.start >= _MARK_SHARE * evidence.window.length]
    return [
        mark
        for mark in long
        if sum(t.start < mark.end and mark.start < t.end for t in texts if t not in long) >= _MARK_OTHERS
    ]


def states(texts: Sequence[TextSpan]) -> list[tuple[Span, list[TextSpan]]]:
    """Stretches with a constant set of texts; a stretch whose words mostly stay the same is continued."""
    states: list[tuple[Span, list[TextSpan]]] = []
    by_time = Lookup(texts)
    for start, end in pairwise(_changes(texts)):
        shown = [t for t in by_time.touching(start, end) if min(end, t.end) - max(start, t.start) > 0.5 * (end - start)]
        if not shown:
            continue
        if states and states[-1][0].end == start and _alike(states[-1][1], shown) >= _SAME:
            span, before = states[-1]
            states[-1] = (Span(span.start, end), [*before, *(t for t in shown if t not in before)])
        else:
            states.append((Span(start, end), shown))
    return states


def _changes(texts: Sequence[TextSpan]) -> list[float]:
    """When texts come or go; moments close together count once: the first coming, else the last going."""
    groups: list[list[tuple[float, bool]]] = []
    for moment in sorted({(t.start, True) for t in texts} | {(t.end, False) for t in texts}):
        if groups and moment[0] - groups[-1][0][0] < _TOGETHER:
            groups[-1].append(moment)
        else:
            groups.append([moment])
    return [min((t for t, comes in group if comes), default=group[-1][0]) for group in groups]


def _alike(left: Sequence[TextSpan], right: Sequence[TextSpan]) -> float:
    scores = [{score_in(text.text) for text in texts} - {""} for texts in (left, right)]
    if scores[0] and scores[1] and scores[0] != scores[1]:
        return 0.0  # "1-0" and "1-1" among the same names
    one, other = ({word for text in texts for word in content_words(text.text)} for texts in (left, right))
    if not one or not other:
        return 1.0 if {t.text for t in left} == {t.text for t in right} else 0.0
    return len(one & other) / len(one | other)


def _candidate(span: Span, shown: Sequence[TextSpan]) -> Candidate:
    span = Span(max(span.start, min(t.start for t in shown)), min(span.end, max(t.end for t in shown)))
    sure = max(text.confidence for text in shown)
    shortened = shown[0].text if len(shown[0].text) <= 60 else f"{shown[0].text[:59]}…"
    numbers = {"lines": len(shown), "reader_confidence": round(sure, 3)}
    return Candidate(
        span.start,
        span.end,
        Reason(f'The text "{shortened}" appears.', sure, numbers),
        Reason("The text goes or changes.", sure, numbers),
        sure,
    )


SEGMENTER = Segmenter(
    name="on_screen_text",
    title="on-screen text",
    description="readable text, titles, captions or slides standing on screen",
    needs=frozenset({"text"}),
    cues=(
        (r"on screen text|text on (?:the )?screen|readable text|visible text|burned in", 1.0),
        (r"ocr", 1.0),
        (r"(?:same|any|some) text|text", 0.8),
        (r"title cards?|lower thirds?|captions?|subtitles?|inter ?titles?|credits|banners?|score ?boards?", 0.9),
        (r"name ?(?:tags?|plates?)|(?:end|opening|closing|final) titles?|headlines?|tickers?", 0.9),
        (
            r"(?:price|date|score|e ?mail(?: address)?|url|web ?(?:site|address)) (?:is|are|stands?|appears?)",
            1.0,
        ),
        (r"(?:is|are|be) (?:written|readable|read)|(?:can|could) be read", 0.8),
        (r"titles?", 0.6),
        (r"signs?|writing|written|words? (?:\w+ )?(?:is|are )?(?:shown|displayed|on (?:the )?screen)", 0.7),
    ),
    find=find,
)
