"""Yes or no: whether something measurable is there in the segment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from segments.core.engines.local.colouring import black_and_white
from segments.core.engines.local.entries import Asked, Cues, Filler, Value
from segments.core.engines.local.measures import covered_share, cuts, faces, rows, sound_share, texts
from segments.core.engines.local.patterns import score_in
from segments.core.evidence.model import SoundKind
from segments.core.timeline import Span

#: A scoreboard changes this long after the moment at most.
_SCORE_LATE = 8.0
#: Share of the segment for which it holds; None when nothing was looked at.
Share = Callable[[Asked], float | None]


@dataclass(frozen=True, slots=True)
class _Thing:
    """`enough` is the share from which the answer is yes."""

    name: str
    title: str
    needs: str
    cues: Cues
    share: Share
    enough: float = 0.3


def _sound(kind: SoundKind) -> Share:
    return lambda asked: sound_share(asked.evidence, asked.span, kind)


def _text(asked: Asked) -> float | None:
    if asked.evidence.texts is None:
        return None
    return covered_share((Span(t.start, t.end) for t in texts(asked.evidence, asked.span)), asked.span)


def _face(asked: Asked) -> float | None:
    seen = faces(asked.evidence, asked.span)
    return sum(bool(face.boxes) for face in seen) / len(seen) if seen else None


def _grey(asked: Asked) -> float | None:
    found = black_and_white(asked.evidence, asked.span)
    return None if found is None else float(found)


def _dark(asked: Asked) -> float | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    return float((looks.brightness[where] < 0.22).mean()) if looks is not None and where is not None else None


def _still(asked: Asked) -> float | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    return float((looks.motion[where] < 0.006).mean()) if looks is not None and where is not None else None


def _moving(asked: Asked) -> float | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    return float((looks.motion[where] > 0.03).mean()) if looks is not None and where is not None else None


def _scored(asked: Asked) -> float | None:
    """Whether the score that is written differs before and (soon) after; None where no score is written."""
    texts = asked.evidence.texts or ()
    scores = asked.evidence.remember("scores", lambda: [(t.start, t.end, m) for t in texts if (m := score_in(t.text))])
    before = [m for start, _, m in scores if start <= asked.span.start + 0.5]
    after = [m for start, end, m in scores if start <= asked.span.end + _SCORE_LATE and end > asked.span.start]
    if not before or not after:
        return None
    return float(after[-1] != before[-1])


def _cut(asked: Asked) -> float | None:
    found = cuts(asked.evidence, asked.span)
    return None if found is None else float(bool(found))


_THINGS = (
    _Thing(
        "speech",
        "speech",
        "sound",
        ((r"speech|speaking|speaks?|talking|talks?|voices?|dialogue?|narration|spoken", 1.0),),
        _sound("speech"),
    ),
    _Thing("music", "music", "sound", ((r"music|songs?|soundtrack", 1.0),), _sound("music")),
    _Thing("silence", "silence", "sound", ((r"silence|silent|quiet|muted", 1.0),), _sound("silence"), 0.6),
    _Thing(
        "text",
        "text on screen",
        "text",
        ((r"text|captions?|subtitles?|titles?|slides?|lower thirds?|writing|readable", 1.0),),
        _text,
        0.15,
    ),
    _Thing("face", "a face", "faces", ((r"faces?|person|people|humans?|someone|somebody|presenters?", 0.9),), _face),
    _Thing(
        "grey", "no colour", "pictures", ((r"black and white|monochrome|gr[ae]yscale|colou?rless", 1.2),), _grey, 0.5
    ),
    _Thing("dark", "a dark picture", "pictures", ((r"dark|night|dim|low light", 0.9),), _dark, 0.5),
    _Thing(
        "still",
        "a still picture",
        "pictures",
        ((r"static|still|frozen|motionless|no (?:movement|motion)", 1.0),),
        _still,
        0.7,
    ),
    _Thing("moving", "movement", "pictures", ((r"movement|motion|moving|action", 0.8),), _moving, 0.4),
    _Thing(
        "score_change",
        "a new score on the scoreboard",
        "text",
        ((r"scores?|scored|points?|goals?", 1.0),),
        _scored,
        0.5,
    ),
    _Thing("cut", "a cut", "pictures", ((r"cuts?|transitions?|edits?", 0.9),), _cut, 0.5),
)


def _filler(thing: _Thing) -> Filler:
    def fill(asked: Asked) -> Value | None:
        share = thing.share(asked)
        if share is None:
            return None
        yes = share >= thing.enough
        because = f"There is {thing.title} for {round(100 * min(1.0, share))} % of the time."
        confidence = 0.55 + 0.35 * min(1.0, abs(share - thing.enough) / max(thing.enough, 0.3))
        return Value(yes, because, confidence, {"share": round(share, 3)})

    return Filler(
        name=f"has_{thing.name}",
        title=f"whether there is {thing.title}",
        types=frozenset({"boolean"}),
        needs=frozenset({thing.needs}),
        cues=thing.cues,
        fill=fill,
    )


FILLERS = tuple(_filler(thing) for thing in _THINGS)
