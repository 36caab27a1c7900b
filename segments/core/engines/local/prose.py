"""Plain English for what was measured. Every sentence repeats a measurement, or words that are said or written."""

from __future__ import annotations

from collections.abc import Iterable

from segments.core.engines.local.measures import colours, sound_share
from segments.core.evidence.model import Evidence, SoundKind
from segments.core.timeline import Span

#: Below this share of the film a sound or a colour is left out.
LEAST_SOUND, LEAST_COLOUR = 0.1, 0.3
#: From this share on it is all of it.
THROUGHOUT = 0.95
MAX_QUOTES = 3
_HEARD: tuple[tuple[SoundKind, str], ...] = (
    ("speech", "somebody speaks"),
    ("music", "music plays"),
    ("silence", "it is silent"),
)


def colours_told(evidence: Evidence, span: Span) -> str:
    named = [name for name, share in colours(evidence, span) if share >= LEAST_COLOUR]
    return f"Its pictures are mostly {' and '.join(named)}." if named else ""


def sounds_told(evidence: Evidence, span: Span) -> str:
    if evidence.facts.audio_codec is None:
        return "It has no sound."
    shares = [(words, sound_share(evidence, span, kind) or 0.0) for kind, words in _HEARD]
    heard = [
        f"{words} {'throughout' if share >= THROUGHOUT else f'for about {share:.0%} of it'}"
        for words, share in shares
        if share >= LEAST_SOUND
    ]
    return f"By its sound, {', '.join(heard)}." if heard else ""


def quoted(words: str, texts: Iterable[str], most: int = MAX_QUOTES) -> str:
    chosen = list(dict.fromkeys(" ".join(text.split()) for text in texts))[:most]
    return f"{words}: {', '.join(f'“{short(text)}”' for text in chosen)}." if chosen else ""


def short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def prose(sentences: Iterable[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def clock(seconds: float) -> str:
    """m:ss, or h:mm:ss from an hour on."""
    whole = int(seconds + 0.5)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def stretch(start: float, end: float) -> str:
    return f"{clock(start)}–{clock(end)}"
