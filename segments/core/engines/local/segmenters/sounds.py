"""Speech, music and silence: stretches of one kind of sound."""

from __future__ import annotations

from collections.abc import Callable

from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.local.entries import Found, Segmenter
from segments.core.engines.local.measures import bridged
from segments.core.evidence.model import Evidence, SoundKind
from segments.core.timeline import Span

NO_SOUND = "The video has no sound that could be listened to."


def finder(kind: SoundKind, gap: float, shortest: float) -> Callable[[Evidence, str], Found]:
    """Joins spans of `kind` over gaps up to `gap` seconds and leaves out what is shorter than `shortest`."""

    def find(evidence: Evidence, _description: str) -> Found:
        if not evidence.sounds:
            return Found([], (NO_SOUND,))
        parts = [s for s in evidence.sounds if s.kind == kind]
        stretches = bridged((Span(s.start, s.end) for s in parts), gap, shortest)
        return Found([_candidate(span, kind, evidence) for span in stretches])

    return find


def _candidate(span: Span, kind: SoundKind, evidence: Evidence) -> Candidate:
    inside = [s for s in evidence.sounds or () if s.kind == kind and Span(s.start, s.end).overlap(span) > 0]
    time = sum(s.end - s.start for s in inside)
    sure = sum(s.confidence * (s.end - s.start) for s in inside) / time
    word = kind.capitalize()
    return Candidate(
        span.start, span.end, Reason(f"{word} begins.", sure), Reason(f"{word} ends.", sure), round(sure, 4)
    )


SPEECH = Segmenter(
    name="speech",
    title="speech",
    description="somebody speaks, talks, narrates; voice, dialogue, conversation",
    needs=frozenset({"sound"}),
    cues=(
        (r"speech|narration|dialogue?|conversations?|voice ?overs?|spoken", 0.9),
        (
            r"(?:some(?:one|body)|anyone|person|people|man|woman|host) (?:is |are )?(?:speak|talk)(?:s|ing)?",
            0.95,
        ),
        (r"speaks?|speaking|talks?|talking|voices?", 0.7),
    ),
    find=finder("speech", gap=1.0, shortest=0.4),
)
MUSIC = Segmenter(
    name="music",
    title="music",
    description="music, song or melody plays",
    needs=frozenset({"sound"}),
    cues=((r"music|songs?|melody|soundtrack|jingles?", 0.9), (r"singing|instruments?", 0.6)),
    find=finder("music", gap=2.0, shortest=1.0),
)
SILENCE = Segmenter(
    name="silence",
    title="silence",
    description="silence, quiet, nothing to hear, no sound",
    needs=frozenset({"sound"}),
    cues=(
        (r"silence|silent|(?:no|without)(?: any)? sound|nothing is heard|mute", 0.95),
        (r"quiet", 0.6),
        (r"pauses?", 0.8),
    ),
    find=finder("silence", gap=0.3, shortest=0.4),
)
NOISE = Segmenter(
    name="noise",
    title="noise",
    description="noise, hiss, hum, background sound that is neither speech nor music",
    needs=frozenset({"sound"}),
    cues=((r"noises?|hiss(?:ing)?|hum(?:ming)?|static noise|background sounds?|ambien(?:t|ce)(?: sounds?)?", 0.9),),
    find=finder("noise", gap=1.0, shortest=1.0),
)
