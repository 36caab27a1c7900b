"""What a rerun costs grows with the length of the film and not with its square; counted in calls, not in seconds."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from segments.core.engines.local.engine import LocalEngine
from segments.core.evidence.model import Evidence
from segments.core.presets import PRESETS, Preset
from segments.core.progress import silent
from segments.core.request import parse_run
from segments.core.timeline import Lookup, Span
from tests.core.counting import calls
from tests.core.engines import made

WRITTEN = [preset for preset in PRESETS if preset.definitions[0]["description"]]
COLOURS = ("red", "green", "blue", "grey", "brown")


def programme(minutes: int) -> Evidence:
    """A shot each four seconds, talk every other, a face on the left or right, a headline each half minute."""
    end = 60.0 * minutes
    starts = [4.0 * n for n in range(15 * minutes)]
    return made.evidence(
        end,
        transitions=tuple(made.cut(start) for start in starts[1:]),
        looks=made.looks(end, colours={start: COLOURS[n * n % 5] for n, start in enumerate(starts)}, rate=2.0),
        faces=tuple(face for n, t in enumerate(starts) for face in made.faces([t + 1], 0.3, x=0.3 + 0.4 * (n % 2))),
        texts=tuple(made.text(t, t + 6, f"Headline {t:.0f}", "title", 0.2) for t in starts[::7]),
        sounds=made.sounds(*((t, t + 4, "speech" if n % 4 else "music") for n, t in enumerate(starts))),
    )


def rerun(preset: Preset, minutes: int) -> int:
    evidence = programme(minutes)
    wire = {"type": "segment_definitions", "segment_definitions": preset.definitions}
    request = parse_run({"response_format": wire}, duration=evidence.facts.duration_seconds)
    return calls(lambda: LocalEngine().segment(request, evidence, silent))


@pytest.mark.parametrize("preset", WRITTEN, ids=lambda preset: preset.name)
def test_twice_the_film_costs_about_twice_the_work(preset: Preset) -> None:
    rerun(preset, 1)  # stems and patterns are kept from run to run
    assert rerun(preset, 10) < 2.5 * rerun(preset, 5)


def test_lookup_finds_what_a_walk_through_everything_finds() -> None:
    chance = random.Random(5)
    starts = [chance.uniform(0, 100) for _ in range(200)]
    things = [Span(start, start + chance.choice([0.0, 0.5, 3.0, 60.0])) for start in starts]
    lookup = Lookup(things)
    for _ in range(100):
        low = chance.uniform(-5, 105)
        high = low + chance.choice([0.0, 1.0, 30.0])
        assert lookup.touching(low, high) == sorted(
            (thing for thing in things if thing.end >= low and thing.start <= high), key=lambda thing: thing.start
        )
    assert Lookup([]).touching(0, 9) == []


def test_what_was_remembered_is_forgotten_with_the_evidence_that_it_came_from() -> None:
    whole = made.evidence(10.0, transitions=(made.cut(4.0),))
    assert len(whole.shots()) == 2
    assert len(replace(whole, transitions=()).shots()) == 1
    assert len(whole.shots()) == 2
