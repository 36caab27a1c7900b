"""Evidence stage: where reference images are seen. Looked for in each run, because the images are the run's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from segments.core.errors import CuepointError
from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.collect import INDEX_TASK
from segments.core.evidence.gathering import chunks_of
from segments.core.evidence.inside.spotting import STEP
from segments.core.evidence.model import Reference, Sighting
from segments.core.media.child import Child
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.pool import Pool, Work
from segments.core.progress import Progress, Report
from segments.core.timeline import Span

PREPARE_TASK = "segments.core.evidence.inside.spotting:prepare"
SPOT_TASK = "segments.core.evidence.inside.spotting:spot"
#: Not seen for so long: something passed in front of it, or it moved. After that it was gone.
GAP_SECONDS = 2 * STEP
#: A single picture is believed from so many agreeing points on.
SURE_INLIERS = 12
FACE = "it shows a face: this very picture is found, not the person, because no model here knows faces"
Key = tuple[str, str]
Found = NDArray[np.float32]
Tick = Callable[[], None]


class Looker:
    """Looks for images in one video; a context manager like `Collector`."""

    def __init__(self, path: Path, facts: MediaFacts, limits: MediaLimits, workers: int = 2) -> None:
        self._path, self._facts, self._limits = path.resolve(), facts, limits
        self._base: dict[str, object] = {"path": str(self._path), "facts": asdict(facts), "limits": asdict(limits)}
        self._pool = Pool(self._child, workers)

    def __enter__(self) -> Looker:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.close()

    def find(self, images: Mapping[Key, bytes], window: Span, report: Report) -> dict[Key, Reference]:
        """Each image, as it came, with where it is seen inside `window`. Deterministic; may raise `Cancelled`."""

        def tick() -> None:
            report(Progress("resolving", 0.0, window.length))

        prepared: dict[Key, tuple[dict[str, NDArray[Any]], str]] = {}
        results: dict[Key, Reference] = {}
        for key, content in images.items():
            shape, words = self._prepared(content, tick)
            if shape is None:
                results[key] = Reference(problem=words)
            else:
                prepared[key] = shape, words
        if prepared:
            times, found = self._spotted([shape for shape, _ in prepared.values()], window, tick)
            for n, (key, (_, caution)) in enumerate(prepared.items()):
                results[key] = Reference(sightings(times, found[:, n], window), caution=caution)
        return results

    def _prepared(self, content: bytes, tick: Tick) -> tuple[dict[str, NDArray[Any]] | None, str]:
        """(arrays, caution), or (None, problem). An image that breaks its child is a bad image, not a broken run."""
        try:
            with self._child() as child:
                answer = child.run(PREPARE_TASK, {}, content, tick)
        except CuepointError as error:
            return None, f"it could not be read as an image ({error.code})"
        if "problem" in answer.header:
            return None, str(answer.header["problem"])
        return unpack(answer.payload)[1], FACE if answer.header["has_face"] else ""

    def _spotted(
        self, shapes: Sequence[dict[str, NDArray[Any]]], window: Span, tick: Tick
    ) -> tuple[NDArray[np.float64], Found]:
        """Times of the compared pictures, and matches, inliers and likeness for each of them and each image."""
        named = {f"{name}{n}": array for n, shape in enumerate(shapes) for name, array in shape.items()}
        payload = pack({}, named, level=0)
        keys, sequential = self._starts(tick)
        chunks = [window] if sequential else chunks_of(window, [key for key in keys if key > window.start])
        works = [
            Work(n, SPOT_TASK, self._asked(chunk, sequential, len(shapes)), payload) for n, chunk in enumerate(chunks)
        ]
        parts: dict[int, dict[str, NDArray[Any]]] = {}
        for number, message in self._pool.run(works, tick):
            if "spotted" in message.header:
                parts[number] = unpack(message.payload)[1]
        ordered = [parts[n] for n in sorted(parts)]
        return np.concatenate([p["times"] for p in ordered]), np.concatenate([p["found"] for p in ordered])

    def _asked(self, chunk: Span, sequential: bool, images: int) -> dict[str, object]:
        asked = {"start": chunk.start, "end": chunk.end, "sequential": sequential, "images": images}
        return {**self._base, **asked}

    def _starts(self, tick: Tick) -> tuple[list[float], bool]:
        found: tuple[list[float], bool] = [], True
        for _, message in self._pool.run(
            [Work(0, INDEX_TASK, self._base)], tick
        ):  # to its end, or the child stays busy
            if "keys" in message.header:
                header = cast(dict[str, Any], message.header)
                found = [float(key) for key in header["keys"]], bool(header["sequential"])
        return found

    def _child(self) -> Child:
        cpu_seconds = 120 + int(self._facts.duration_seconds * 20)
        return Child(self._path.parent, self._limits, ChildLimits(self._limits.memory_bytes, cpu_seconds))


def sightings(times: NDArray[np.float64], found: Found, window: Span) -> tuple[Sighting, ...]:
    """Stretches of one image. `found` has matches, inliers and likeness of each compared picture, 0 where not seen."""
    hits = [n for n in range(len(times)) if found[n, 2] > 0]
    groups: list[list[int]] = []
    for n in hits:
        if groups and times[n] - times[groups[-1][-1]] <= GAP_SECONDS + 1e-6:
            groups[-1].append(n)
        else:
            groups.append([n])
    kept = [group for group in groups if len(group) > 1 or found[group[0], 1] >= SURE_INLIERS]
    return tuple(_sighting(times, found, group, window) for group in kept)


def _sighting(times: NDArray[np.float64], found: Found, group: Sequence[int], window: Span) -> Sighting:
    first, last = group[0], group[-1]
    best = max(group, key=lambda n: (found[n, 1], found[n, 2], -n))
    return Sighting(
        before=float(times[first - 1]) if first else window.start,
        start=float(times[first]) if first else window.start,
        end=float(times[last]) if last + 1 < len(times) else window.end,
        after=float(times[last + 1]) if last + 1 < len(times) else window.end,
        matches=int(found[best, 0]),
        inliers=int(found[best, 1]),
        likeness=round(float(found[best, 2]), 3),
    )
