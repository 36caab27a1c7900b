"""`python -m tests.bench.quality.fit_confidence`: writes the table from raw confidences to shares of being right.

From the open half of the free definitions, the templates and the fields; the held-out half then shows whether it holds.
Few claims move a bin little, a part of the raw confidence always stays (composed films are easier than others), and the
table never falls: more raw confidence never means less.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from segments.core.engines.local import confidence
from tests.bench.quality import calibration, tasks
from tests.bench.quality.__main__ import measured_films
from tests.bench.quality.calibration import Claim
from tests.bench.quality.films import FILMS
from tests.bench.quality.measured import cache_folder

TARGET = Path(confidence.__file__).with_name("confidence_table.py")
_EDGES = (0.0, 0.5, 0.6, 0.68, 0.76, 0.86, 0.95, 1.01)
#: Claims of doubt in every bin, the part of the raw confidence that stays, and the most that a table may promise.
_DOUBT, _STAYS, _MOST = 6, 0.2, 0.97


def main() -> None:
    confidence.use({"segments": (), "values": ()})
    with tempfile.TemporaryDirectory() as folder:
        films = measured_films(list(FILMS), 2, cache_folder(Path(folder)))
    _, asked = tasks.planted(films)
    _, free = tasks.free_definitions(films, held_out=False)
    tables = {
        "segments": fitted(calibration.segment_claims([*asked, *free])),
        "values": fitted(calibration.value_claims(asked)),
    }
    lines = [
        '"""Written by `python -m tests.bench.quality.fit_confidence`: (raw, share that was right) by kind."""',
        "",
        "from __future__ import annotations",
        "",
        "TABLES: dict[str, tuple[tuple[float, float], ...]] = {",
        *(f'    "{name}": {table!r},' for name, table in tables.items()),
        "}",
    ]
    TARGET.write_text("\n".join(lines) + "\n")
    print(TARGET.read_text())


def fitted(claims: Sequence[Claim]) -> tuple[tuple[float, float], ...]:
    """Points of a line that never falls (pool adjacent violators)."""
    bins: list[tuple[float, float, int]] = []
    for low, high in zip(_EDGES, _EDGES[1:], strict=False):  # noqa: RUF007
        inside = [c for c in claims if low <= c.confidence < high]
        if inside:
            raw, right, n = fmean(c.confidence for c in inside), sum(c.right for c in inside), len(inside)
            bins.append((raw, (1 - _STAYS) * (right + _DOUBT * raw) / (n + _DOUBT) + _STAYS * raw, n))
            while len(bins) > 1 and bins[-2][1] > bins[-1][1]:
                (a, p, m), (b, q, k) = bins[-2:]
                bins[-2:] = [((a * m + b * k) / (m + k), (p * m + q * k) / (m + k), m + k)]
    return tuple((round(raw, 3), round(min(_MOST, real), 3)) for raw, real, _ in bins)


if __name__ == "__main__":
    main()
