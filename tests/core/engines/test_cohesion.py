from __future__ import annotations

import random

from segments.core.engines.local.cohesion import changes

REACTOR = "reactor fuel neutron control rods coolant turbine steam heat uranium fission chain core"
GARDEN = "garden roses tulips soil compost watering sunlight pruning seeds bees pollen weeds fence"
KITCHEN = "dough flour oven butter sugar knead yeast recipe bake whisk simmer onion garlic pepper"
SUBJECTS = [REACTOR.split(), GARDEN.split(), KITCHEN.split()]
USUAL_TEXT = "people think going much really actually important example today little thing way want need look"
USUAL = USUAL_TEXT.split()


def talk(seed: int, lines: int) -> list[list[str]]:
    """For each subject so many lines, of which a third of the words are about it."""
    chance = random.Random(seed)
    return [
        [chance.choice(words if chance.random() < 0.35 else USUAL) for _ in range(8)]
        for words in SUBJECTS
        for _ in range(lines)
    ]


def test_splits_where_the_vocabulary_changes() -> None:
    found = [[change.index for change in changes(talk(seed, 25))] for seed in range(10)]
    near = sum(len(split) == 2 and abs(split[0] - 25) <= 2 and abs(split[1] - 50) <= 2 for split in found)
    assert near >= 9


def test_few_but_different_slides_are_told_apart() -> None:
    slides = [REACTOR.split()[:8], REACTOR.split()[5:], GARDEN.split()[:8], GARDEN.split()[5:]]
    assert [change.index for change in changes(slides)] == [2]


def test_one_vocabulary_is_one_part() -> None:
    for seed in range(5):
        chance = random.Random(seed)
        assert changes([[chance.choice(USUAL) for _ in range(8)] for _ in range(60)]) == []


def test_same_words_give_the_same_split() -> None:
    assert changes(talk(3, 12)) == changes(talk(3, 12))


def test_too_little_to_split() -> None:
    assert changes([]) == []
    assert changes([["alone"]]) == []
