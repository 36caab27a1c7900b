"""General analysis on measurements: a prompt is answered with what was seen, read and heard, with times.

Which of it is told follows from the words of the prompt; what would need understanding of the picture is named instead
of guessed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from segments.core.definition import FieldSpec, SegmentDefinition
from segments.core.engines.base import Answer
from segments.core.engines.local import plan as planning
from segments.core.engines.local import schema_filling
from segments.core.engines.local.engine import LocalEngine
from segments.core.engines.local.entries import Asked
from segments.core.engines.local.fillers.camera import camera_motion
from segments.core.engines.local.language import plain
from segments.core.engines.local.measures import legible
from segments.core.engines.local.prose import clock, colours_told, count, prose, quoted, short, sounds_told, stretch
from segments.core.evidence.collect import MODULES
from segments.core.evidence.model import Evidence
from segments.core.general import GeneralRequest
from segments.core.progress import Progress, Report, silent
from segments.core.request import RunRequest
from segments.core.timeline import Segment

_NEEDS_MODEL = (
    "This prompt asks for what pictures mean, which needs a vision-language model; the answer tells what was measured."
)
_IMAGES = "Reference images were not looked at for this answer."
#: Lines of one kind in an answer; the rest is counted.
_MOST = 12
_MEANING = re.compile(
    r"\b(?:why|moods?|emotions?|feel\w*|sentiments?|objects?|brands?|products?|animals?|actions?|activit(?:y|ies)|"
    r"doing|wear\w*|cloth\w*|genre|story|opinions?|weather|vehicles?|cars?|dogs?|cats?|safe|"
    r"violen\w*|funny|creative|ad copy)\b"
)
_FIELDS = (FieldSpec("title", "string", "Short title"), FieldSpec("summary", "string", "What happens, in one sentence"))
#: What a chapter may be; the first kind of which there are several is told.
_CHAPTERS = tuple(
    SegmentDefinition("chapters", description, _FIELDS)
    for description in (
        "A stretch in which one subject is discussed or shown, until the subject changes.",
        "One slide of a presentation.",
        "A continuous scene in one location or setting.",
    )
)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What an answer can be about: the words that ask for it, the evidence it takes, and the sentences."""

    name: str
    asked: re.Pattern[str]
    needs: frozenset[str]
    tell: Callable[[Evidence], str]


def needs(request: GeneralRequest) -> frozenset[str]:
    """Names of the evidence modules (`collect.MODULES`) that an answer uses."""
    if request.schema is not None:
        return schema_filling.needs(request.schema) & MODULES.keys()
    wanted: set[str] = set()
    for topic in _topics(request.prompt):
        wanted |= topic.needs
    return frozenset(wanted & MODULES.keys())


def answer(request: GeneralRequest, evidence: Evidence, report: Report) -> Answer:
    """Deterministic. The text is prose, or the JSON of the schema; warnings say what could not be told."""
    evidence = legible(evidence)
    notes = [_IMAGES] if request.images else []
    total = evidence.window.length
    report(Progress("resolving", 0.0, total))
    if request.schema is not None:
        value, more = schema_filling.fill(request.schema, evidence, report)
        return Answer(json.dumps(value, ensure_ascii=True), (*notes, *more))
    if _MEANING.search(plain(request.prompt)):
        notes.append(_NEEDS_MODEL)
    told = [topic.tell(evidence) for topic in _topics(request.prompt)]
    report(Progress("resolving", total, total))
    return Answer("\n\n".join(text for text in told if text), tuple(notes))


def _topics(prompt: str) -> list[_Topic]:
    """Those that the prompt names; for any other prompt an overview and the chapters."""
    named = [topic for topic in TOPICS if topic.asked.search(plain(prompt))]
    return named or [topic for topic in TOPICS if topic.name in ("overview", "chapters")]


def _segments(definition: SegmentDefinition, evidence: Evidence) -> list[Segment]:
    window = evidence.window
    request = RunRequest((definition,), start=window.start, end=window.end)
    return list(LocalEngine().segment(request, evidence, silent).segments)


def _overview(evidence: Evidence) -> str:
    span = evidence.window
    part = (
        "The film"
        if span.length >= evidence.facts.duration_seconds - 1e-3
        else f"The part {stretch(span.start, span.end)}"
    )
    shots = f" and has {count(len(evidence.shots()), 'shot')}" if evidence.transitions is not None else ""
    return prose(
        [
            f"{part} lasts {clock(span.length)}{shots}.",
            colours_told(evidence, span),
            sounds_told(evidence, span),
            quoted("On the screen it reads", (text.text for text in evidence.texts or ())),
            quoted("It is said", (line.text for line in evidence.words or ())),
        ]
    )


def _written(evidence: Evidence) -> str:
    lines = [
        f"{stretch(text.start, text.end)} {text.role.replace('_', ' ')}: “{short(' '.join(text.text.split()), 160)}”"
        for text in evidence.texts or ()
    ]
    return _list("Text on the screen", lines, "No text was read on the screen.")


