"""What the writers share: segments in the order of the answer, and values as words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from segments.core.definition import SegmentDefinition
from segments.core.request import RunRequest, result_json
from segments.core.timeline import Segment


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 within the definition; `metadata` is that of the public answer, field by field."""

    definition: SegmentDefinition
    number: int
    segment: Segment
    metadata: Mapping[str, object]


def rows(request: RunRequest, segments: Iterable[Segment]) -> Iterator[Row]:
    """Definition by definition, each sorted by start."""
    found = sorted(segments, key=lambda segment: (segment.start, segment.end))
    for definition in request.definitions:
        own = [segment for segment in found if segment.definition_id == definition.id]
        public = result_json(replace(request, definitions=(definition,)), own)[definition.id]
        for number, (segment, entry) in enumerate(zip(own, public, strict=True), 1):
            yield Row(definition, number, segment, cast("Mapping[str, object]", entry["metadata"]))


def words(value: object) -> str:
    """A value of a field as text: lists with semicolons, what was not determined as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(words(entry) for entry in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)


def one_line(text: str) -> str:
    """Without line breaks and other control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def heading(row: Row) -> str:
    """The first text that was found for the segment, else its definition and number."""
    texts = [spec.name for spec in row.definition.fields if spec.type == "string"]
    found = next((one_line(words(row.metadata[name])) for name in texts if words(row.metadata[name]).strip()), "")
    return found or f"{row.definition.id.replace('_', ' ').capitalize()} {row.number}"
