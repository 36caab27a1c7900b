"""Evidence stage: which parts of a video could not be decoded."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from segments.core.errors import MediaDecodeFailed
from segments.core.media.facts import MediaFacts
from segments.core.timeline import Span, clip

#: A picture may stand still: files with a varying rate say so by sending nothing for a while.
STEADY_GAP_SECONDS = 1.5
VARYING_GAP_SECONDS = 30.0
LEAST_SHARE = 0.9


def unreadable(times: NDArray[np.float64], facts: MediaFacts, window: Span) -> tuple[Span, ...]:
    """Gaps between decoded pictures inside `window`. Raises MediaDecodeFailed when they are more than a tenth of it."""
    longest = VARYING_GAP_SECONDS if facts.variable_frame_rate else STEADY_GAP_SECONDS
    longest = max(longest, 12 / facts.frame_rate)
    edges = [0.0, *map(float, times), facts.duration_seconds]
    gaps = [Span(before, after) for before, after in pairwise(edges) if after - before > longest]
    lost = clip(gaps, window)
    covered = 1.0 - sum(gap.length for gap in lost) / max(window.length, 1e-6)
    if covered < LEAST_SHARE:
        raise MediaDecodeFailed(
            f"Only {covered:.0%} of this part of the video could be decoded; the rest is damaged. "
            "Export the video again, or choose a time range that plays."
        )
    return tuple(lost)
