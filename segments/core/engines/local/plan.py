"""How a definition is understood, decided from its words alone: before the run, for the run and for its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segments.core.definition import FieldSpec, SegmentDefinition
from segments.core.engines.local import fillers, meaning, qualifiers
from segments.core.engines.local.entries import Filler
from segments.core.engines.local.limits import Limits, Subject, parse_limits
from segments.core.engines.local.segmenters import CLEAR, QUERY, Choice, choose, reference
from segments.core.engines.local.segmenters.absence import ABSENCE

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

    def understood(self, said: Sequence[str] = ()) -> dict[str, object]:
        """For the result's reasons: what the description was taken to mean. `said` is what a segmenter read in it."""
        rules = [*self.limits.said, *said]
        words = [f"Understood as: {self.choice.segmenter.title}"]
        words += [", ".join(rules)] if rules else []
        words += [f"only with {', '.join(self.qualifier)}"] if self.qualifier else []
        chosen = self.choice.as_json()
        because = f"{'; '.join(words)}. {chosen['because']}"
        return {**chosen, "limits": rules, "only_with": list(self.qualifier), "because": because}


def plan(definition: SegmentDefinition) -> Plan:
    limits = parse_limits(definition.description)
    choice = choose(definition, limits.rest)
    if choice.score < CLEAR:
        choice = _absent(limits) or choice
    if definition.mentioned_sources:
        choice = Choice(reference.segmenter(definition), 1.0, choice.segmenter.title, "It names a reference image.")
    return Plan(
        definition=definition,
        limits=limits,
        choice=choice,
        qualifier=() if definition.mentioned_sources else qualifiers.qualifier(limits.rest, choice.segmenter.name),
        fields={spec.name: _entry(spec) for spec in definition.fields},
    )


def _absent(limits: Limits) -> Choice | None:
    """Where the only thing said is what must not be there, the gaps of it are meant."""
    if not limits.without or limits.required or limits.people or qualifiers.what_is_meant(limits.rest):
        return None
    segmenter = ABSENCE[limits.without[0]]
    return Choice(segmenter, 1.0, None, "The description says what must not be there.")


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
            f"said; what a picture means needs a vision-language model. {meaning.status()}"
        )
    if plan.qualifier:
        found.append(
            f'"{name}": only {plan.choice.segmenter.title} are kept in which this is said, written or measured: '
            f"{', '.join(plan.qualifier)}. What a picture means needs a vision-language model."
        )
    for source in plan.definition.media_sources:
        if source not in plan.definition.mentioned_sources:
            text = "the description does not mention it, so it is not looked for"
            found.append(f'"{name}": reference image <@{source.name}>: {text}.')
    for spec in plan.definition.fields:
        found += _field_warnings(f"{name}.{spec.name}", plan.fields[spec.name])
    return found


def _field_warnings(name: str, entry: Filler | Events | None) -> list[str]:
    if isinstance(entry, Events):
        return [line for inner in entry.fillers for line in _field_warnings(f"{name}.{inner}", entry.fillers[inner])]
    if entry is None:
        return [f'"{name}" needs a vision-language model; it will be empty.']
    return []


def from_words_alone(plan: Plan) -> list[str]:
    """Fields that nothing but what is said can fill."""
    return [name for name, entry in plan.fields.items() if isinstance(entry, Filler) and entry.needs == {"words"}]
