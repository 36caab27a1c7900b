"""Resolves a request against evidence: plan, find, keep the limits, fill, give reasons."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.definition import SegmentDefinition
from segments.core.engines.base import EngineResult
from segments.core.engines.candidates import Candidate, Reason
from segments.core.engines.constraints import Durations, constrain
from segments.core.engines.local import plan as planning
from segments.core.engines.local import surroundings
from segments.core.engines.local.conditions import meeting
from segments.core.engines.local.confidence import calibrated
from segments.core.engines.local.filling import fill_fields
from segments.core.engines.local.measures import colour_likeness, legible
from segments.core.engines.local.plan import Plan
from segments.core.engines.local.qualifiers import fitting
from segments.core.engines.local.segmenters.edges import boundaries
from segments.core.evidence.collect import MODULES
from segments.core.evidence.model import Evidence
from segments.core.progress import Progress, Report
from segments.core.request import RunRequest
from segments.core.timeline import Segment, Span, clip

#: One or two empty values say little about a video.
_SEVERAL = 3


class LocalEngine:
    """Offline, deterministic, without any model; says null where nothing measured gives an answer."""

    name = "local"
    title = "Local (offline, measures only)"

    def problems(self) -> list[str]:
        return []

    def needs(self, request: RunRequest) -> frozenset[str]:
        wanted = {need for definition in request.definitions for need in planning.plan(definition).needs()}
        if request.min_duration is not None or request.max_duration is not None:
            wanted.add("pictures")  # where to split, and which neighbours look alike
        return frozenset(wanted & MODULES.keys())

    def warnings(self, definitions: Sequence[SegmentDefinition]) -> list[str]:
        return [line for definition in definitions for line in planning.warnings(planning.plan(definition))]

    def segment(self, request: RunRequest, evidence: Evidence, report: Report) -> EngineResult:
        evidence = legible(evidence)
        total = evidence.window.length
        notes = [*self.warnings(request.definitions), *_unread(evidence)]
        segments: list[Segment] = []
        for index, definition in enumerate(request.definitions):
            report(Progress("resolving", total * index / len(request.definitions), total))
            found, more = _resolve(planning.plan(definition), request, evidence)
            segments += found
            notes += [f'"{definition.id}": {note}' for note in more]
        report(Progress("resolving", total, total))
        return EngineResult(tuple(segments), tuple(dict.fromkeys(notes)))


def _unread(evidence: Evidence) -> list[str]:
    if not evidence.unread:
        return []
    spans = [f"{span.start:.1f}-{span.end:.1f} s" for span in evidence.unread[:_SEVERAL]]
    more = len(evidence.unread) - len(spans)
    places = f"{', '.join(spans)}{f' and {more} more times' if more else ''}"
    return [f"Writing at {places} was not read: only Latin letters, digits and Chinese are."]


def _resolve(plan: Plan, request: RunRequest, evidence: Evidence) -> tuple[list[Segment], tuple[str, ...]]:
    found = plan.choice.segmenter.find(evidence, plan.limits.rest)
    kept = _keep(found.candidates, plan, request, evidence)
    siblings = tuple(candidate.span for candidate in kept)
    memo: dict[str, object] = {}
    understood = plan.understood(found.said)
    segments = []
    for candidate in kept:
        values, reasons = fill_fields(plan, candidate.span, evidence, siblings, memo)
        segments.append(
            Segment(
                definition_id=plan.definition.id,
                start=candidate.start,
                end=candidate.end,
                fields=values,
                confidence=calibrated("segments", candidate.confidence),
                reasons={
                    "start": _boundary(candidate.start_reason, candidate.start, evidence),
                    "end": _boundary(candidate.end_reason, candidate.end, evidence),
                    "fields": reasons,
                    "understood": understood,
                },
            )
        )
    return segments, (*found.notes, *_left_empty(plan, segments, evidence))


def _boundary(reason: Reason, time: float, evidence: Evidence) -> dict[str, object]:
    """Why it is there, and what was measured at its time by whatever was looked at."""
    return {**reason.as_json(), "measured": surroundings.of(evidence).at(time)}


def _left_empty(plan: Plan, segments: Sequence[Segment], evidence: Evidence) -> list[str]:
    """After the run: fields for which there was nothing to read, or that were empty in all of several segments."""
    unsaid = planning.from_words_alone(plan) if evidence.words == () else []
    notes = (
        [f"{_listed(unsaid)} can only come from what is said in words. {evidence.wordless}".rstrip()] if unsaid else []
    )
    tried = [name for name, entry in plan.fields.items() if entry is not None and name not in unsaid]
    empty = [name for name in tried if all(segment.fields[name] in (None, []) for segment in segments)]
    if empty and len(segments) >= _SEVERAL:
        notes.append(f"nothing in the video shows {_listed(empty)}: empty in all {len(segments)} segments.")
    return notes


def _listed(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _keep(candidates: list[Candidate], plan: Plan, request: RunRequest, evidence: Evidence) -> list[Candidate]:
    """The description's own limits choose among stretches; the request's durations then shape what was chosen."""
    analysed = _analysed(plan, request, evidence)
    inside = constrain(candidates, analysed, Durations())
    return constrain(
        fitting(meeting(inside, plan.limits, evidence), plan.qualifier, evidence),
        analysed,
        Durations.of(request.min_duration, request.max_duration),
        boundaries(evidence),
        colour_likeness(evidence),
    )


def _analysed(plan: Plan, request: RunRequest, evidence: Evidence) -> list[Span]:
    duration = evidence.facts.duration_seconds
    spans = clip(request.analysed(plan.definition, duration), evidence.window)
    part = plan.limits.where(duration)
    return spans if part is None else clip(spans, part)
