"""The tasks of the quality table: what is asked, and the rows that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from segments.core.engines.local.measures import legible
from segments.core.evidence.model import Evidence, TextSpan
from segments.core.timeline import Span
from tests.bench.quality import baselines, scoring
from tests.bench.quality.answers import Answer, answers, ask, field_answers
from tests.bench.quality.asking import Written, free, kind, spans
from tests.bench.quality.fresh import FRESH
from tests.bench.quality.measured import Measured
from tests.bench.quality.output import identical, valid
from tests.bench.quality.planning import Fact, Film, Reel
from tests.bench.quality.report import Row
from tests.bench.quality.talks import talk
from tests.bench.quality.templates import FIELDS, TEMPLATES
from tests.bench.quality.written import BEYOND, FREE
from tests.core.engines import made

Films = Mapping[str, list[Measured]]

SCENES = free("scene", "story", "A continuous scene in one place.", kind("scene"))
ADS = free("ad_break", "magazine", "An advertisement break.", kind("ad"))
TOPICS = next(t for t in TEMPLATES if t.id == "topic")
TALKS = 6


def texts(films: Films) -> list[Row]:
    every = [m for variants in films.values() for m in variants if m.film.of("text")]
    f1 = [scoring.f1(_stretches(legible(m.evidence).texts or ()), _stretches(m.film.of("text"))) for m in every]
    recalls, wrong, letters = [], 0, 0
    for m in every:
        for fact in m.film.of("text"):
            near = [t for t in m.evidence.texts or () if min(t.end, fact.end) - max(t.start, fact.start) > 0]
            true = " ".join(str(fact.get("text")).split())
            recalls.append(scoring.word_recall(" ".join(t.text for t in near), true))
            # lines of one block are told apart: the line that comes closest counts, line by line
            for line in str(fact.get("text")).splitlines():
                read = [part for t in near for part in t.text.splitlines()]
                wrong += min((scoring.character_errors(part, line) for part in read), default=len(line))
                letters += len(line)
    return [
        Row("on-screen text", "F1@.5 of spans", fmean(f1), 0.95),
        Row("on-screen text", "word recall", fmean(recalls), 0.98),
        Row("on-screen text", "character error rate", wrong / max(1, letters), 0.03, at_least=False),
    ]


def _stretches(texts: Iterable[Fact | TextSpan]) -> list[Span]:
    """Lines that come and go together are one stretch of text, into however many pieces they are laid or read."""
    found: list[Span] = []
    for text in sorted(texts, key=lambda t: (t.start, t.end)):
        if not any(abs(s.start - text.start) < 0.3 and abs(s.end - text.end) < 0.3 for s in found):
            found.append(Span(text.start, text.end))
    return found


def sounds(films: Films) -> list[Row]:
    rows = []
    every = [m for variants in films.values() for m in variants if m.film.of("sound")]
    for name, reach in (("speech", 0.95), ("music", 0.90), ("silence", 0.98)):
        values = [
            scoring.time_iou([Span(s.start, s.end) for s in m.evidence.sounds or () if s.kind == name], true)
            for m in every
            if (true := spans(m.film.of("sound", kind=name)))
        ]
        rows.append(Row(f"{name} spans", "IoU of time", fmean(values), reach))
    return rows


def topics(films: Films) -> list[Row]:
    asked = answers([TOPICS], films) + [_talk(seed) for seed in range(1, TALKS + 1)]
    evidence = [m.evidence for name in TOPICS.films for m in films.get(name, [])] + [
        _talk_evidence(seed)[0] for seed in range(1, TALKS + 1)
    ]
    rows = [Row("topics", "F1@.5", fmean(a.f1 for a in asked), 0.85, note=f"{len(asked)} films and talks")]
    for name, measure in (("Pk", scoring.pk), ("WindowDiff", scoring.window_diff)):
        ours, equal, tiling = [], [], []
        for answer, heard in zip(asked, evidence, strict=True):
            true = [f.start for f in answer.truth[1:]]
            seconds = heard.window.end
            ours.append(measure([s.start for s in answer.found[1:]], true, seconds))
            equal.append(measure(baselines.uniform(len(true) + 1, seconds), true, seconds))
            tiling.append(measure(baselines.texttiling(heard), true, seconds))
        peers = {"equal parts": fmean(equal), "TextTiling": fmean(tiling)}
        rows.append(Row("topics", f"{name} (0 is best)", fmean(ours), min(peers.values()), at_least=False, peers=peers))
    return rows


def _talk_evidence(seed: int) -> tuple[Evidence, list[Span]]:
    lines, facts, seconds = talk(seed)
    return made.evidence(seconds, words=tuple(lines), texts=(), transitions=()), spans(facts)


def _talk(seed: int) -> Answer:
    _, facts, seconds = talk(seed)
    evidence = _talk_evidence(seed)[0]
    segments, warnings = ask(TOPICS, evidence)
    film = Film(f"talk-{seed}", seconds, tuple(facts), Reel(f"talk-{seed}", seed))
    return Answer(replace(TOPICS, fields=()), film, segments, tuple(facts), warnings)


def planted(films: Films) -> tuple[list[Row], list[Answer]]:
    """Scenes, turns, highlights, adverts, people, editorial units; and all answers of the templates."""
    by_id = {t.id: t for t in TEMPLATES}
    asked = answers([*TEMPLATES, *FIELDS, SCENES, ADS], films)

    def mean(key: str, score: str = "f1") -> float:
        return fmean(getattr(a, score) for a in asked if a.asked.id == key)

    turns = [scoring.turn_f1(a.found, a.true) for a in asked if a.asked is by_id["speaker_turn"]]
    rows = [
        Row("scenes", "F1@.5", mean("scene"), 0.85),
        Row("speaker turns", "F1, both ends ±0.5 s", fmean(turns), 0.80),
        Row("highlights", "F1@.5", mean("highlight"), 0.80),
        Row("ad breaks", "F1@.5", mean("ad_break"), 0.80),
        Row("person of focus", "F1@.5", mean("person_focus"), 0.80),
        Row("editorial units", "F1@.5", mean("editorial"), 0.80),
    ]
    return rows, asked


def free_definitions(films: Films, held_out: bool) -> tuple[list[Row], list[Answer]]:
    """Both halves apart; a definition counts once, however many films it was asked of."""
    rows: list[Row] = []
    every: list[Answer] = []
    halves = {"open half": [w for w in FREE if not w.held_out]}
    if held_out:
        halves |= {"held-out half": [w for w in FREE if w.held_out], "twenty fresh ones": list(FRESH)}
    for half, written in halves.items():
        found = answers(written, films)
        every += found
        if not found:
            continue
        note = f"{len({a.asked.id for a in found})} definitions"
        for metric, score, reach in (("F1@.5", "f1", 0.75), ("strict F1", "strict", 0.60)):
            rows.append(Row(f"free definitions, {half}", metric, _by_definition(found, score), reach, note=note))
    return rows, every


def _by_definition(found: Sequence[Answer], score: str) -> float:
    keys = dict.fromkeys(a.asked.id for a in found)
    return fmean(fmean(getattr(a, score) for a in found if a.asked.id == key) for key in keys)


def beyond(films: Films) -> list[Row]:
    found = answers(BEYOND, films)
    empty = fmean(not a.segments for a in found)
    told = fmean(bool(a.warnings) for a in found)
    return [
        Row("what no measure can answer", "left empty", empty, 1.0),
        Row("what no measure can answer", "said in a warning", told, 1.0),
    ]


def fields(found: Iterable[Answer]) -> list[Row]:
    every = [value for answer in found for value in field_answers(answer)]
    rows = []
    for type_ in sorted({value.type for value in every}):
        knowable = [v for v in every if v.type == type_ and v.expected is not None]
        if knowable:
            share = fmean(v.right for v in knowable)
            rows.append(
                Row("fields", f"{type_}: right of what can be known", share, 0.85, note=f"{len(knowable)} values")
            )
    given = [v for v in every if v.found is not None and not _open(v.expected, v.type)]
    knowable = [v for v in every if v.expected is not None]
    rows.append(
        Row("fields", "all types: right", fmean(v.right for v in knowable), 0.85, note=f"{len(knowable)} values")
    )
    wrong = fmean(not v.right for v in given)
    rows.append(Row("fields", "wrong share of non-null", wrong, 0.05, at_least=False, note=f"{len(given)} values"))
    return rows


def _open(expected: object, type_: str) -> bool:
    """Values whose truth is not planted (a shot's camera, whether music counts) are not held against the engine."""
    return expected is None and type_ in ("enum", "boolean", "integer")


def two_runs(films: Films, written: Sequence[Written]) -> list[Row]:
    """Schema and bytes over two runs of everything."""
    return [
        Row("output", "schema-valid", valid(films, written), 1.0),
        Row("output", "identical bytes on a second run", identical(films, written), 1.0),
    ]
