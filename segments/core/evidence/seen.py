"""Evidence stage: what is decided over the small pictures of a whole run, and the same as bytes.

Deciding over an hour takes seconds, and nothing in a definition changes it: what is kept makes a rerun quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from segments.core.evidence import boundaries, looks
from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.coverage import unreadable
from segments.core.evidence.model import Looks, Transition
from segments.core.evidence.pictures import Pictures
from segments.core.media.facts import MediaFacts
from segments.core.timeline import Span

#: Raised whenever the same small pictures would lead to other decisions.
VERSION = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """`transitions` of all windows that the run touches, `looks` and `unreadable` inside the run's own window."""

    transitions: tuple[Transition, ...]
    looks: Looks
    unreadable: tuple[Span, ...]

    def packed(self) -> bytes:
        values = {
            "transitions": [asdict(each) for each in self.transitions],
            "unreadable": [[gap.start, gap.end] for gap in self.unreadable],
        }
        return pack(values, {field.name: getattr(self.looks, field.name) for field in fields(Looks)})

    @classmethod
    def unpacked(cls, payload: bytes) -> Seen:
        values, arrays = unpack(payload)
        return cls(
            tuple(Transition(**{**each, "vetoes": tuple(each["vetoes"])}) for each in values["transitions"]),
            Looks(**arrays),
            tuple(Span(start, end) for start, end in values["unreadable"]),
        )


def decide(payloads: Sequence[bytes], facts: MediaFacts, window: Span) -> Seen:
    """Over the `pictures` payloads of a run, in time order. Raises MediaDecodeFailed when too much is missing."""
    pictures = Pictures.of(payloads)
    lost = unreadable(pictures.times, facts, window)
    return Seen(tuple(boundaries.detect(pictures)), looks.measure(pictures, window), lost)
