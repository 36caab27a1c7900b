"""One plain sentence assembled from what was measured. Says nothing that was not."""

from __future__ import annotations

import numpy as np

from segments.core.engines.local.colouring import colours_in_words
from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.fillers.camera import camera_motion, shot_size
from segments.core.engines.local.fillers.shown_text import shown
from segments.core.engines.local.fillers.spoken import gist
from segments.core.engines.local.measures import colours, faces, mean, rows, sound_share

_SIZES = {
    "extreme_close_up": "An extreme close-up of a face",
    "close_up": "A close-up of a face",
    "medium": "A medium shot of a person",
    "wide": "A wide shot with a person",
    "extreme_wide": "A very wide shot with a person",
}
_CAMERA = {
    "static": "the camera is still",
    "pan": "the camera pans",
    "tilt": "the camera tilts",
    "zoom": "the camera zooms",
}


def summary(asked: Asked) -> Value | None:
    """What is said or written comes before what it looks like."""
    head = _head(asked)
    quote = _quote(asked)
    parts = [part for part in (_camera(asked), _movement(asked), None if quote else _sound(asked)) if part]
    if head is None and quote is None:
        return None
    sentence = ", ".join([head, *parts]) if head else ""
    if quote:
        sentence = f"{sentence}; {quote}" if sentence else quote[:1].upper() + quote[1:]
    return Value(f"{sentence}.", "Put together from what was measured.", 0.5, {"parts": 1 + len(parts)})


def _head(asked: Asked) -> str | None:
    seen = faces(asked.evidence, asked.span)
    people = round(float(np.median([len(face.boxes) for face in seen]))) if seen else 0
    if people > 1:
        return f"{_NUMBERS.get(people, str(people))} faces"
    size = shot_size(asked)
    return _SIZES[str(size.value)] if size else _picture(asked)


_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def _picture(asked: Asked) -> str | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    if where is None or looks is None:
        return None
    brightness, contrast = mean(looks.brightness, where), mean(looks.contrast, where)
    if contrast < 0.02:
        return f"A plain {colours(asked.evidence, asked.span)[0][0]} picture"
    light = "A dark" if brightness < 0.25 else "A bright" if brightness > 0.6 else "A"
    words = colours_in_words(asked.evidence, asked.span)
    return f"{light}{' ' if light == 'A' or words.startswith('picture') else ', '}{words}"


def _camera(asked: Asked) -> str | None:
    found = camera_motion(asked)
    return _CAMERA[str(found.value)] if found else None


def _movement(asked: Asked) -> str | None:
    where, looks = rows(asked.evidence, asked.span), asked.evidence.looks
    if where is None or looks is None:
        return None
    level = mean(looks.motion, where)
    return "much movement" if level > 0.06 else "hardly any movement" if level < 0.004 else None


def _sound(asked: Asked) -> str | None:
    for kind, words in (("speech", "somebody speaks"), ("music", "music plays"), ("silence", "no sound")):
        if (sound_share(asked.evidence, asked.span, kind) or 0.0) >= 0.5:  # type: ignore[arg-type]
            return words
    return None


def _quote(asked: Asked) -> str | None:
    said = gist(asked)
    if said is not None:
        return f'somebody says "{_short(str(said.value))}"'
    written = shown(asked)
    return f'the text reads "{_short(written[0].text)}"' if written else None


def _short(text: str) -> str:
    one_line = " ".join(text.split()).rstrip(".")
    return one_line if len(one_line) <= 120 else f"{one_line[:119].rsplit(' ', 1)[0]}…"


FILLERS = (
    Filler(
        "summary",
        "sentence from measures",
        frozenset({"string"}),
        frozenset({"pictures", "sound", "words"}),
        ((r"summary|summari[sz]e|synopsis|what happens|one sentence|short description|describe|description of", 0.9),),
        summary,
    ),
)
