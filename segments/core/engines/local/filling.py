"""Fills the fields of one segment and keeps a reason for every value, also for the missing ones."""

from __future__ import annotations

from segments.core.definition import FieldSpec
from segments.core.engines.candidates import Reason
from segments.core.engines.constraints import Durations, constrain
from segments.core.engines.local import fillers
from segments.core.engines.local.confidence import calibrated
from segments.core.engines.local.entries import Asked, Filler, Found
from segments.core.engines.local.plan import Events, Plan
from segments.core.engines.values import conform
from segments.core.evidence.model import Evidence
from segments.core.timeline import Span

Values = dict[str, object]

_NO_FILLER = Reason("Nothing that is measured answers this; it needs a vision-language model.", 0.0)
_NOT_FOUND = Reason("Not determined: the evidence inside this segment does not show it.", 0.0)


def fill_fields(
    plan: Plan, span: Span, evidence: Evidence, siblings: tuple[Span, ...], memo: Values
) -> tuple[Values, Values]:
    """Values and reasons by field name. `memo` is shared by the segments of one definition."""
    values: Values = {}
    reasons: Values = {}
    for spec in plan.definition.fields:
        asked = Asked(spec, span, evidence, siblings, memo)
        values[spec.name], reasons[spec.name] = _fill(asked, plan.fields[spec.name])
    return values, reasons


def _fill(asked: Asked, entry: Filler | Events | None) -> tuple[object, dict[str, object]]:
    if entry is None:
        return None, _NO_FILLER.as_json()
    if isinstance(entry, Events):
        return _events(asked, entry)
    found = fillers.fill(entry, asked)
    if found is None:
        return None, {**_NOT_FOUND.as_json(), "filler": entry.title}
    reason = Reason(found.because, calibrated("values", found.confidence), found.numbers)
    return found.value, {**reason.as_json(), "filler": entry.title}


def _events(asked: Asked, entry: Events) -> tuple[object, dict[str, object]]:
    """Stretches of the chosen kind inside the segment, each with its own values."""
    segmenter = entry.choice.segmenter
    key = f"events {segmenter.name} {asked.spec.name}"
    found: Found = asked.remember(key, lambda: segmenter.find(asked.evidence, asked.spec.description))
    inside = constrain(found.candidates, [asked.span], Durations())
    events = [
        {"start_time": part.start, "end_time": part.end, **_event_values(asked, entry, part.span)} for part in inside
    ]
    sure = min((part.confidence for part in inside), default=0.5)
    reason = Reason(f"Understood as: {segmenter.title}.", sure, {"events": len(events)})
    return conform(asked.spec, events, asked.span), reason.as_json()


def _event_values(asked: Asked, entry: Events, span: Span) -> Values:
    specs: tuple[FieldSpec, ...] = asked.spec.items.fields if asked.spec.items else ()
    values: Values = {}
    for spec in specs:
        filler = entry.fillers[spec.name]
        found = fillers.fill(filler, Asked(spec, span, asked.evidence, (), asked.memo)) if filler else None
        values[spec.name] = found.value if found else None
    return values
