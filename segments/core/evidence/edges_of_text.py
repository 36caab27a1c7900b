"""Evidence stage: writing comes and goes with the picture, though it is looked at only every 0.4 s."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from segments.core.timeline import Lookup, Span

#: An edge this close to a cut is that cut.
SNAP_SECONDS = 0.55
#: How far a transition may reach beyond what was measured of it.
BLEND_SECONDS = 0.6
#: Writing that was out of sight before it was gone may have stood up to so long of that time.
UNSURE_SECONDS = 0.6


class Changes:
    """The transitions of a film; those of no length are cuts."""

    def __init__(self, transitions: Sequence[Span]) -> None:
        self.middles = sorted((each.start + each.end) / 2 for each in transitions)
        self._starts = sorted(each.start for each in transitions)
        self._cuts = sorted(each.start for each in transitions if each.length == 0)
        self._blends = Lookup([each for each in transitions if each.length > 0])

    def begun(self, moment: float) -> float:
        """What begins while pictures blend is read as a mixture: shown from the end of it."""
        blend = self._blend(moment)
        return blend.end if blend is not None else moment

    def start(self, moment: float) -> float:
        near = self._cut(moment)
        return near if near is not None else moment

    def end(self, moment: float, unsure: float) -> float:
        """`moment` is when it surely stood for the last time, and `unsure` how much later it surely did not."""
        blend, cut = self._blend(moment), self._cut(moment)
        if blend is not None:
            return blend.start
        if cut is not None:
            return cut
        place = bisect_left(self._starts, moment)
        if place < len(self._starts) and self._starts[place] <= moment + unsure:
            return self._starts[place]
        return moment + min(unsure / 2, UNSURE_SECONDS)

    def _blend(self, moment: float) -> Span | None:
        near = self._blends.touching(moment - BLEND_SECONDS, moment + BLEND_SECONDS)
        return near[0] if near else None

    def _cut(self, moment: float) -> float | None:
        place = bisect_left(self._cuts, moment)
        near = min(self._cuts[max(0, place - 1) : place + 1], key=lambda cut: abs(cut - moment), default=None)
        return near if near is not None and abs(near - moment) <= SNAP_SECONDS else None
