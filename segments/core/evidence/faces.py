"""Evidence stage: which of the faces that were found are believed: a face stays for longer than one look."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.evidence.arrays import unpack
from segments.core.evidence.model import Face
from segments.core.timeline import Span

Box = tuple[float, float, float, float]
#: Looks further apart than this say nothing about each other.
TOGETHER_SECONDS = 2.5
LEAST_OVERLAP = 0.3


def decide(payloads: Sequence[bytes], window: Span) -> tuple[Face, ...]:
    """One row per look inside `window`, with the faces that the look before or after saw too."""
    looks: list[tuple[float, list[Box]]] = []
    for payload in payloads:
        _, arrays = unpack(payload)
        first = len(looks)
        looks += [(float(moment), []) for moment in arrays["times"]]
        for row in arrays["boxes"]:
            looks[first + int(row[0])][1].append((float(row[1]), float(row[2]), float(row[3]), float(row[4])))
    rows = []
    for n, (moment, boxes) in enumerate(looks):
        around = [looks[m] for m in (n - 1, n + 1) if 0 <= m < len(looks)]
        others = [box for when, found in around if abs(when - moment) < TOGETHER_SECONDS for box in found]
        kept = [box for box in boxes if any(overlap(box, other) > LEAST_OVERLAP for other in others)]
        if window.start <= moment < window.end:
            rows.append(Face(moment, tuple(sorted(kept, key=lambda box: -box[2] * box[3]))))
    return tuple(rows)


def overlap(a: Box, b: Box) -> float:
    """Shared area as a share of the area of both together."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / (a[2] * a[3] + b[2] * b[3] - width * height)


def covered(a: Box, b: Box) -> float:
    """Share of the first box that lies inside the second."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height) / max(a[2] * a[3], 1e-9)
