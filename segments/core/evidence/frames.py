"""Evidence stage: when each picture is shown, for films whose rate varies; a steady rate says it by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

#: Clocks of files count in milliseconds at the coarsest.
SAME = 1e-3


def payload(times: NDArray[np.float64] | None, window: Span) -> bytes:
    """`times` of all pictures of the film in order; None for a film with a steady rate."""
    if times is None:
        return pack({"steady": True}, {})
    first, last = np.searchsorted(times, [window.start - SAME, window.end - SAME])
    return pack({"steady": False}, {"times": times[first:last].astype("<f8")})


def decide(payloads: Sequence[bytes]) -> NDArray[np.float64] | None:
    """The times of all windows in order; None for a steady rate."""
    parts = [unpack(one) for one in payloads]
    if any(values["steady"] for values, _ in parts):
        return None
    return np.concatenate([arrays["times"] for _, arrays in parts])


def number_at(evidence: Evidence, moment: float) -> int:
    """How many pictures of a film that was looked at as a whole are shown before `moment` (seconds)."""
    if evidence.frames is None:
        return round(moment * evidence.facts.frame_rate)
    return int(np.searchsorted(evidence.frames, moment - SAME))
