"""Evidence stage: where one shot ends and the next begins, whatever kind of transition lies between."""

from __future__ import annotations

from segments.core.evidence.cuts import hard_cuts
from segments.core.evidence.fades import fades
from segments.core.evidence.gradual import gradual
from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures

#: A step this close to a fade is part of it.
BESIDE = 0.1


def detect(pictures: Pictures) -> list[Transition]:
    """All transitions in time order. Fades claim their time first, then cuts, then dissolves and wipes."""
    faded = fades(pictures)
    cuts = [
        cut for cut in hard_cuts(pictures) if not any(f.start - BESIDE <= cut.start <= f.end + BESIDE for f in faded)
    ]
    return sorted([*faded, *cuts, *gradual(pictures, [*faded, *cuts])], key=lambda each: (each.start, each.end))
