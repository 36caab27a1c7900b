"""Names for how it looks and sounds: colours, light, the kind of sound."""

from __future__ import annotations

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.measures import colours, mean, most_common, rows, sound_share
from segments.core.evidence.model import COLOUR_NAMES, SoundKind

_SOUND_WORDS: dict[SoundKind, tuple[str, ...]] = {
    "speech": ("speech", "voice", "talking", "dialogue", "spoken"),
    "music": ("music", "song"),
    "silence": ("silence", "silent", "none", "quiet"),
    "noise": ("noise", "ambient", "background", "effects"),
    "other": ("other",),
}
_LIGHT_WORDS = (
    ("dark", "low key", "dim", "night"),
    ("medium", "normal", "neutral", "balanced"),
    ("bright", "high key", "light", "day"),
)


def main_colour(asked: Asked) -> Value | None:
    """The colour name with the largest share."""
    shares = colours(asked.evidence, asked.span)
    if not shares or shares[0][1] < 0.25:
        return None
    name, share = shares[0]
    words = ("grey", "gray") if name == "grey" else (name,)
    because = f"{name.capitalize()} covers {round(100 * share)} % of the picture."
    return Value(name, because, min(0.9, 0.45 + share / 2), {"share": round(share, 3)}, words)


def all_colours(asked: Asked) -> Value | None:
    shares = [(name, share) for name, share in colours(asked.evidence, asked.span) if share >= 0.1]
    if not shares:
        return None
    numbers = {"shares": {name: round(share, 3) for name, share in shares}}
    return Value([name for name, _ in shares], "Colours that cover at least a tenth of the picture.", 0.75, numbers)


def light(asked: Asked) -> Value | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    if where is None or looks is None:
        return None
    level = mean(looks.brightness, where)
    words = _LIGHT_WORDS[0 if level < 0.25 else 1 if level < 0.6 else 2]
    return Value(words[0], f"Mean brightness is {level:.2f} of 1.", 0.6, {"brightness": round(level, 3)}, words)


def sound_kind(asked: Asked) -> Value | None:
    if asked.evidence.sounds is None:
        return None
    shares = {kind: sound_share(asked.evidence, asked.span, kind) or 0.0 for kind in _SOUND_WORDS}
    kind = max(shares, key=lambda name: (shares[name], name))
    if shares[kind] < 0.5:
        return None
    because = f"{kind.capitalize()} for {round(100 * shares[kind])} % of the time."
    return Value(kind, because, 0.4 + 0.45 * shares[kind], {"share": round(shares[kind], 3)}, _SOUND_WORDS[kind])


def transition(asked: Asked) -> Value | None:
    """How the segment begins: by which kind of transition."""
    near = [t.kind for t in asked.evidence.transitions or () if abs((t.start + t.end) / 2 - asked.span.start) < 0.05]
    found = most_common(near)
    return Value(found[0], "The transition at its start.", 0.75, meanings=(found[0],)) if found else None


_STRING = frozenset({"string"})
_PICTURES = frozenset({"pictures"})
FILLERS = (
    Filler(
        "main_colour",
        "main colour",
        _STRING,
        _PICTURES,
        ((r"(?:dominant |main |prevailing )?colou?rs?", 1.0),),
        main_colour,
        (*COLOUR_NAMES, "gray"),
    ),
    Filler(
        "colours", "colours", frozenset({"array"}), _PICTURES, ((r"colou?rs?|palette", 1.0),), all_colours, COLOUR_NAMES
    ),
    Filler(
        "light",
        "light",
        _STRING,
        _PICTURES,
        ((r"lighting|brightness|light level|exposure|time of day", 1.0),),
        light,
        tuple(word for words in _LIGHT_WORDS for word in words),
    ),
    Filler(
        "sound_kind",
        "kind of sound",
        _STRING,
        frozenset({"sound"}),
        ((r"(?:kind|type) of (?:sound|audio)|(?:sound|audio)(?: type| kind)?|what is heard", 1.1),),
        sound_kind,
        tuple(word for words in _SOUND_WORDS.values() for word in words),
    ),
    Filler(
        "transition",
        "kind of transition",
        _STRING,
        _PICTURES,
        ((r"transitions?(?: type| kind)?|(?:kind|type) of (?:cut|transition)", 1.0),),
        transition,
        ("cut", "fade", "dissolve", "wipe"),
    ),
)
