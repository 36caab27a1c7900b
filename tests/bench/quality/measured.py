"""Films on disk and what the engine's evidence stage measures in them, kept between runs when nothing changed.

The folder is `CUEPOINT_BENCH_CACHE`, else a temporary one that goes with the run.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from segments.core.evidence.collect import MODULES, Collector, assemble, plan_windows
from segments.core.evidence.model import Evidence
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.probe import probe
from segments.core.progress import silent
from tests.bench.quality.films import FILMS
from tests.bench.quality.planning import Film

ROOT = Path(__file__).resolve().parents[3]
#: What decides about the pixels and samples of a composed film.
DRAWN_BY = ("tests/bench/quality", ("drawing", "sounding", "planning", "programmes", "stories"))
#: What decides about payloads: everything that runs while a film is decoded, not what is decided over it later.
MEASURED_BY = (
    *sorted((ROOT / "segments/core/evidence/inside").glob("*.py")),
    *sorted((ROOT / "segments/core/media/inside").glob("*.py")),
    *(
        ROOT / f"segments/core/evidence/{name}.py"
        for name in ("arrays", "collect", "gathering", "novel", "tiny", "to_read")
    ),
)
Payloads = dict[str, list[bytes]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A film, where it lies, and its evidence. `film` has no reel behind it for films that are not ours."""

    film: Film
    path: Path
    evidence: Evidence
    seconds_taken: float


def cache_folder(fallback: Path) -> Path:
    folder = Path(os.environ.get("CUEPOINT_BENCH_CACHE", fallback))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rendered(names: list[tuple[str, int]], folder: Path) -> dict[tuple[str, int], Path]:
    """Films by name and variant, drawn two at a time."""
    mark = _mark(ROOT / DRAWN_BY[0] / f"{name}.py" for name in DRAWN_BY[1])
    wanted = {(name, seed): folder / f"{name}-{seed}-{mark}.mp4" for name, seed in names}
    missing = [(key, path) for key, path in wanted.items() if not path.exists()]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_render, missing))
    return wanted


def _render(job: tuple[tuple[str, int], Path]) -> None:
    (name, seed), path = job
    unfinished = path.with_suffix(".part.mp4")
    FILMS[name](seed).write(unfinished)
    unfinished.replace(path)


def measured(film: Film, path: Path, folder: Path) -> Measured:
    facts = probe(path, filename=path.name, limits=MediaLimits())
    kept = folder / f"{path.stem}-{_mark([path, *MEASURED_BY])}.evidence"
    started = time.perf_counter()
    if kept.exists():
        payloads, taken = pickle.loads(kept.read_bytes())
    else:
        payloads = collected(path, facts)
        taken = time.perf_counter() - started
        kept.write_bytes(pickle.dumps((payloads, taken)))
    return Measured(film, path, assemble(facts, facts.whole, payloads), taken)


def collected(
    path: Path, facts: MediaFacts, modules: frozenset[str] = frozenset(MODULES), workers: int = 2
) -> Payloads:
    with Collector(path, facts, MediaLimits(), workers=workers) as collector:
        parts = [collector.collect(window, modules, silent) for window in plan_windows(facts, facts.whole)]
    return {module: [part[module] for part in parts] for module in sorted(modules)}


def _mark(paths: object) -> str:
    digest = hashlib.sha256()
    for path in paths:  # type: ignore[attr-defined]
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:12]
