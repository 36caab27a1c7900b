"""Fills a schema the way fields of segments are filled; lists of objects with times are segments themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from segments.core.answer_schema import TIMES, Node
from segments.core.definition import LIMITS, FieldSpec, ItemSpec, SegmentDefinition
from segments.core.engines.local import fillers
from segments.core.engines.local import plan as planning
from segments.core.engines.local.engine import LocalEngine
from segments.core.engines.local.entries import Asked, Filler
from segments.core.evidence.model import Evidence
from segments.core.progress import Report
from segments.core.request import RunRequest, format_time
from segments.core.timeline import Segment, Span
from segments.core.untrusted import is_number

_ONE = "answer"


def needs(root: Node) -> frozenset[str]:
    """Evidence modules that filling this schema uses."""
    wanted: set[str] = set()
    for definition in _definitions(root, ""):
        plan = planning.plan(definition)
        wanted |= plan.needs() if definition.id != _ONE else _of_fields(plan)
    return frozenset(wanted)


def fill(root: Node, evidence: Evidence, report: Report) -> tuple[object, list[str]]:
    """The value, null wherever nothing measured answers, and the names of what stayed null, in words."""
    filling = _Filling(evidence, report)
    value = filling.value(root, "", evidence.window)
    if not filling.empty:
        return value, filling.notes
    names = ", ".join(dict.fromkeys(filling.empty))
    text = f"Not determined, so null: {names}. What a picture means needs a vision-language model."
    return value, [*filling.notes, text]


class _Filling:
    def __init__(self, evidence: Evidence, report: Report) -> None:
        self.evidence, self.report = evidence, report
        self.memo: dict[str, object] = {}
        self.empty: list[str] = []
        self.notes: list[str] = []

    def value(self, node: Node, name: str, span: Span) -> object:
        if node.kind == "object":
            return {key: self.value(each, key, span) for key, each in node.properties.items()}
        if node.kind == "array" and node.items is not None and node.items.kind == "object":
            return self._listed(node, name)
        return self._kept(node, name, self._plain(node, name, span))

    def _listed(self, node: Node, name: str) -> object:
        """One object per segment of the kind that the name and the descriptions ask for."""
        definition = _as_definition(node, name)
        window = self.evidence.window
        request = RunRequest((definition,), start=window.start, end=window.end)
        result = LocalEngine().segment(request, self.evidence, self.report)
        self.notes += result.warnings
        items = [self._item(node.items, segment) for segment in result.segments if node.items]
        return None if node.min_items and not items else items

    def _item(self, node: Node, segment: Segment) -> dict[str, object]:
        made: dict[str, object] = {}
        for key, inner in node.properties.items():
            if key in TIMES:
                made[key] = _time(inner, segment.start if key == "start_time" else segment.end)
            elif inner.kind == "object" or (inner.items and inner.items.kind == "object"):
                made[key] = self.value(inner, key, Span(segment.start, segment.end))
            else:
                made[key] = self._kept(inner, key, segment.fields.get(key))
        return made

    def _plain(self, node: Node, name: str, span: Span) -> object:
        if node.kind == "null":
            return None
        if name in TIMES:
            return span.start if name == "start_time" else span.end
        spec = _as_field(node, name)
        filler = fillers.choose(spec)
        found = fillers.fill(filler, Asked(spec, span, self.evidence, (), self.memo)) if filler else None
        return found.value if found else None

    def _kept(self, node: Node, name: str, value: object) -> object:
        """The value if it keeps the rules of the schema, else null, which is told."""
        if node.kind == "null":
            return None
        if value is None or not _allowed(node, value):
            self.empty.append(name or _ONE)
            return None
        if name in TIMES or (node.kind == "timestamp" and is_number(value)):
            return _time(node, float(value)) if is_number(value) else value
        return value


def _definitions(node: Node, name: str) -> Iterator[SegmentDefinition]:
    """What the schema asks for, as definitions: one per list of objects, one for every single value."""
    if node.kind == "object":
        for key, each in node.properties.items():
            yield from _definitions(each, key)
    elif node.kind == "array" and node.items is not None and node.items.kind == "object":
        yield _as_definition(node, name)
        for key, each in node.items.properties.items():
            if each.kind == "object":
                yield from _definitions(each, key)
    elif node.kind != "null" and name not in TIMES:
        yield SegmentDefinition(_ONE, "the whole film", (_as_field(node, name),))


def _as_definition(node: Node, name: str) -> SegmentDefinition:
    inner = node.items.properties if node.items else {}
    plain = {key: each for key, each in inner.items() if key not in TIMES and each.kind not in ("object", "null")}
    words = [node.description, node.items.description if node.items else "", _words(name)]
    description = next((text for text in words if text), "segments")
    fields = tuple(_as_field(each, key) for key, each in plain.items())
    return SegmentDefinition(name or "items", description[: LIMITS["description_characters"]], fields)


def _as_field(node: Node, name: str) -> FieldSpec:
    words = node.description or _words(name) or "What the film shows"
    texts = tuple(each for each in node.choices if isinstance(each, str))
    kind: Any = {"null": "string", "object": "string"}.get(node.kind, node.kind)
    items = ItemSpec(node.items.kind if node.items else "string") if node.kind == "array" else None
    inner = tuple(each for each in node.items.choices if isinstance(each, str)) if node.items else ()
    stamp = node.format if node.kind == "timestamp" else None
    return FieldSpec(name or _ONE, kind, words, stamp, texts or inner, items)


def _of_fields(plan: planning.Plan) -> set[str]:
    return {need for entry in plan.fields.values() if isinstance(entry, Filler) for need in entry.needs}


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", name).strip()


def _allowed(node: Node, value: object) -> bool:
    if node.choices and node.kind != "array" and value not in node.choices:
        return False
    if node.pattern and not (isinstance(value, str) and re.search(node.pattern, value)):
        return False
    if node.kind == "string" and node.format and node.format not in ("hh:mm:ss.fff",) and not isinstance(value, float):
        return False  # dates and identifiers are nothing that is measured
    if node.min_items and not value:
        return False
    return all(_within(keyword, bound, value) for keyword, bound in node.bounds.items())


def _within(keyword: str, bound: float, value: object) -> bool:
    if not is_number(value):
        return False
    return {
        "minimum": value >= bound,
        "maximum": value <= bound,
        "exclusiveMinimum": value > bound,
        "exclusiveMaximum": value < bound,
    }[keyword]


def _time(node: Node, seconds: float) -> float | int | str:
    if node.kind == "integer":
        return round(seconds)
    return format_time(seconds, node.format or "seconds")
