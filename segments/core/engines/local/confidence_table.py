"""Written by `python -m tests.bench.quality.fit_confidence`: (raw, share that was right) by kind."""

from __future__ import annotations

TABLES: dict[str, tuple[tuple[float, float], ...]] = {
    "segments": ((0.472, 0.599), (0.554, 0.763), (0.655, 0.848), (0.828, 0.935), (0.943, 0.938)),
    "values": ((0.532, 0.84), (0.626, 0.869), (0.728, 0.915), (0.843, 0.96), (0.924, 0.964)),
}
