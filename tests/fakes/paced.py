"""A real engine that takes its time: it reports for about half a second per run."""

from __future__ import annotations

import time

from segments.core.engines.base import EngineResult
from segments.core.evidence.model import Evidence
from segments.core.progress import Progress, Report
from segments.core.request import RunRequest
from tests.fakes.engine import FakeEngine

STEPS = 20
STEP_SECONDS = 0.02


class PacedEngine(FakeEngine):
    name = "paced"
    title = "Fake (takes half a second)"

    def segment(self, request: RunRequest, evidence: Evidence, report: Report) -> EngineResult:
        for step in range(STEPS):
            report(Progress("resolving", step, STEPS))
            time.sleep(STEP_SECONDS)
        return super().segment(request, evidence, report)
