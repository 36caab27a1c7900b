"""From what an entry claims of itself to the share of such claims that was right on composed films."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from segments.core.engines.local.confidence_table import TABLES

Table = tuple[tuple[float, float], ...]
_tables: dict[str, Table] = dict(TABLES)


def use(tables: Mapping[str, Table]) -> None:
    """For the script that fits the tables: others instead; an empty one leaves claims as they are."""
    _tables.update(tables)


def calibrated(kind: Literal["segments", "values"], claimed: float) -> float:
    """Straight lines between the fitted points; below the first it falls to 0 at 0. Never falls as `claimed` rises."""
    table = _tables[kind]
    if not table:
        return claimed
    raw, real = [0.0, *(point[0] for point in table)], [0.0, *(point[1] for point in table)]
    return round(float(np.interp(claimed, raw, real)), 3)
