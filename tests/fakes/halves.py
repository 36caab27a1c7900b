"""A module as somebody else would write it: one file, registered by one line."""

from __future__ import annotations

from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.progress import Report


class Halves:
    name = "halves"
    title = "Halves"
    description = "The film in two equal parts"
    group: Group = "visual"
    depends_on: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        return []

    def needs(self) -> frozenset[str]:
        return frozenset()

    def find(self, evidence: Evidence, _earlier: Earlier, _report: Report) -> list[ModuleSegment]:
        end = evidence.window.end
        edges = ((0.0, end / 2), (end / 2, end))
        return [ModuleSegment(*span, f"Half {n + 1}", {"index": n}) for n, span in enumerate(edges)]
