"""What is the value? One entry per kind of value, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from segments.core.definition import FieldSpec
from segments.core.engines.local.entries import ANY_CHOICE, Asked, Filler, Value
from segments.core.engines.local.fillers import (
    appearance,
    camera,
    counts,
    keywords,
    moments,
    presence,
    role,
    shown_text,
    spoken,
    summary,
)
from segments.core.engines.local.language import cue_score, plain
from segments.core.engines.values import conform

#: In order of preference when two fit equally well.
FILLERS: tuple[Filler, ...] = (
    *camera.FILLERS,
    *shown_text.FILLERS,
    *keywords.FILLERS,
    *spoken.FILLERS,
    *presence.FILLERS,
    *counts.FILLERS,
    *moments.FILLERS,
    *appearance.FILLERS,
    *role.FILLERS,
    *summary.FILLERS,
)

_CLEAR = 0.6
#: A field of such a name is about meaning, whatever else its description may touch.
_MEANING = re.compile(
    r"\b(?:activit(?:y|ies)|actions?|moods?|emotions?|sentiments?|objects?|brands?|products?|clothing|gender|age|why|"
    r"intent|reasons?|opinions?|quality|weather|animals?|vehicles?|logos?|gestures?|expressions?|genre|style|"
    r"relevance|importance)\b"
)


def choose(spec: FieldSpec) -> Filler | None:
    """The filler for a field, None when nothing measured can answer it. The name speaks louder than the description."""
    named, said = plain(spec.name), plain(spec.description)
    scored = [(_score(entry, named, said), -index, entry) for index, entry in enumerate(FILLERS) if _able(entry, spec)]
    if not scored:
        return None
    best, _, filler = max(scored, key=lambda entry: entry[:2])
    about_meaning = _MEANING.search(named) is not None and filler.choices != ANY_CHOICE
    return None if best < _CLEAR or about_meaning else filler


def _score(filler: Filler, named: str, said: str) -> float:
    return cue_score(named, filler.cues) + 0.7 * cue_score(said, filler.cues)


def _able(filler: Filler, spec: FieldSpec) -> bool:
    if spec.type not in filler.types:
        return False
    if spec.type == "array" and spec.items is not None and spec.items.type != "string":
        return False
    if not spec.enum:
        return filler.choices != ANY_CHOICE
    return filler.choices == ANY_CHOICE or any(_matching(word, spec.enum) for word in filler.choices)


def _matching(word: str, choices: Sequence[str]) -> str | None:
    wanted = plain(word)
    return next((choice for choice in choices if plain(choice) == wanted), None)


def fill(filler: Filler, asked: Asked) -> Value | None:
    """The value as the field declares it: the right type, a listed choice, inside the segment; else None."""
    found = filler.fill(asked)
    if found is None:
        return None
    value = found.value
    if asked.spec.enum and asked.spec.type == "string":
        listed = (_matching(word, asked.spec.enum) for word in found.meanings)
        value = next((choice for choice in listed if choice is not None), None)
    elif asked.spec.enum and isinstance(value, list):
        value = [choice for word in value if (choice := _matching(word, asked.spec.enum)) is not None]
    kept = conform(asked.spec, value, asked.span)
    return None if kept is None else replace(found, value=kept)
