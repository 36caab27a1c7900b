"""Evidence stage, from the command line: `python -m segments.core.evidence.shots FILE` prints one line of JSON.

For benches and the curious; the application calls `collect` itself.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from segments.core.errors import CuepointError
from segments.core.media.child import ONE_THREAD, Child
from segments.core.media.facts import MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.pool import Pool
from segments.core.media.probe import probe
from segments.core.progress import silent

WORKERS = 2
CPU_SECONDS = 24 * 3600
#: Long, since nobody waits for parts of the answer; not endless, since one window lies in memory unpacked.
WINDOW_SECONDS = 1800.0
WATCHING = "segments.core.evidence.inside.watching"


def main(arguments: list[str]) -> None:
    path, limits = Path(arguments[0]).resolve(), MediaLimits()
    os.environ.update(ONE_THREAD)
    importlib.import_module(WATCHING)  # once, here: the children are copies
    with _decoders(path, limits) as decoders:
        facts = probe(path, filename=path.name, limits=limits, pool=decoders, tick=_load_what_decides)
        from segments.core.evidence.boundaries import detect
        from segments.core.evidence.collect import Collector, plan_windows
        from segments.core.evidence.coverage import unreadable
        from segments.core.evidence.pictures import Pictures

        with Collector(path, facts, limits, decoders=decoders, level=0) as collector:
            windows = plan_windows(facts, facts.whole, WINDOW_SECONDS)
            payloads = [collector.collect(window, {"pictures"}, silent)["pictures"] for window in windows]
        pictures = Pictures.of(payloads)
        unreadable(pictures.times, facts, facts.whole)
        rows = [
            {"t": round(t.start, 4), "end": round(t.end, 4), "kind": t.kind, "strength": round(t.strength, 3)}
            for t in detect(pictures)
        ]
    sys.stdout.write(json.dumps({"transitions": rows}) + "\n")


def _load_what_decides() -> None:
    """While a child looks at the file."""
    importlib.import_module("segments.core.evidence.collect")


@contextmanager
def _decoders(path: Path, limits: MediaLimits) -> Iterator[Pool]:
    start = partial(Child, path.parent, limits, ChildLimits(limits.memory_bytes, CPU_SECONDS), copied=True)
    pool = Pool(start, WORKERS)
    try:
        pool.start()
        yield pool
    finally:
        pool.close()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CuepointError as error:
        sys.exit(error.message)
    sys.stdout.flush()
    os._exit(0)  # taking the libraries down in order takes as long as deciding over ten minutes
