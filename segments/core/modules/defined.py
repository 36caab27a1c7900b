"""Modules that ask the local engine a fixed question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from segments.core.engines.local.engine import LocalEngine
from segments.core.evidence.model import Evidence
from segments.core.progress import Report
from segments.core.request import RunRequest, parse_run
from segments.core.timeline import Segment

MILLISECOND = 1e-3


class Defined:
    """Base of modules that are one segment definition; the wire form is the one that people write."""

    definition: ClassVar[Mapping[str, object]]

    def problems(self) -> list[str]:
        return LocalEngine().problems()

    def needs(self) -> frozenset[str]:
        return LocalEngine().needs(self._request())

    def segments(self, evidence: Evidence, report: Report) -> list[Segment]:
        found = list(LocalEngine().segment(self._request(), evidence, report).segments)
        end = evidence.window.end
        if found and 0 < end - found[-1].end < MILLISECOND:  # the engine counts whole ones; nothing of the film is left
            found[-1] = replace(found[-1], end=end)
        return found

    def _request(self) -> RunRequest:
        wire = {"type": "segment_definitions", "segment_definitions": [dict(self.definition)]}
        return parse_run({"response_format": wire}, duration=None)
