"""Scenes: neighbouring shots of one setting, described by what can be measured in them."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.modules.defined import Defined
from segments.core.progress import Report
from segments.core.timeline import Segment


def _field(name: str, kind: str, description: str) -> dict[str, object]:
    return {"name": name, "type": kind, "description": description}


class Scenes(Defined):
    name = "scenes"
    title = "Scenes"
    description = "Consecutive shots of one setting, with a description, tags and the text that can be read"
    group: Group = "scene"
    depends_on = ("shots", "grouped_shots")
    definition = {
        "id": "scenes",
        "description": "A continuous scene in one location or setting.",
        "fields": [
            _field("summary", "string", "One or two sentences that describe what is seen"),
            _field("visible_text", "string", "All text that can be read on the screen"),
            {**_field("tags", "array", "Keywords: what the scene shows"), "items": {"type": "string"}},
        ],
    }

    def find(self, evidence: Evidence, earlier: Earlier, report: Report) -> list[ModuleSegment]:
        return [_scene(index, scene, earlier) for index, scene in enumerate(self.segments(evidence, report))]


def _scene(index: int, scene: Segment, earlier: Earlier) -> ModuleSegment:
    text = scene.fields.get("visible_text")
    found = scene.fields.get("tags")
    tags = tuple(dict.fromkeys(str(tag).lower() for tag in found)) if isinstance(found, list | tuple) else ()
    metadata = {
        "scene_index": index,
        "shot_indexes": _inside(scene, earlier["shots"]),
        "group_indexes": _inside(scene, earlier["grouped_shots"]),
        "tags": list(tags),
        "visible_text": text,
        "confidence": scene.confidence,
        "keyframe_time": round((scene.start + scene.end) / 2, 3),
    }
    return ModuleSegment(
        scene.start,
        scene.end,
        str(scene.fields.get("summary") or ""),
        metadata,
        tags,
        str(text) if text else None,
        scene.confidence,
    )


def _inside(scene: Segment, parts: Sequence[ModuleSegment]) -> list[int]:
    return [n for n, part in enumerate(parts) if scene.start <= (part.start + part.end) / 2 < scene.end]
