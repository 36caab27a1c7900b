"""Search in what modules found: words of a question against content, writing and tags of every segment.

Lexical: Okapi BM25 over stems, by the score that a segment of average length would have that holds each word of the
question once. So 1 means all of it, and a word that no segment holds lowers every similarity. Every module is a
collection of its own: what is long or rare among scenes is neither among the short lines of a transcription.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from segments.core.engines.local.language import bm25, rarity, stems
from segments.domain.queries.analyses import custom_rows, rows_of
from segments.models import Segment, Video

#: Of hits of one module that begin within these seconds only the best is told.
WINDOW_SECONDS = 5.0
#: How much the length of a segment's text counts (`b` of BM25, 0 to 1): little, for a scene may hold much writing.
LENGTH_COUNTS = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """What ranking needs of a segment; a library has very many."""

    row_pk: int
    video_pk: int
    module: str
    start: float
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    video: Video
    row: Segment
    similarity: float  # 0 to 1


Ranked = tuple[Place, float]


def search(
    videos: Sequence[Video], query: str, *, modules: Sequence[str], custom: bool, threshold: float, limit: int
) -> list[Hit]:
    """The best hits, modules taking turns. `custom` adds what segmentation tasks found."""
    extra = [(video, row) for video in videos for row in custom_rows(video)] if custom else []
    places = [*_places(videos, modules), *(_custom_place(video, row) for video, row in extra)]
    ranked = [each for module in _by_module(places) for each in _ranked(query, module) if each[1] >= threshold]
    best = in_turns(_apart(ranked))[:limit]
    rows = Segment.objects.in_bulk([place.row_pk for place, _score in best])
    rows |= {row.pk: row for _video, row in extra}
    by_pk = {video.pk: video for video in videos}
    return [Hit(by_pk[place.video_pk], rows[place.row_pk], score) for place, score in best if place.row_pk in rows]


def similarities(query: str, texts: Sequence[str]) -> list[float]:
    """How much of the query each text holds, 0 to 1; 1 for all of its words in a text of average length or less."""
    papers = [stems(text) for text in texts]
    wanted = list(dict.fromkeys(stems(query)))
    weights = rarity(papers)
    missed = max(weights.values(), default=1.0)
    whole = sum(weights.get(word, missed) for word in wanted)
    if not whole:
        return [0.0] * len(texts)
    return [round(min(1.0, score / whole), 4) for score in bm25(wanted, papers, b=LENGTH_COUNTS)]


def in_turns(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Best first, but every module's best before any module's second: none crowds out the others."""
    turns: Counter[str] = Counter()
    placed: list[tuple[int, Ranked]] = []
    for place, score in sorted(ranked, key=lambda each: (-each[1], each[0].row_pk)):
        placed.append((turns[place.module], (place, score)))
        turns[place.module] += 1
    return [each for _turn, each in sorted(placed, key=lambda each: each[0])]


def _by_module(places: Iterable[Place]) -> list[list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[place.module].append(place)
    return list(groups.values())


def _ranked(query: str, places: Sequence[Place]) -> list[Ranked]:
    """Those that hold anything of the query."""
    scores = similarities(query, [place.text for place in places])
    return [(place, score) for place, score in zip(places, scores, strict=True) if score]


def _places(videos: Sequence[Video], modules: Sequence[str]) -> list[Place]:
    names = ("pk", "job__video_id", "module", "start_time", "content", "visible_text", "tags")
    rows = rows_of(videos, *modules).values_list(*names) if modules else []
    return [
        Place(pk, video, module, start, " ".join([content, writing or "", *tags]))
        for pk, video, module, start, content, writing, tags in rows
    ]


def _custom_place(video: Video, row: Segment) -> Place:
    """Values of fields are searched too; of modules the content says what the metadata holds."""
    values = [str(value) for value in row.metadata["fields"].values() if isinstance(value, str | list)]
    return Place(row.pk, video.pk, row.module, row.start_time, " ".join([row.content, *values]))


def _apart(ranked: Iterable[Ranked]) -> list[Ranked]:
    """The best hit of each video, module and window."""
    windows: dict[tuple[int, str, int], list[Ranked]] = defaultdict(list)
    for place, score in ranked:
        windows[place.video_pk, place.module, int(place.start // WINDOW_SECONDS)].append((place, score))
    return [max(group, key=lambda each: (each[1], -each[0].row_pk)) for group in windows.values()]
