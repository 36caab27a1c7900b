"""What the colours of a stretch may be called: by the area they cover, and only where there is colour at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.engines.local.measures import colours, rows
from segments.core.evidence.model import COLOUR_NAMES, Evidence, Looks
from segments.core.timeline import Span

WITHOUT = ("black", "white", "grey")
#: Inserted writing may be coloured: so much of a picture in black and white, and so vividly.
_INSERTED, _VIVID = 0.15, 0.6
#: Saturation that chroma noise leaves in a picture without colour.
_NOISE = 0.02
_BLACK_AND_WHITE = 0.8
#: Shares of the picture from which one colour, or two together with at least so much each, are most of it.
_MOST, _MOST_OF_TWO, _EACH = 0.5, 0.6, 0.25
_MUCH, _COLOURFUL = 0.3, 0.5


def colourless(looks: Looks) -> NDArray[np.bool_]:
    """Per picture: nothing but greys, apart from a small coloured insertion such as a lower third."""
    greys = looks.colour[:, [COLOUR_NAMES.index(name) for name in WITHOUT]].sum(axis=1)
    coloured = 1.0 - greys
    return np.asarray((coloured <= _INSERTED) & (looks.saturation <= _NOISE + _VIVID * coloured), dtype=np.bool_)


def black_and_white(evidence: Evidence, span: Span) -> bool | None:
    """Whether most pictures of the span are without colour; None without pictures."""
    where, looks = rows(evidence, span), evidence.looks
    if where is None or looks is None:
        return None
    flags = evidence.remember("colourless", lambda: colourless(looks))
    return bool(flags[where].mean() >= _BLACK_AND_WHITE)


def colours_in_words(evidence: Evidence, span: Span) -> str:
    """As in "a … picture": "black-and-white picture", "mostly green picture", "picture with much red" …"""
    if black_and_white(evidence, span):
        return "black-and-white picture"
    shares = colours(evidence, span)
    (first, most), (second, next_most) = shares[:2]
    if most >= _MOST:
        return f"mostly {first} picture"
    if most + next_most >= _MOST_OF_TWO and next_most >= _EACH:
        return f"mostly {first} and {second} picture"
    chromatic = [(name, share) for name, share in shares if name not in WITHOUT]
    if chromatic[0][1] >= _MUCH:
        return f"picture with much {chromatic[0][0]}"
    return f"picture in {'many' if sum(share for _, share in chromatic) >= _COLOURFUL else 'muted'} colours"
