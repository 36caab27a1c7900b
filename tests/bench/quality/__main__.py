"""`make bench-quality`: composed films with planted truth, and how much of it the local engine finds: a report.

`--quick` takes variant 1 of each film only; `--open-only` leaves the held-out half of the free definitions unseen.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.quality import calibration, tasks
from tests.bench.quality.answers import Answer, field_answers
from tests.bench.quality.films import FILMS
from tests.bench.quality.measured import Measured, cache_folder, measured, rendered
from tests.bench.quality.report import Row, show
from tests.bench.quality.templates import FIELDS, TEMPLATES
from tests.bench.quality.written import FREE

Films = dict[str, list[Measured]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quality", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one variant of each film (two minutes)")
    parser.add_argument("--open-only", action="store_true", help="do not look at the held-out definitions")
    parser.add_argument("--details", action="store_true", help="each definition, and each wrong value")
    parser.add_argument("--films", nargs="*", choices=list(FILMS), default=list(FILMS))
    parser.add_argument("--json", type=Path, default=Path("test-results/bench-quality.json"))
    wanted = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        films = measured_films(wanted.films, 1 if wanted.quick else 2, cache_folder(Path(folder)))
    rows, found = table(films, held_out=not wanted.open_only)
    if wanted.details:
        print(_details(found), end="\n\n")
    seconds = time.perf_counter() - started
    print(f"{platform.machine()}, {os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d}, {seconds:.0f} s")
    print(show(rows))
    wanted.json.parent.mkdir(parents=True, exist_ok=True)
    wanted.json.write_text(json.dumps([row.as_json() for row in rows], indent=2))


def measured_films(names: Sequence[str], variants: int, folder: Path) -> Films:
    wanted = [(name, seed) for name in names for seed in range(1, variants + 1)]
    paths = rendered(wanted, folder)
    films: Films = {}
    for (name, seed), path in paths.items():
        films.setdefault(name, []).append(measured(FILMS[name](seed), path, folder))
    return films


def table(films: Films, held_out: bool) -> tuple[list[Row], list[Answer]]:
    """All rows, and the answers that may be looked at in detail."""
    planted, asked = tasks.planted(films)
    free, answered = tasks.free_definitions(films, held_out)
    opened = [a for a in answered if a.asked in FREE and not a.asked.held_out]
    rows = [*tasks.texts(films), *tasks.sounds(films), *tasks.topics(films), *planted, *free, *tasks.beyond(films)]
    rows += tasks.fields(asked)
    rows += calibration.rows("segments", calibration.segment_claims([*asked, *opened]))
    rows += calibration.rows("values", calibration.value_claims(asked))
    rows += tasks.two_runs(films, [*TEMPLATES, *FIELDS])
    return rows, [*asked, *opened]


def _details(found: Sequence[Answer]) -> str:
    lines = []
    for a in found:
        understood = a.segments[0].reasons.get("understood", {}) if a.segments else {}
        kind = understood.get("segmenter", "-") if isinstance(understood, dict) else "-"
        counts = f"{len(a.segments)} found, {len(a.truth)} planted"
        lines.append(f"{a.asked.id:<22} {a.film.name:<12} F1 {a.f1:.2f} strict {a.strict:.2f}  {kind:<15} {counts}")
    for a in found:
        wrong = [v for v in field_answers(a) if v.found is not None and not v.right and v.expected is not None]
        missing = [v for v in field_answers(a) if v.found is None and v.expected is not None]
        lines += [f"missing: {v.where}: {v.expected!r}" for v in missing]
        lines += [f"wrong: {v.where}: {v.found!r}, not {v.expected!r} ({v.confidence:.2f})" for v in wrong]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
