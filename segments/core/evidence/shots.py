"""Evidence stage: where one shot ends and the next begins.

`python -m segments.core.evidence.shots FILE` prints the transitions of a file as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures
from segments.core.evidence.tiny import changes


def detect(pictures: Pictures) -> list[Transition]:
    change = changes(pictures.luma)
    found = []
    for n in range(1, len(change)):
        level = np.median(change[max(1, n - 6) : n + 7])
        if change[n] > 15 and change[n] > 3 * level:
            t = float(pictures.times[n])
            found.append(Transition(t, t, "cut", min(1.0, float(change[n]) / 60)))
    return found


def main(arguments: list[str]) -> None:
    # imported here: `collect` needs this module
    from segments.core.evidence.collect import Collector, assemble, plan_windows
    from segments.core.media.facts import MediaLimits
    from segments.core.media.probe import probe
    from segments.core.progress import silent

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
