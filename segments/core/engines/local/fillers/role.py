"""The function of an editorial unit."""

from __future__ import annotations

from segments.core.engines.local.entries import Asked, Filler, Value
from segments.core.engines.local.segmenters.unit_role import unit_role


def role(asked: Asked) -> Value | None:
    found = unit_role(asked.evidence, asked.span, asked.siblings)
    return Value(found.name, found.because, found.confidence, meanings=(found.name, *found.others)) if found else None


FILLERS = (
    Filler(
        "role",
        "function of the unit",
        frozenset({"string"}),
        frozenset({"pictures", "sound", "faces", "text"}),
        ((r"(?:function|role|kind|type) of (?:the |this )?(?:unit|segment|part)|editorial (?:role|type)|role", 0.9),),
        role,
        (
            *("intro", "opening", "outro", "closing", "ad_break", "ad break", "advertisement", "commercial"),
            *("interview", "segment", "report", "story"),
        ),
    ),
)
