"""Which films there are. Variant 1 is for quick runs and for building; 2 shows other pictures, words and orders."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench.quality.planning import Film
from tests.bench.quality.programmes import lecture, magazine
from tests.bench.quality.stories import match, mixture, story

FILMS: dict[str, Callable[[int], Film]] = {
    "magazine": magazine,
    "lecture": lecture,
    "match": match,
    "story": story,
    "mixture": mixture,
}
