"""Turns an engine's reports into what people see: stages in words, share of seconds handled, coverage, time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from segments.core.progress import STAGES, Progress
from segments.core.timeline import Span, union

#: How much of a run a stage weighs against the others, from its usual cost.
WEIGHTS = {
    "reading": 0.1,
    "pictures": 1.0,
    "cuts": 0.2,
    "sound": 0.3,
    "faces": 0.5,
    "text": 2.0,
    "words": 0.05,
    "resolving": 0.2,
}
MAX_CUTS = 500
QUIET_SECONDS = 2.0  # no number before
ETA_AFTER_SECONDS, ETA_AFTER_PERCENT = 5.0, 10.0


@dataclass(slots=True)
class _Stage:
    key: str
    total: float
    finished: float = 0.0  # seconds of video in windows that are over
    current: float = 0.0  # seconds of video in the window at work
    spent: float = 0.0  # seconds on the clock

    @property
    def done(self) -> float:
        return min(self.total, self.finished + self.current)

    def share(self) -> float:
        return self.done / self.total if self.total else 1.0


@dataclass(slots=True)
class RunProgress:
    """Adds up a run over its windows. `percent` never falls and stays below 100 until the run is over."""

    keys: Sequence[str]
    total: float
    clock: Callable[[], float] = time.monotonic
    window: Span = field(default_factory=lambda: Span(0.0, 0.0))
    stage: str = ""
    percent: float = 0.0
    cuts: list[float] = field(default_factory=list)
    covered: list[Span] = field(default_factory=list)
    _stages: dict[str, _Stage] = field(init=False)
    _started: float = field(init=False)
    _last: float = field(init=False)
    _eta: float | None = None
    _eta_grew: int = 0

    def __post_init__(self) -> None:
        self._stages = {key: _Stage(key, self.total) for key in self.keys}
        self._started = self._last = self.clock()

    def enter(self, window: Span) -> None:
        self.window = window

    def advance(self, progress: Progress) -> None:
        """Take one report; `progress.done` counts inside the current window, or inside the run for whole-run stages."""
        now = self.clock()
        stage = self._stages.get(progress.stage)
        if stage is None:
            stage = self._stages[progress.stage] = _Stage(progress.stage, self.total)
        stage.spent += now - self._last
        self._last = now
        room = stage.total - stage.finished
        share = progress.done / progress.total if progress.total else 1.0
        reach = self.window.length if self.window.length else room
        stage.current = max(stage.current, min(room, share * reach))
        self.stage = progress.stage
        if len(self.cuts) < MAX_CUTS:
            self.cuts.extend(round(cut, 3) for cut in progress.cuts[: MAX_CUTS - len(self.cuts)])
        self._settle()

    def leave(self, window: Span, keys: Sequence[str]) -> None:
        """A window is over for these stages."""
        for key in keys:
            stage = self._stages[key]
            stage.finished, stage.current = min(stage.total, stage.finished + window.length), 0.0
        self.covered = union([*self.covered, window])
        self.window = Span(window.end, window.end)
        self._settle()

    def _settle(self) -> None:
        weights = {key: WEIGHTS.get(key, 1.0) for key in self._stages}
        share = sum(weights[key] * stage.share() for key, stage in self._stages.items()) / sum(weights.values())
        self.percent = max(self.percent, min(99.0, 100 * share))

    def _handled(self) -> float:
        """Seconds of the current window that were looked at: by its pictures, or by all stages when there are none."""
        if "pictures" in self._stages:
            return self._stages["pictures"].current
        return min((stage.current for key, stage in self._stages.items() if key != "resolving"), default=0.0)

    def snapshot(self) -> dict[str, object]:
        """The payload of a progress event."""
        elapsed = self.clock() - self._started
        partial = Span(self.window.start, min(self.window.end, self.window.start + self._handled()))
        covered = union([*self.covered, partial] if partial.length else self.covered)
        return {
            "percent": round(self.percent, 1) if elapsed >= QUIET_SECONDS else None,
            "stage": self.stage,
            "words": STAGES.get(self.stage, (self.stage, ""))[0],
            "done": round(sum(span.length for span in covered), 2),
            "total": round(self.total, 2),
            "covered": [[round(span.start, 2), round(span.end, 2)] for span in covered],
            "cuts": self.cuts,
            "eta_seconds": self._time_left(elapsed),
            "stages": [self._row(stage) for stage in self._stages.values()],
        }

    def _time_left(self, elapsed: float) -> float | None:
        """Hidden until there is something to extrapolate, and once it grew twice in a row."""
        if elapsed < ETA_AFTER_SECONDS or self.percent < ETA_AFTER_PERCENT:
            return None
        eta = elapsed * (100 - self.percent) / self.percent
        self._eta_grew = self._eta_grew + 1 if self._eta is not None and eta > self._eta * 1.02 else 0
        self._eta = eta
        return round(eta, 1) if self._eta_grew < 2 else None

    def _row(self, stage: _Stage) -> dict[str, object]:
        share = stage.share()
        state = "done" if share >= 1 else "running" if stage.key == self.stage or stage.done else "todo"
        words = STAGES.get(stage.key, (stage.key, stage.key))[state == "done"]
        return {
            "key": stage.key,
            "words": words,
            "state": state,
            "percent": round(100 * share),
            "seconds": round(stage.spent, 1),
        }
