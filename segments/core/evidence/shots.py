"""Evidence stage, from the command line: `python -m segments.core.evidence.shots FILE` prints one line of JSON.

For benches and the curious; the application calls `collect` itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from segments.core.evidence.collect import Collector, assemble, plan_windows
from segments.core.media.facts import MediaLimits
from segments.core.media.probe import probe
from segments.core.progress import silent


def main(arguments: list[str]) -> None:
    path, limits = Path(arguments[0]), MediaLimits()
    facts = probe(path, filename=path.name, limits=limits)
    with Collector(path, facts, limits) as collector:
        payloads = [
            collector.collect(window, {"pictures"}, silent)["pictures"] for window in plan_windows(facts, facts.whole)
        ]
    evidence = assemble(facts, facts.whole, {"pictures": payloads})
    rows = [
        {"t": round(t.start, 4), "end": round(t.end, 4), "kind": t.kind, "strength": round(t.strength, 3)}
        for t in evidence.transitions or ()
    ]
    sys.stdout.write(json.dumps({"transitions": rows}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
