"""Evidence stage: where one shot ends and the next begins.

`python -m segments.core.evidence.shots FILE` prints the transitions of a file as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from segments.core.evidence.cuts import hard_cuts
from segments.core.evidence.fades import fades
from segments.core.evidence.gradual import gradual
from segments.core.evidence.model import Transition
from segments.core.evidence.pictures import Pictures

#: A step this close to a fade is part of it.
BESIDE = 0.1


def detect(pictures: Pictures) -> list[Transition]:
    """All transitions in time order. Fades claim their time first, then cuts, then dissolves and wipes."""
    faded = fades(pictures)
    cuts = [
        cut for cut in hard_cuts(pictures) if not any(f.start - BESIDE <= cut.start <= f.end + BESIDE for f in faded)
    ]
    return sorted([*faded, *cuts, *gradual(pictures, [*faded, *cuts])], key=lambda each: (each.start, each.end))


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
