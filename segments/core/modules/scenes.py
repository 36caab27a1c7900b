"""Scenes: neighbouring shots of one setting, described by what can be measured in them."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.engines.local.measures import legible
from segments.core.engines.local.tags import tags as measured
from segments.core.evidence.model import COLOUR_NAMES, Evidence
from segments.core.modules.base import Earlier, Group, ModuleSegment
from segments.core.modules.defined import Defined
from segments.core.progress import Report
from segments.core.timeline import Segment, Span

_TAGS = {*COLOUR_NAMES, "dark", "bright", "speech", "music", "silence", "noise", "text", "face"}


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
        return [_scene(index, scene, evidence, earlier) for index, scene in enumerate(self.segments(evidence, report))]


def _scene(index: int, scene: Segment, evidence: Evidence, earlier: Earlier) -> ModuleSegment:
    text = scene.fields.get("visible_text")
    found = scene.fields.get("tags")
    words = [str(tag) for tag in found] if isinstance(found, list | tuple) else []
    tags = tuple(dict.fromkeys(tag.lower() for tag in (*words, *_seen(evidence, scene))))
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


def _seen(evidence: Evidence, scene: Segment) -> list[str]:
    """The measures of a scene that are worth a tag, without the synonyms that searching needs."""
    return [tag for tag in measured(legible(evidence), Span(scene.start, scene.end)) if tag in _TAGS]


def _inside(scene: Segment, parts: Sequence[ModuleSegment]) -> list[int]:
    return [n for n, part in enumerate(parts) if scene.start <= (part.start + part.end) / 2 < scene.end]
