"""A real engine that always fails, in the way a test chose."""

from __future__ import annotations

from typing import ClassVar

from segments.core.engines.base import EngineResult
from segments.core.evidence.model import Evidence
from segments.core.progress import Report
from segments.core.request import RunRequest
from tests.fakes.engine import FakeEngine


class BreakingEngine(FakeEngine):
    name = "breaking"
    title = "Fake (fails)"
    error: ClassVar[Exception] = RuntimeError("broken")

    def segment(self, request: RunRequest, evidence: Evidence, report: Report) -> EngineResult:
        raise self.error
