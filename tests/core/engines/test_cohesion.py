from __future__ import annotations

import random

from segments.core.engines.local.cohesion import best_split

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
    found = [[index for index, _ in best_split(talk(seed, 30), 1.15)] for seed in range(10)]
    near = sum(len(split) == 2 and abs(split[0] - 30) <= 2 and abs(split[1] - 60) <= 2 for split in found)
    assert near >= 9


def test_one_vocabulary_is_one_part() -> None:
    chance = random.Random(1)
    assert best_split([[chance.choice(USUAL) for _ in range(8)] for _ in range(60)], 1.15) == []


def test_gain_tells_how_clear_a_change_is() -> None:
    clear = best_split([SUBJECTS[0]] * 4 + [SUBJECTS[1]] * 4)
    assert [index for index, _ in clear] == [4]
    assert clear[0][1] > 20


def test_too_little_to_split() -> None:
    assert best_split([]) == []
    assert best_split([["alone"]]) == []
