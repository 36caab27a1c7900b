"""How a definition is understood, decided from its words alone: before the run, for the run and for its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segments.core.definition import FieldSpec, SegmentDefinition
from segments.core.engines.local import fillers, qualifiers
from segments.core.engines.local.entries import Filler
from segments.core.engines.local.limits import Limits, Subject, parse_limits
from segments.core.engines.local.segmenters import QUERY, Choice, choose
from segments.core.evidence.collect import MODULES

_SUBJECT_NEEDS: dict[Subject, str] = {
    "speech": "sound",
    "music": "sound",
    "silence": "sound",
    "text": "text",
    "people": "faces",
}


@dataclass(frozen=True, slots=True)
class Events:
    """A `time_array` field: a kind of stretch to find inside the segment, with fillers for the values of each."""

    choice: Choice
    fillers: Mapping[str, Filler | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """`fields` has an entry for each declared field, None where nothing measured can answer.

    `qualifier` holds the stems that a shot or scene must show, say or measure; empty when all are meant.
    """

    definition: SegmentDefinition
    limits: Limits
    choice: Choice
    fields: Mapping[str, Filler | Events | None]
    qualifier: tuple[str, ...] = ()

    def needs(self) -> frozenset[str]:
        """Evidence modules; reading text and finding faces are dear, so only what is used is named."""
        wanted = set(self.choice.segmenter.needs | qualifiers.needs(self.qualifier))
        for entry in self.fields.values():
            if isinstance(entry, Events):
                wanted |= entry.choice.segmenter.needs
                wanted.update(*(inner.needs for inner in entry.fillers.values() if inner))
            elif entry is not None:
                wanted |= entry.needs
        wanted |= {_SUBJECT_NEEDS[subject] for subject in (*self.limits.without, *self.limits.required)}
        return frozenset(wanted | ({"faces"} if self.limits.people else set()))

    def understood(self) -> dict[str, object]:
        """For the result's reasons: what the description was taken to mean."""
        return {**self.choice.as_json(), "limits": list(self.limits.said), "only_with": list(self.qualifier)}


def plan(definition: SegmentDefinition) -> Plan:
    limits = parse_limits(definition.description)
    choice = choose(definition, limits.rest)
    return Plan(
        definition=definition,
        limits=limits,
        choice=choice,
        qualifier=qualifiers.qualifier(limits.rest) if choice.segmenter.name in ("shot", "scene") else (),
        fields={spec.name: _entry(spec) for spec in definition.fields},
    )


def _entry(spec: FieldSpec) -> Filler | Events | None:
    if spec.type != "time_array" or spec.items is None:
        return fillers.choose(spec)
    choice = choose(SegmentDefinition(spec.name, spec.description), spec.description)
    if choice.segmenter is QUERY:
        return None
    return Events(choice, {inner.name: fillers.choose(inner) for inner in spec.items.fields})


def warnings(plan: Plan) -> list[str]:
    """What will stay empty, or is only searched for, in words."""
    name = plan.definition.id
    found = []
    if plan.choice.segmenter is QUERY:
        found.append(
            f'"{name}": no measured kind of segment fits this description. It is searched for in the words shown and '
            "said; what a picture means needs a vision-language model."
        )
    if plan.qualifier:
        found.append(
            f'"{name}": only {plan.choice.segmenter.title} are kept in which this is said, written or measured: '
            f"{', '.join(plan.qualifier)}. What a picture means needs a vision-language model."
        )
    if plan.definition.media_sources:
        found.append(f'"{name}": reference images need a vision-language model; they are not used.')
    for spec in plan.definition.fields:
        found += _field_warnings(f"{name}.{spec.name}", plan.fields[spec.name])
    return found


def _field_warnings(name: str, entry: Filler | Events | None) -> list[str]:
    if isinstance(entry, Events):
        return [line for inner in entry.fillers for line in _field_warnings(f"{name}.{inner}", entry.fillers[inner])]
    if entry is None:
        return [f'"{name}" needs a vision-language model; it will be empty.']
    if entry.needs and not entry.needs & MODULES.keys():
        return [f'"{name}" needs what is said in words, which is not read; it will be empty.']
    return []
