"""Custom segments: what segmentation tasks found, shown beside the modules. It only reads, so it never runs."""

from __future__ import annotations

from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment, Skipped
from segments.core.progress import Report

WHY = "It shows what segmentation tasks found. Start a task with definitions of your own instead."


class CustomSegments:
    name = "custom_segments"
    title = "Custom segments"
    description = "Segments of your own definitions, found by segmentation tasks; read when asked for by name"
    group: Group = "custom"
    depends_on: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        return [WHY]

    def needs(self) -> frozenset[str]:
        return frozenset()

    def find(self, _evidence: Evidence, _earlier: Earlier, _report: Report) -> list[ModuleSegment]:
        raise Skipped(WHY)
