"""What was measured where a segment begins or ends, whatever led to the boundary: cut, pause in the talk, text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.model import Evidence, TextSpan, Transition

#: Seconds to both sides in which something counts as being at the boundary.
NEAR = 0.3
_TEXT_NEAR = 0.5

Times = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What can happen at a boundary, as arrays. None where nothing was looked at."""

    transitions: tuple[Transition, ...] | None
    spans: Times | None  # (transitions, 2)
    speech: Times | None  # (stretches of speech, 2), in order
    texts: Times | None  # (texts, 2)
    window: tuple[float, float]

    def at(self, time: float) -> dict[str, object]:
        """JSON-ready. `cut`: the strongest change of picture, null when there is none; `speech_pause`: seconds without
        speech around the time, 0 when talk goes over it; `texts_come` and `texts_go`: how many. Only what was measured.
        """
        found: dict[str, object] = {}
        if self.transitions is not None and self.spans is not None:
            found["cut"] = self._cut(self.transitions, self.spans, time)
        if self.speech is not None and len(self.speech):
            found["speech_pause"] = self._pause(self.speech, time)
        if self.texts is not None:
            come, go = np.count_nonzero(np.abs(self.texts - time) <= _TEXT_NEAR, axis=0)
            found |= {"texts_come": int(come), "texts_go": int(go)}
        return found

    def _cut(self, transitions: tuple[Transition, ...], spans: Times, time: float) -> dict[str, object] | None:
        near = np.flatnonzero((spans[:, 0] - NEAR <= time) & (time <= spans[:, 1] + NEAR))
        if not len(near):
            return None
        best = max((transitions[int(index)] for index in near), key=lambda each: each.strength)
        return {"kind": best.kind, "strength": round(best.strength, 3)}

    def _pause(self, speech: Times, time: float) -> float:
        """From the end of the talk before to the start of the talk after, both at most `NEAR` inside of it."""
        before = speech[speech[:, 0] < time - NEAR, 1]
        after = speech[speech[:, 1] > time + NEAR, 0]
        start = float(before.max()) if len(before) else self.window[0]
        end = float(after.min()) if len(after) else self.window[1]
        return round(max(0.0, end - start), 2)


def of(evidence: Evidence) -> Surroundings:
    def look() -> Surroundings:
        heard = evidence.sounds
        talk = None if heard is None else [(each.start, each.end) for each in heard if each.kind == "speech"]
        return Surroundings(
            evidence.transitions,
            _array(evidence.transitions),
            None if talk is None else np.array(talk, float).reshape(-1, 2),
            _array(evidence.texts),
            (evidence.window.start, evidence.window.end),
        )

    return evidence.remember("surroundings", look)


def _array(parts: Sequence[Transition] | Sequence[TextSpan] | None) -> Times | None:
    if parts is None:
        return None
    return np.array([(each.start, each.end) for each in parts], float).reshape(-1, 2)
