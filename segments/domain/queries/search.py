"""Search in what modules found: words of a question against content, writing and tags of every segment.

Lexical: Okapi BM25 over stems, by the score that a segment of average length would have that holds each word of the
question once. So 1 means all of it, and a word that no segment holds lowers every similarity.
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


@dataclass(frozen=True, slots=True)
class Hit:
    video: Video
    row: Segment
    similarity: float  # 0 to 1


def search(
    videos: Sequence[Video], query: str, *, modules: Sequence[str], custom: bool, threshold: float, limit: int
) -> list[Hit]:
    """The best hits, modules taking turns. `custom` adds what segmentation tasks found."""
    by_pk = {video.pk: video for video in videos}
    rows: list[tuple[Video, Segment]] = []
    if modules:
        found = rows_of(videos, *modules).select_related("job").order_by("job__video", "start_time", "pk")
        rows += [(by_pk[row.job.video_id], row) for row in found]
    if custom:
        rows += [(video, row) for video in videos for row in custom_rows(video)]
    scores = similarities(query, [_text(row) for _video, row in rows])
    hits = [Hit(*pair, score) for pair, score in zip(rows, scores, strict=True) if score and score >= threshold]
    return in_turns(_apart(hits))[:limit]


def similarities(query: str, texts: Sequence[str]) -> list[float]:
    """How much of the query each text holds, 0 to 1; 1 for all of its words in a text of average length or less."""
    papers = [stems(text) for text in texts]
    wanted = list(dict.fromkeys(stems(query)))
    weights = rarity(papers)
    missed = max(weights.values(), default=1.0)
    whole = sum(weights.get(word, missed) for word in wanted)
    if not whole:
        return [0.0] * len(texts)
    return [round(min(1.0, score / whole), 4) for score in bm25(wanted, papers)]


def in_turns(hits: Iterable[Hit]) -> list[Hit]:
    """Best first, but every module's best before any module's second: none crowds out the others."""
    ranked = sorted(hits, key=lambda hit: (-hit.similarity, hit.row.pk))
    turns: Counter[str] = Counter()
    placed: list[tuple[int, Hit]] = []
    for hit in ranked:
        placed.append((turns[hit.row.module], hit))
        turns[hit.row.module] += 1
    return [hit for _turn, hit in sorted(placed, key=lambda each: each[0])]


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """The best hit of each video, module and window."""
    places: dict[tuple[int, str, int], list[Hit]] = defaultdict(list)
    for hit in hits:
        places[hit.video.pk, hit.row.module, int(hit.row.start_time // WINDOW_SECONDS)].append(hit)
    return [max(group, key=lambda hit: (hit.similarity, -hit.row.pk)) for group in places.values()]


def _text(row: Segment) -> str:
    """Field values of task results too; of modules the content says what the metadata holds."""
    fields = (row.metadata or {}).get("fields") if row.module == "custom_segments" else None
    words = [str(value) for value in fields.values() if isinstance(value, str | list)] if fields else []
    return " ".join([row.content, row.visible_text or "", *row.tags, *words])