def _said(evidence: Evidence) -> str:
    lines = [
        f"{stretch(line.start, line.end)} {line.speaker + ': ' if line.speaker else ''}“{short(line.text, 200)}”"
        for line in evidence.words or ()
    ]
    nothing = evidence.wordless or "No words are known of this film."
    return _list("What is said", lines, nothing, most=200)


def _heard(evidence: Evidence) -> str:
    lines = [f"{stretch(each.start, each.end)} {each.kind}" for each in evidence.sounds or () if each.kind != "other"]
    return _list("Sound", lines, "The film has no sound.")


def _faces(evidence: Evidence) -> str:
    seen = [face for face in evidence.faces or () if face.boxes]
    if not seen:
        return "No faces were found. People who turn away are not found by this engine."
    most = max(len(face.boxes) for face in seen)
    spans = _runs([face.time for face in seen])
    lines = [stretch(start, end) for start, end in spans]
    return _list(f"Faces, up to {most} at once, nobody named", lines, "")


def _runs(times: list[float], gap: float = 2.0) -> list[tuple[float, float]]:
    runs: list[tuple[float, float]] = []
    for time in times:
        if runs and time - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], time)
        else:
            runs.append((time, time))
    return runs


def _cut(evidence: Evidence) -> str:
    kinds = Counter(each.kind for each in evidence.transitions or ())
    told = ", ".join(count(number, kind) for kind, number in sorted(kinds.items())) or "no transitions"
    lines = [f"{stretch(shot.start, shot.end)}" for shot in evidence.shots()]
    return _list(f"{count(len(lines), 'shot')} ({told})", lines, "", most=60)


def _camera(evidence: Evidence) -> str:
    spec = FieldSpec("camera_motion", "string", "Dominant camera movement")
    lines = []
    for shot in evidence.shots():
        found = camera_motion(Asked(spec, shot, evidence))
        if found is not None:
            lines.append(f"{stretch(shot.start, shot.end)} {found.value}")
    return _list("Camera", lines, "No camera movement could be told.")


def _look(evidence: Evidence) -> str:
    return colours_told(evidence, evidence.window) or "No colour prevails."


def _chapters(evidence: Evidence) -> str:
    kinds = (_segments(kind, evidence) for kind in _CHAPTERS)
    found = next((each for each in kinds if len(each) > 1), [])
    lines = [
        f"{stretch(each.start, each.end)} {each.fields.get('title') or each.fields.get('summary') or 'untitled'}"
        for each in found
    ]
    return _list("Chapters", lines, "No chapters could be told apart.", most=60)


def _list(title: str, lines: list[str], nothing: str, most: int = _MOST) -> str:
    if not lines:
        return nothing
    more = len(lines) - most
    shown = [f"- {line}" for line in lines[:most]]
    return "\n".join([f"{title}:", *shown, *([f"- and {more} more"] if more > 0 else [])])


def _topic(name: str, asked: str, wanted: str, tell: Callable[[Evidence], str]) -> _Topic:
    return _Topic(name, re.compile(rf"\b(?:{asked})\b"), frozenset(wanted.split()), tell)


_FOR_CHAPTERS = " ".join(sorted({need for kind in _CHAPTERS for need in planning.plan(kind).needs()}))
#: In the order in which an answer tells them.
TOPICS: tuple[_Topic, ...] = (
    _topic(
        "overview",
        r"summar\w+|overview|gist|about|describe|description|what happens|what is (?:in|this)|recap|abstract|hashtags?",
        "pictures sound text words",
        _overview,
    ),
    _topic(
        "chapters",
        r"chapters?|topics?|outline|table of contents|sections?|highlights?|timeline|scenes?",
        _FOR_CHAPTERS,
        _chapters,
    ),
    _topic(
        "text",
        r"texts?|written|writing|titles?|captions?|slides?|signs?|logos?|read|words on|on screen",
        "text pictures",
        _written,
    ),
    _topic(
        "speech",
        r"sa(?:y|ys|id)|spoken|speech|speaks?|talks?|transcri\w+|dialogues?|quotes?|mention\w*",
        "words",
        _said,
    ),
    _topic("sound", r"music|sounds?|audio|silen\w+|noises?|loud\w*|songs?", "sound", _heard),
    _topic("faces", r"people|persons?|faces?|who|man|men|women|woman|actors?|speakers?", "faces", _faces),
    _topic("cuts", r"shots?|cuts?|transitions?|dissolves?|fades?|edits?|editing", "pictures", _cut),
    _topic("camera", r"camera|pans?|tilts?|zooms?|movements?|motion", "pictures", _camera),
    _topic("colours", r"colou?rs?|palette|bright\w*|dark\w*", "pictures", _look),
)
