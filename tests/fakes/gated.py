"""A real engine that works until it is let through: tests decide how long a run takes, not the speed of a machine."""

from __future__ import annotations

import os
import time
from pathlib import Path

from segments.core.engines.base import EngineResult
from segments.core.evidence.model import Evidence
from segments.core.progress import Progress, Report
from segments.core.request import RunRequest
from tests.fakes.engine import FakeEngine

#: The folder of gates. A run goes on once it holds a file named like its first definition.
FOLDER = "CUEPOINT_TEST_GATES"
STEP_SECONDS = 0.05


class GatedEngine(FakeEngine):
    name = "gated"
    title = "Fake (waits at its gate)"

    def segment(self, request: RunRequest, evidence: Evidence, report: Report) -> EngineResult:
        gate = Path(os.environ[FOLDER]) / request.definitions[0].id
        steps = 0
        while not gate.exists():
            steps += 1
            report(Progress("resolving", 1 - 1 / steps, evidence.window.length))
            time.sleep(STEP_SECONDS)
        return super().segment(request, evidence, report)
