"""Speaker turns: speech in one voice between pauses, or as the subtitles name the speakers."""

from __future__ import annotations

import re
from dataclasses import replace

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged
from segments.core.engines.local.segmenters.sounds import NO_SOUND
from segments.core.evidence.model import Evidence, Voice, Word
from segments.core.timeline import Span

_PAUSE = 0.8
#: ANNA: or [Anna]: or Anna Berg: but not "Now:", which may be the beginning of any sentence.
_NAME = re.compile(
    r"^\s*(?:-\s*)?(?:\[([^\]]{2,40})\]|([A-Z]{2}[A-Z.' -]{0,38}|[A-Z][\w.']+(?: [A-Z][\w.']+){1,3}))\s*:"
)
_SAME_PAUSE, _SHORTEST = 1.5, 0.4
_NOBODY = "Nobody is heard speaking."
_UNHEARD = "Voices were not compared: turns are cut at pauses and where subtitles mark a new speaker."
_NOTE = "Only clearly different voices are told apart by their sound; two that are alike count as one speaker."


def speaker_name(line: Word) -> str | None:
    """The voice that WebVTT names, or the name before what is said ("ANNA: Good evening.")."""
    if line.speaker:
        return line.speaker
    match = _NAME.match(line.text)
    return (match[1] or match[2]).strip() if match else None


def find(evidence: Evidence, _description: str) -> Found:
    named = [(line, speaker_name(line)) for line in evidence.words or ()]
    if any(name for _, name in named):
        return Found(_named_turns([(line, name) for line, name in named]))
    if evidence.voices:
        return Found([_heard_turn(turn) for turn in voice_turns(evidence)], (_NOTE,))
    spoken = [Span(s.start, s.end) for s in evidence.sounds or () if s.kind == "speech"]
    spoken = spoken or [Span(line.start, line.end) for line in evidence.words or ()]
    if not spoken and not evidence.sounds:
        return Found([], (NO_SOUND,))
    if not spoken:
        return Found([], (_NOBODY,))
    turns = bridged(spoken, _PAUSE, _SHORTEST)
    return Found([_turn(turn, "Speech begins after a pause.", "A pause.", 0.45) for turn in turns], (_UNHEARD,))


def voice_turns(evidence: Evidence) -> list[Voice]:
    """Stretches of one voice, joined over short pauses in which nobody else speaks."""
    joined: list[Voice] = []
    for voice in evidence.voices or ():
        last = joined[-1] if joined else None
        if last is not None and last.number == voice.number and voice.start - last.end <= _SAME_PAUSE:
            joined[-1] = replace(last, end=voice.end, confidence=min(last.confidence, voice.confidence))
        else:
            joined.append(voice)
    return [voice for voice in joined if voice.end - voice.start >= _SHORTEST]


def _heard_turn(voice: Voice) -> Candidate:
    sure = round(0.9 * voice.confidence, 3)
    numbers = {"voice": voice.number}
    return Candidate(
        voice.start,
        voice.end,
        Reason(f"Voice {voice.number} begins to speak.", sure, numbers),
        Reason("It stops, or another voice takes over.", sure, numbers),
        sure,
    )


def _named_turns(lines: list[tuple[Word, str | None]]) -> list[Candidate]:
    turns: list[tuple[Span, str | None]] = []
    for line, name in lines:
        same = turns and (name is None or name == turns[-1][1]) and line.start - turns[-1][0].end < 3.0
        if same:
            turns[-1] = (Span(turns[-1][0].start, max(turns[-1][0].end, line.end)), turns[-1][1])
        else:
            turns.append((Span(line.start, line.end), name))
    return [_turn(span, f"Subtitles name {name or 'nobody'} here.", "The turn ends.", 0.8) for span, name in turns]


def _turn(span: Span, starts: str, ends: str, confidence: float) -> Candidate:
    return Candidate(span.start, span.end, Reason(starts, confidence), Reason(ends, confidence), confidence)


SEGMENTER = Segmenter(
    name="speaker_turn",
    title="speaker turns",
    description="the same person is speaking, until another speaker takes over",
    needs=frozenset({"sound", "words"}),
    cues=(
        (r"same (?:person|speaker|voice) (?:is )?(?:speak|talk)(?:s|ing)?", 1.3),
        (r"speaker turns?|diarization|who (?:is )?(?:speak|talk)(?:s|ing)?|(?:each|every|one) speaker", 1.2),
        (r"speakers?", 0.9),
        (r"question and answer|turns?", 0.5),
    ),
    find=find,
)
