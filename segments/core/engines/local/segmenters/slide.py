"""Slides: one page of a presentation, with everything that appears on it in the course of time."""

from __future__ import annotations

from dataclasses import dataclass

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.language import plain
from segments.core.engines.local.segmenters.edges import middle
from segments.core.engines.local.segmenters.on_screen_text import standing_marks
from segments.core.evidence.model import Evidence, TextSpan
from segments.core.timeline import Span

#: Of what one page held, so much must still stand on the same page later.
_STAYS = 0.5
#: A page changes within this time around a change of the picture.
_SNAP, _LEAD = 1.2, 3.0
_SHORTEST = 1.0


@dataclass(slots=True)
class _Page:
    start: float
    end: float
    texts: list[TextSpan]


def find(evidence: Evidence, _description: str) -> Found:
    marks = standing_marks(evidence)
    pages: list[_Page] = []
    for text in sorted((t for t in evidence.texts or () if t not in marks), key=lambda t: (t.start, t.box[1])):
        at_cut = any(abs(middle(t) - text.start) <= 0.3 for t in evidence.transitions or ())
        if pages and _same_page(pages[-1], text, at_cut):
            pages[-1].texts.append(text)
            pages[-1].end = max(pages[-1].end, text.end)
        else:
            if pages:
                pages[-1].end = min(pages[-1].end, text.start)
            pages.append(_Page(text.start, text.end, [text]))
    spans = _edges(pages, evidence)
    kept = [_candidate(page, span) for page, span in zip(pages, spans, strict=True) if span.length >= _SHORTEST]
    return Found(kept)


def _same_page(page: _Page, text: TextSpan, at_cut: bool) -> bool:
    """What comes while most of the page stands is a part of it; what comes when it has gone begins a new one."""
    if text.start >= page.end - 0.3:
        return False
    standing = [t for t in page.texts if t.end > text.start + 1.0]
    heading = min(page.texts, key=lambda t: (round(t.start, 1), t.box[1]))
    weight = sum(_room(t) for t in standing) / max(1e-9, sum(_room(t) for t in page.texts))
    return weight >= _STAYS or (not at_cut and any(plain(t.text) == plain(heading.text) for t in standing))


def _room(text: TextSpan) -> float:
    return text.box[2] * text.box[3]


def _edges(pages: list[_Page], evidence: Evidence) -> list[Span]:
    """Pages begin and end where the picture changes, if it does so near: a heading may come in late."""
    cuts = [middle(t) for t in evidence.transitions or ()]
    edges = [*cuts, evidence.window.start, evidence.window.end]
    spans: list[Span] = []
    for index, page in enumerate(pages):
        before = spans[-1].end if spans else evidence.window.start
        after = pages[index + 1].start if index + 1 < len(pages) else evidence.window.end
        starts = [e for e in edges if max(before, page.start - _LEAD) - 1e-6 <= e <= page.start + _SNAP]
        start = max(before, max(starts, default=page.start))
        ends = [e for e in edges if page.end - _SNAP <= e <= min(page.end + _LEAD, after + _SNAP) and e > start]
        end = min(ends, key=lambda e: (abs(e - page.end), e)) if ends else page.end
        spans.append(Span(start, max(start, end)))
    return spans


def _candidate(page: _Page, span: Span) -> Candidate:
    heading = min(page.texts, key=lambda t: (t.box[1], t.start))
    shortened = plain(heading.text)[:60]
    numbers = {"texts": len(page.texts)}
    return Candidate(
        span.start,
        span.end,
        Reason(f'A page with "{shortened}" comes.', 0.85, numbers),
        Reason("It goes, or another page takes its place.", 0.85, numbers),
        0.85,
    )


SEGMENTER = Segmenter(
    name="slide",
    title="slides",
    description="each slide or page of a presentation",
    needs=frozenset({"text", "pictures"}),
    cues=(
        (r"^(?:(?:all|every|each|the|any|an?|one|single|same) )*slides?", 1.5),
        (r"slides?|presentation pages?|pages? of (?:the )?(?:slides|presentation)|powerpoint", 1.0),
    ),
    find=find,
)
