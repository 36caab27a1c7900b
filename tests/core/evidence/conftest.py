"""One film with everything in it, looked at once for all tests here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from segments.core.evidence.collect import Collector, assemble, plan_windows
from segments.core.evidence.model import Evidence
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.probe import probe
from segments.core.progress import Progress, silent
from tests import clips

LIMITS = MediaLimits()


@dataclass(frozen=True)
class Looked:
    path: Path
    facts: MediaFacts
    payloads: dict[str, list[bytes]]
    told: list[Progress]
    evidence: Evidence


def look(path: Path, modules: set[str], *, workers: int = 2) -> Looked:
    facts = probe(path, filename=path.name, limits=LIMITS)
    told: list[Progress] = []
    payloads: dict[str, list[bytes]] = {module: [] for module in modules}
    with Collector(path, facts, LIMITS, workers=workers) as collector:
        for window in plan_windows(facts, facts.whole):
            for module, payload in collector.collect(window, modules, told.append).items():
                payloads[module].append(payload)
    return Looked(path, facts, payloads, told, assemble(facts, facts.whole, payloads))


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """0 s scene A, 2 s cut to B, 4-5 s dissolve to C, 7 s fade to D (6.5-7.5), 9-9.6 s wipe to E, 11.6 s end.

    Sound: 3 s silence, 4 s tone, 4.6 s noise. Writing on A from 1 s and on all of C.
    """
    size = (640, 360)
    a, b, d, e = (clips.scene(seed, size) for seed in (11, 12, 14, 15))
    titled = clips.written(a, ["Quarterly Report"], top=0.3, scale=1.4)
    c = clips.written(
        clips.scene(13, size), ["Wear a helmet", "Follow the exit", "Report incidents"], top=0.3, scale=1.2
    )
    pictures = [
        *clips.hold(a, 1.0),
        *clips.hold(titled, 1.0),
        *clips.hold(b, 2.0),
        *clips.dissolve(b, c, 1.0),
        *clips.hold(c, 1.48),
        *clips.fade(c, d, 1.0),
        *clips.hold(d, 1.48),
        *clips.wipe(d, e, 0.6),
        *clips.hold(e, 2.0),
    ]
    sound = np.concatenate([clips.silence(3.0), clips.tone(4.0), clips.noise(4.6)])
    path = clips.write(tmp_path_factory.mktemp("film") / "film.mp4", pictures, sound=sound)
    return look(path, {"pictures", "sound", "text", "faces"})


__all__ = ["LIMITS", "Looked", "look", "silent"]
