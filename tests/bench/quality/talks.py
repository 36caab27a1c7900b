"""Talks as subtitles: subjects one after another, each told in the same number of lines of a few seconds."""

from __future__ import annotations

import random

from segments.core.evidence.model import Word
from tests.bench.quality.planning import Fact

_TOLD: dict[str, str] = {
    "bread": """The baker mixes flour and water. Yeast makes the dough rise. He kneads the dough by hand. The
        oven is already hot. A loaf needs forty minutes in the oven. The crust of the loaf turns brown. Old
        dough gives the bread its taste. Flour from rye makes dark bread. Salt slows the yeast down. The baker
        cuts the crust with a knife. Fresh bread smells best. Good flour costs more""",
    "trains": """The train leaves the station at noon. Its engine pulls nine carriages. Rails carry it over the
        mountains. The driver slows down before a signal. Passengers look out of the carriages. A new line of
        rails is built. The station has twelve platforms. Freight trains travel at night. The signal turns
        green. Electric engines replaced steam. Tickets are checked in the train. The driver has studied the
        line""",
    "bees": """Bees collect nectar from flowers. The queen lays eggs in the hive. Honey fills the combs of the
        hive. A beekeeper wears a veil. Smoke calms the bees. Each flower gives a little nectar. Wax comes from
        young bees. The swarm follows its queen. Honey keeps for years. In winter the bees warm the hive. Pollen
        feeds the young. The beekeeper counts the combs""",
    "stars": """Stars are born in clouds of gas. Our sun is a middle aged star. The telescope stands on a
        mountain. Planets circle a distant sun. Light from stars travels for years. A heavy star explodes. Gas
        falls into black holes. The telescope collects faint light. Galaxies hold billions of stars. Planets do
        not shine. Clouds of dust hide the galaxy. Astronomers measure the light of planets""",
    "money": """The central bank raises interest rates. Loans become expensive for companies. Prices rise with
        inflation. Savers like higher interest. The bank lends money to firms. Inflation eats savings. Companies
        pay back their loans. The market watches the bank. Bonds lose value when rates rise. Wages follow
        prices. Money gets scarce. The interest on bonds is paid in May""",
    "gardens": """Gardeners sow seeds in spring. Roots need loose soil. Compost makes the soil rich. Tomatoes
        grow in the greenhouse. Weeds steal water from plants. Slugs eat young plants. Seeds germinate in warm
        soil. The greenhouse keeps frost away. Prune the roses in March. Water the tomatoes in the evening.
        Leaves turn into compost. Plants with deep roots survive drought""",
}
_LINE_SECONDS, _PAUSE = 4.0, 0.6


def talk(seed: int) -> tuple[list[Word], list[Fact], float]:
    """Lines as subtitles give them, the planted subjects, and the length in seconds."""
    chance = random.Random(seed)
    subjects = chance.sample(sorted(_TOLD), 5)
    lines: list[Word] = []
    facts: list[Fact] = []
    at = 0.0
    for subject in subjects:
        told = [" ".join(line.split()) for line in _TOLD[subject].split(".")]
        begin = at
        for line in chance.sample(told, chance.randint(8, 12)):
            lines.append(Word(at + 0.2, at + _LINE_SECONDS - _PAUSE, f"{line}.", "subtitles"))
            at += _LINE_SECONDS
        facts.append(Fact("topic", begin, at, {"title": subject}))
    return lines, facts, at
